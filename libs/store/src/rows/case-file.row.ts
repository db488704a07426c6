import { Entity } from 'typeorm';
import type { CaseOutcome } from '@mingjian/rules';
import type { ItemClass, Light } from '@mingjian/contracts';
import { InstantColumn, KeyColumn, NumberColumn, TextColumn, TruthColumn } from './columns';

/**
 * 办件: what the rules said about a case when it was last judged. Derived: deleting all rows and judging the
 * timelines again gives the same rows.
 */
@Entity('case_file')
export class CaseFileRow {
  @KeyColumn('case_no', 64) caseNo!: string;
  /** Partition of the event log that the case belongs to. */
  @NumberColumn('shard') shard!: number;
  @TextColumn('item_code', 64, { nullable: true }) itemCode!: string | null;
  @TextColumn('item_class', 16, { nullable: true }) itemClass!: ItemClass | null;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TruthColumn('is_open') isOpen!: boolean;
  @TextColumn('light', 8) light!: Light;
  @TextColumn('step_light', 8) stepLight!: Light;
  /** The clock that decides the light. */
  @TextColumn('clock', 160, { nullable: true }) clock!: string | null;
  @InstantColumn('due_at', { nullable: true }) dueAt!: number | null;
  @InstantColumn('since', { nullable: true }) since!: number | null;
  /** First instant at which the light can change with no new event; null when it never will. */
  @InstantColumn('next_change_at', { nullable: true }) nextChangeAt!: number | null;
  @TruthColumn('provisional') provisional!: boolean;
  /** Why the whole case is grey; null otherwise. `judge-failed` is ours: the rules threw. */
  @TextColumn('unknown_because', 32, { nullable: true }) unknownBecause!: string | null;
  @TextColumn('ruleset_version', 64) rulesetVersion!: string;
  @TextColumn('calendar_version', 64) calendarVersion!: string;
  @TextColumn('outcome', 16, { nullable: true }) outcome!: CaseOutcome | null;
  @InstantColumn('accepted_at', { nullable: true }) acceptedAt!: number | null;
  @NumberColumn('finding_count') findingCount!: number;
  @InstantColumn('last_event_at') lastEventAt!: number;
  /** Running clocks by kind and light, `promise=green*1;step=red*2`, sorted: few distinct values to count by. */
  @TextColumn('clock_lights', 512) clockLights!: string;
  /** Place of the light in {@link LIGHTS}, worst first: the first part of the order by urgency. */
  @NumberColumn('light_rank') lightRank!: number;
  /** The due instant, or the end of time where there is none: the second part of the order by urgency. */
  @InstantColumn('urgent_at') urgentAt!: number;
  /** Instant up to which the light changes of this case are written. It never goes back. */
  @InstantColumn('judged_at') judgedAt!: number;
}
