import type { CaseOutcome } from '../verdict';
import type { CaseFacts, Suspension } from './case-facts';
import type { ReportedPause } from './clock-spec';

/** How a case ended, by the record or by silence; all null while it has not. */
export interface Ending {
  at: number | null;
  /** Last instant at which something can begin within the case: what happens at a grant by silence comes after it. */
  last: number | null;
  outcome: CaseOutcome | null;
}

const NO_PAUSES: readonly ReportedPause[] = [];

/**
 * The first event that ended the case: its decision, its withdrawal and the like, or a refusal to accept it. A case
 * that is accepted by silence can no longer be refused (Art. 32).
 */
export function endOf(facts: CaseFacts, deemedAt: number | null): Ending {
  const { decidedAt, ended, notAcceptedAt } = facts;
  let at: number | null = null;
  let outcome: CaseOutcome | null = null;
  const isTooLate = deemedAt !== null && notAcceptedAt !== null && notAcceptedAt >= deemedAt;
  if (notAcceptedAt !== null && !isTooLate) [at, outcome] = [notAcceptedAt, 'not-accepted'];
  // At one instant the refusal comes first in the procedure; the decision goes before both.
  if (ended !== null && (at === null || ended.at < at)) ({ at, outcome } = ended);
  if (decidedAt !== null && (at === null || decidedAt <= at)) {
    at = decidedAt;
    outcome = facts.result === 'granted' || facts.result === 'refused' ? facts.result : 'decided';
  }
  return { at, last: at, outcome };
}

/** Suspensions lie within their case: what is open at its end ends with it, what begins later has no effect. */
export function withinCase(suspensions: readonly Suspension[], end: number | null): readonly ReportedPause[] {
  if (suspensions.length === 0) return NO_PAUSES;
  if (end === null) return suspensions;
  return suspensions
    .filter(({ from }) => from < end)
    .map((suspension) => ({ ...suspension, to: Math.min(suspension.to ?? end, end) }));
}

/** The earlier of two instants, either of which may never come. */
export function earlier(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}
