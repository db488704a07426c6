import type { RulesetDocument } from '@mingjian/contracts';
import { before, readLimit } from './count';
import type { DecisionClocks, Deciding } from './decision-clocks';
import { runsOutAt } from './live-through';
import { earliest } from './record';
import type { Clock } from './clock';
import type { WrittenRule } from './written-rules';

/** 超时默许: from when the decision counts as granted, and the rule of issuing it. */
export interface Grant {
  at: number;
  issuance: WrittenRule;
}

/**
 * Whether, and from when, silence grants the case.
 * @param deciding with the end of the case that is reported
 * @see README of this library: Grant by silence; 行政许可法 50 for renewals.
 */
export function grantBySilence(
  deciding: Deciding,
  clocks: DecisionClocks,
  { switches }: RulesetDocument,
): Grant | null {
  const { rules } = deciding;
  const end = deciding.end.at;
  const grants: Grant[] = [];
  const add = (clock: Clock | null, issuance: WrittenRule): void => {
    if (clock === null) return;
    // Not before the start of the clock, and not before the acceptance is known.
    const at = Math.max(runsOutAt(clock), clock.start, clock.seenFrom);
    if (at < Infinity && at <= end) grants.push({ at, issuance });
  };
  if (clocks.renewal !== null && isAppliedInTime(deciding, clocks.renewal, switches.renewalAppliedBefore))
    add(clocks.renewal, rules.renewalIssuance);
  if (rules.silence !== null) add(clocks[rules.silence.clock], rules.silence.issuance);
  // Of two the first one; at one instant the one that the law itself has.
  return grants.sort((a, b) => a.at - b.at)[0] ?? null;
}

/** Silence grants only what was applied for in time: on or before the local day counted back from the expiry. */
function isAppliedInTime({ record, days }: Deciding, renewal: Clock, appliedBefore: string): boolean {
  const appliedAt = earliest(record, 'case.submitted')?.occurredAt ?? renewal.start;
  const { allowed } = renewal;
  if (allowed === null || !('carriedDueAt' in allowed)) return false;
  const latest = before(days, readLimit(appliedBefore), allowed.carriedDueAt);
  return days.at(appliedAt).wall <= days.at(latest).wall;
}
