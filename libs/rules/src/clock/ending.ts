import type { CaseOutcome } from '../verdict';
import type { CaseFacts, Suspension } from './case-facts';
import type { ReportedPause } from './clock-spec';

/** How a case ended, by the record or by silence; both null while it has not. */
export interface Ending {
  at: number | null;
  outcome: CaseOutcome | null;
}

const NO_PAUSES: readonly ReportedPause[] = [];

/**
 * The first event that ended the case: its decision, its withdrawal and the like, or a refusal to accept it. A case
 * that is accepted by silence can no longer be refused (Art. 32).
 */
export function endOf(facts: CaseFacts, deemedAt: number | null): Ending {
  const { decidedAt, ended, notAcceptedAt } = facts;
  let end: Ending = { at: null, outcome: null };
  if (decidedAt !== null)
    end = {
      at: decidedAt,
      outcome: facts.result === 'granted' || facts.result === 'refused' ? facts.result : 'decided',
    };
  if (ended !== null && (end.at === null || ended.at < end.at)) end = ended;
  const isTooLate = deemedAt !== null && notAcceptedAt !== null && notAcceptedAt >= deemedAt;
  if (notAcceptedAt !== null && !isTooLate && (end.at === null || notAcceptedAt < end.at))
    end = { at: notAcceptedAt, outcome: 'not-accepted' };
  return end;
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
