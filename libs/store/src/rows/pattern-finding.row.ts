import { Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { FindingSeverity } from '@mingjian/contracts';
import { InstantColumn, LongTextColumn, TextColumn } from './columns';

/**
 * 核查线索: a sign that times were made up, of a case, an officer, a department or a source in a month. Never deleted: one
 * that a later examination does not find again is superseded.
 */
@Entity('pattern_finding')
export class PatternFindingRow {
  @PrimaryGeneratedColumn({ type: 'integer' }) id!: number;
  /** Digest of what tells it from all others while it holds; null once superseded, so that it can be found anew. */
  @TextColumn('open_key', 64, { nullable: true }) openKey!: string | null;
  @TextColumn('kind', 64) kind!: string;
  @TextColumn('code', 16) code!: string;
  @TextColumn('severity', 16) severity!: FindingSeverity;
  @TextColumn('scope', 16) scope!: string;
  @TextColumn('subject', 255) subject!: string;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('item_code', 64, { nullable: true }) itemCode!: string | null;
  /** Month, `YYYY-MM`, in the zone of the calendar. */
  @TextColumn('period', 7) period!: string;
  @InstantColumn('at', { nullable: true }) at!: number | null;
  /** Numbers of cases, JSON. */
  @LongTextColumn('cases') cases!: string;
  /** The evidence in numbers, JSON. */
  @LongTextColumn('figures') figures!: string;
  @InstantColumn('detected_at') detectedAt!: number;
  @InstantColumn('superseded_at', { nullable: true }) supersededAt!: number | null;
}
