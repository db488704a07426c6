import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import { InstantColumn, NumberColumn, TextColumn } from './columns';

/** What a hand-over is of: one case, a department over a period, or a lead that a rule found. */
export type HandoverKind = 'case' | 'department' | 'lead';

/** 移交登记: what was handed to the discipline-inspection office, by whom, when and why. Written once. */
@Entity('handover')
export class HandoverRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  /** 移交〔2026〕3号. */
  @TextColumn('no', 40) no!: string;
  @TextColumn('kind', 16) kind!: HandoverKind;
  /** The case number, or the code of the department. */
  @TextColumn('subject', 160) subject!: string;
  /** The department concerned; null where the case has none. */
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @InstantColumn('from_at', { nullable: true }) fromAt!: number | null;
  @InstantColumn('to_at', { nullable: true }) toAt!: number | null;
  @TextColumn('reason', 255) reason!: string;
  @TextColumn('actor', 80) actor!: string;
  @TextColumn('actor_name', 80) actorName!: string;
  @InstantColumn('made_at') madeAt!: number;
  @NumberColumn('cases') cases!: number;
  /** SHA-256 of the package for the inspection office, and of the one for the unit concerned; hexadecimal. */
  @TextColumn('digest', 64) digest!: string;
  @TextColumn('unit_digest', 64) unitDigest!: string;
}
