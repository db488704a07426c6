import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { FindingSeverity } from '@mingjian/contracts';
import { InstantColumn, LongTextColumn, TextColumn } from './columns';

/** 发现: a procedure or data-quality finding of a case. Never deleted: one that no longer holds is superseded. */
@Entity('finding')
export class FindingRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  @TextColumn('case_no', 64) caseNo!: string;
  @TextColumn('code', 64) code!: string;
  @TextColumn('severity', 16) severity!: FindingSeverity;
  /** What the finding is about: an event id, a clock, a step. */
  @TextColumn('ref', 255) ref!: string;
  @InstantColumn('at', { nullable: true }) at!: number | null;
  /** The evidence as JSON. */
  @LongTextColumn('detail') detail!: string;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('item_code', 64, { nullable: true }) itemCode!: string | null;
  @InstantColumn('detected_at') detectedAt!: number;
  @InstantColumn('superseded_at', { nullable: true }) supersededAt!: number | null;
}
