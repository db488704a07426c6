import type { ClockKind, IssueMode } from '@mingjian/contracts';
import type { Limit, Pause, WorkingCalendar } from '../calendar';
import type { CompiledClockRule, Threshold } from '../ruleset/compile-clock';
import type { Extension, Suspension } from './case-facts';

/** A pause with what was reported about it, for the explanation. */
export type ReportedPause = Pause & Partial<Pick<Suspension, 'ground' | 'notice' | 'approver' | 'eventId'>>;

/** One clock of a case before it is tracked: when it starts and ends, what limits it, what moves it. */
export interface ClockSpec {
  clock: string;
  kind: ClockKind;
  step: string | null;
  post: string | null;
  /** Who answers for the clock; null: the department of the case. */
  department: string | null;
  /** The calendar of another place than that of the case; null: that of the case. */
  calendar: WorkingCalendar | null;
  startedAt: number;
  /** First instant at which the clock is known to run: later than the start for a deemed acceptance. */
  visibleFrom: number;
  finishedAt: number | null;
  /** Null where the case carries its due instant, or where no limit is known. */
  limit: Limit | null;
  /** The due instant that the case carries, before suspensions and extensions. */
  carriedDueAt: number | null;
  pauses: readonly ReportedPause[];
  /** Extensions that count, in order; each must still be in time for this clock. */
  extensions: readonly Extension[];
  yellowBefore: readonly Threshold[];
  /** Null: never red. */
  redAfter: Limit | null;
  issue: IssueMode;
  countsForCase: boolean;
  /** Grey from the start, and why. */
  unknownBecause: string | null;
  /** Key of the rule in its ruleset. */
  ruleKey: string;
}

const NONE: readonly never[] = [];

/**
 * A clock with a start and an end and nothing else: no limit yet, nothing that moves it. It counts for its case.
 * The hot path sets what differs member by member: spreading it into a new object costs a tenth of judging a case.
 */
export function bareClock(
  clock: string,
  kind: ClockKind,
  startedAt: number,
  finishedAt: number | null,
): ClockSpec {
  return {
    clock,
    kind,
    step: null,
    post: null,
    department: null,
    calendar: null,
    startedAt,
    visibleFrom: startedAt,
    finishedAt,
    limit: null,
    carriedDueAt: null,
    pauses: NONE,
    extensions: NONE,
    yellowBefore: NONE,
    redAfter: null,
    issue: 'automatic',
    countsForCase: true,
    unknownBecause: null,
    ruleKey: clock,
  };
}

/** A bare clock under a rule. A rule that takes what the case carries sets no limit. */
export function ruledClock(
  clock: string,
  kind: ClockKind,
  startedAt: number,
  finishedAt: number | null,
  rule: CompiledClockRule,
): ClockSpec {
  const spec = bareClock(clock, kind, startedAt, finishedAt);
  if (rule.limit !== 'carried') spec.limit = rule.limit;
  spec.yellowBefore = rule.yellowBefore;
  spec.redAfter = rule.redAfter;
  spec.issue = rule.issue;
  spec.ruleKey = rule.key;
  return spec;
}
