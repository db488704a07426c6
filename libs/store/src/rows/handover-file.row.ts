import { Entity, PrimaryColumn } from 'typeorm';
import { KeyColumn, LongTextColumn } from './columns';

/** For whom a package is: the inspection office, or the unit concerned, which is not told who complained. */
export type HandoverVariant = 'inspection' | 'unit';

/** A piece of a package, base64: what was handed over is kept as it was. */
@Entity('handover_file')
export class HandoverFileRow {
  @PrimaryColumn({ name: 'handover_id', type: 'integer' }) handoverId!: number;
  @KeyColumn('variant', 16) variant!: HandoverVariant;
  @PrimaryColumn({ name: 'part', type: 'integer' }) part!: number;
  @LongTextColumn('content') content!: string;
}
