import { Entity, PrimaryColumn } from 'typeorm';
import { InstantColumn, LongTextColumn, NumberColumn, TextColumn, TruthColumn } from './columns';

export type ImpactState = 'running' | 'done' | 'cancelled' | 'failed';

/** 影响测算: the latest back-test of a draft, while it runs and what came of it. */
@Entity('draft_impact')
export class DraftImpactRow {
  @PrimaryColumn({ name: 'draft_id', type: 'integer' }) draftId!: number;
  /** Of the document that was tested. */
  @TextColumn('digest', 64) digest!: string;
  @NumberColumn('draft_version') draftVersion!: number;
  @TextColumn('state', 16) state!: ImpactState;
  /** First and last day, `YYYY-MM-DD`. */
  @TextColumn('since', 10) since!: string;
  @TextColumn('until', 10) until!: string;
  @TextColumn('started_by', 80) startedBy!: string;
  @TextColumn('started_by_name', 80) startedByName!: string;
  /** Tells this run from others of the draft. */
  @TextColumn('run', 32) run!: string;
  @InstantColumn('started_at') startedAt!: number;
  /** When the process that runs it last said so, by the machine's clock. */
  @InstantColumn('touched_at') touchedAt!: number;
  @NumberColumn('done') done!: number;
  @NumberColumn('total') total!: number;
  @TruthColumn('is_cut') isCut!: boolean;
  /** JSON; `null` until it is done. */
  @LongTextColumn('result') result!: string;
}
