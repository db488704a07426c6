import type { CompiledItem } from '../ruleset/compile-rules';
import type { RulesInForce } from '../ruleset/rule-book';
import type { CaseOutcome, Finding } from '../verdict';
import { acceptanceClocks } from './acceptance';
import type { CaseFacts, Extension } from './case-facts';
import type { ClockSpec } from './clock-spec';
import { ruledClock } from './clock-spec';
import { addDecisionClocks } from './decision';
import type { Ending } from './ending';
import { endOf, withinCase } from './ending';
import { effectiveExtensions } from './extension';
import { addHearingClocks } from './hearing';
import type { Office } from './place';
import { officeOfCase } from './place';
import { addRatingClocks } from './ratings';
import type { SilentGrant } from './silence';
import { endBySilence, findSilence, grantBySilence, issuanceOf } from './silence';
import { addStepClocks } from './steps';
import { addSuspensionClocks } from './suspension-clocks';

/** The clocks of a case and what was found on the way. */
export interface CaseClocks {
  specs: ClockSpec[];
  findings: Finding[];
  /** Where the case is handled; its calendar counts the clocks that have none of their own. */
  office: Office;
  /** Start of the promise and statutory clocks: acceptance, or receipt where acceptance is deemed. */
  acceptedAt: number | null;
  /** From when on the acceptance is known. */
  acceptedKnownAt: number | null;
  /** When silence made the case accepted (Art. 32); null where it did not. */
  deemedAt: number | null;
  /** When the case ended, whatever is still to be delivered. */
  endedAt: number | null;
  /** Last instant at which something can begin within the case. */
  lastInstant: number | null;
  closedAt: number | null;
  outcome: CaseOutcome | null;
}

const NO_EXTENSIONS: readonly Extension[] = [];

/**
 * All clocks of a case under the rules in force for it. Pure.
 *
 * 1. Acceptance: reported, or by silence.
 * 2. The clocks of the decision, up to the end that the record reports.
 * 3. Whether one of them ran out in silence that grants: the case then ended there.
 * 4. Everything else, under that end.
 */
export function clocksOfCase(
  facts: CaseFacts,
  item: CompiledItem,
  rules: RulesInForce,
  department: string | null,
): CaseClocks {
  const { ruleset } = rules;
  const findings: Finding[] = [];
  const office = officeOfCase(facts, department, rules);
  const acceptance = acceptanceClocks(facts, item, office.calendar, endOf(facts, null), findings);
  const { acceptedAt, deemedAt, visibleFrom } = acceptance;
  let { specs } = acceptance;
  let ending = endOf(facts, deemedAt);
  let suspensions = withinCase(facts.suspensions, ending.at);
  let grant: SilentGrant | null = null;
  if (facts.acceptedAt !== null && facts.notAcceptedAt !== null) findings.push(bothAnswers(facts));

  if (acceptedAt !== null) {
    const extensions =
      facts.extensions.length === 0
        ? NO_EXTENSIONS
        : effectiveExtensions(facts.extensions, item, visibleFrom, findings);
    const frame = { start: acceptedAt, visibleFrom, end: ending.at, pauses: suspensions, extensions };
    const before = specs.length;
    addDecisionClocks(specs, findings, facts, item, ruleset, office, frame);
    if (item.silence !== null || facts.carried.permitExpiresAt !== null)
      grant = grantBySilence(specs, findings, facts, item, ruleset, office);
    if (grant !== null) {
      ending = { at: grant.at, last: grant.at - 1, outcome: 'granted' };
      suspensions = withinCase(facts.suspensions, grant.at);
      const decision = specs.slice(before);
      endBySilence(decision, grant.at, facts);
      specs = [...acceptanceUntil(ending, facts, item, office), ...decision];
      findSilence(grant, facts, findings);
    }
  }
  if (facts.suspensions.length > 0) addSuspensionClocks(specs, findings, facts.suspensions, ruleset, ending);
  addStepClocks(specs, findings, facts, item, rules, office, suspensions, ending);
  if (facts.hearing !== null)
    addHearingClocks(specs, findings, facts.hearing, item, office, {
      ...ending,
      decidedAt: grant === null && isByDecision(ending) ? facts.decidedAt : null,
    });
  const closedAt = closing(specs, facts, item, ending, grant);
  if (facts.ratings !== null) addRatingClocks(specs, facts.ratings, ruleset);
  return {
    specs,
    findings,
    office,
    acceptedAt,
    acceptedKnownAt: acceptedAt === null ? null : visibleFrom,
    deemedAt,
    endedAt: ending.at,
    lastInstant: ending.last,
    closedAt,
    outcome: ending.outcome,
  };
}

function bothAnswers({ acceptedAt, notAcceptedAt }: CaseFacts): Finding {
  return {
    code: 'DQ-3',
    severity: 'serious',
    ref: 'accepted-and-not-accepted',
    at: Math.max(acceptedAt!, notAcceptedAt!),
    detail: { kind: 'accepted-and-not-accepted' },
  };
}

/** The clocks of acceptance once more, now that the end of the case is known to lie in its silence. */
function acceptanceUntil(grant: Ending, facts: CaseFacts, item: CompiledItem, office: Office): ClockSpec[] {
  const { notAcceptedAt } = facts;
  const isInTime = notAcceptedAt !== null && notAcceptedAt < grant.at!;
  const answered = isInTime ? facts : { ...facts, notAcceptedAt: null };
  return acceptanceClocks(answered, item, office.calendar, grant, []).specs;
}

function isByDecision({ outcome }: Ending): boolean {
  return outcome === 'granted' || outcome === 'refused' || outcome === 'decided';
}

/**
 * What is to be issued or delivered after the end.
 * @returns when the case is closed: with that or, where nothing is to be delivered, with its end.
 */
function closing(
  specs: ClockSpec[],
  facts: CaseFacts,
  { delivery }: CompiledItem,
  ending: Ending,
  grant: SilentGrant | null,
): number | null {
  if (grant !== null) {
    const issuance = issuanceOf(grant, facts);
    specs.push(issuance);
    return issuance.finishedAt;
  }
  if (!delivery || facts.decidedAt === null) return ending.at;
  // After a refusal or a termination nothing is issued, so that nothing is to be delivered (Art. 44).
  if (ending.outcome !== 'granted' && ending.outcome !== 'decided') return ending.at;
  if (facts.result === 'terminated') return ending.at;
  specs.push(ruledClock('delivery', 'delivery', facts.decidedAt, facts.deliveredAt, delivery));
  // Some are handed over before they are decided: the case is closed when both has happened.
  return facts.deliveredAt === null ? null : Math.max(facts.deliveredAt, ending.at!);
}
