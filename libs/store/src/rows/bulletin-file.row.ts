import { Entity, PrimaryColumn } from 'typeorm';
import { KeyColumn, LongTextColumn } from './columns';

/** `json` holds the figures that the others show. */
export type BulletinFormat = 'html' | 'docx' | 'xlsx' | 'json';

/** A piece of a file of a bulletin, base64: what was published is kept as it was. */
@Entity('bulletin_file')
export class BulletinFileRow {
  @PrimaryColumn({ name: 'bulletin_id', type: 'integer' }) bulletinId!: number;
  @KeyColumn('format', 8) format!: BulletinFormat;
  @PrimaryColumn({ name: 'part', type: 'integer' }) part!: number;
  @LongTextColumn('content') content!: string;
}
