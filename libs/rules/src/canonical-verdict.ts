import { canonicalJson } from './clock/preferred-event';
import type { CaseTracks, CaseVerdict } from './verdict';

/**
 * One line that says all of a verdict: equal verdicts give equal bytes, on any replica, after any order of arrival.
 * Digests of many cases are taken over the sorted lines.
 */
export function canonicalVerdict(verdict: CaseVerdict, tracks: CaseTracks): string {
  return canonicalJson({
    ...verdict,
    rulesetVersion: tracks.rulesetVersion,
    calendarVersion: tracks.calendarVersion,
  });
}
