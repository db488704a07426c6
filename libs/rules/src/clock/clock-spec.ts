import type { ClockKind } from '@mingjian/contracts';
import type { Limit, Pause } from '../calendar';
import type { Threshold } from '../ruleset/compile-rules';
import type { Extension, Suspension } from './case-facts';

/** A pause with what was reported about it, for the explanation. */
export type ReportedPause = Pause & Partial<Pick<Suspension, 'ground' | 'notice' | 'eventId'>>;

/** One clock of a case before it is tracked: when it starts and ends, what limits it, what moves it. */
export interface ClockSpec {
  clock: string;
  kind: ClockKind;
  step: string | null;
  post: string | null;
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
    startedAt,
    visibleFrom: startedAt,
    finishedAt,
    limit: null,
    carriedDueAt: null,
    pauses: NONE,
    extensions: NONE,
    yellowBefore: NONE,
    redAfter: null,
    countsForCase: true,
    unknownBecause: null,
    ruleKey: clock,
  };
}
