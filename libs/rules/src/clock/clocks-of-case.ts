import type { Limit } from '../calendar';
import { parseLimit } from '../calendar/limit';
import type { CompiledClockRule, CompiledItem } from '../ruleset/compile-rules';
import { promisedLimit } from '../ruleset/compile-rules';
import type { RulesInForce } from '../ruleset/rule-book';
import type { CaseOutcome, Finding } from '../verdict';
import type { CaseFacts, Extension, Suspension } from './case-facts';
import type { ClockSpec, ReportedPause } from './clock-spec';
import { bareClock } from './clock-spec';
import { acceptanceClocks } from './acceptance';
import { effectiveExtensions } from './extension';

/** The clocks of a case and what was found on the way. */
export interface CaseClocks {
  specs: ClockSpec[];
  findings: Finding[];
  /** Start of the promise and statutory clocks: acceptance, or receipt where acceptance is deemed. */
  acceptedAt: number | null;
  /** From when on the acceptance is known. */
  acceptedKnownAt: number | null;
  /** When silence made the case accepted (Art. 32); null where it did not. */
  deemedAt: number | null;
  /** When the case ended, whatever is still to be delivered. */
  endedAt: number | null;
  closedAt: number | null;
  outcome: CaseOutcome | null;
}

/** Results of a decision after which nothing is issued, so that nothing is to be delivered (Art. 44). */
const NOTHING_TO_DELIVER = new Set(['refused', 'terminated']);
const NO_PAUSES: readonly ReportedPause[] = [];
const NO_EXTENSIONS: readonly Extension[] = [];

/** All clocks of a case under the rules in force for it. Pure. */
export function clocksOfCase(facts: CaseFacts, item: CompiledItem, rules: RulesInForce): CaseClocks {
  const findings: Finding[] = [];
  const specs: ClockSpec[] = [];
  const acceptance = acceptanceClocks(facts, item, rules.calendar, endOf(facts, null).at, findings);
  const ending = endOf(facts, acceptance.deemedAt);
  const suspensions = withinCase(facts.suspensions, ending.at);
  specs.push(...acceptance.specs);
  if (facts.acceptedAt !== null && facts.notAcceptedAt !== null)
    findings.push({
      code: 'DQ-3',
      severity: 'serious',
      ref: 'accepted-and-not-accepted',
      at: Math.max(facts.acceptedAt, facts.notAcceptedAt),
      detail: { kind: 'accepted-and-not-accepted' },
    });

  if (acceptance.acceptedAt !== null) {
    const extensions =
      facts.extensions.length === 0
        ? NO_EXTENSIONS
        : effectiveExtensions(facts.extensions, item, acceptance.visibleFrom, findings);
    const frame = {
      start: acceptance.acceptedAt,
      visibleFrom: acceptance.visibleFrom,
      end: ending.at,
      pauses: suspensions,
      extensions,
    };
    const { carried } = facts;
    addDecisionClock(
      specs,
      findings,
      'promise',
      item.promise,
      frame,
      carried.promiseDueAt,
      carried.promiseLimit === null
        ? null
        : promisedLimit(parseLimit(carried.promiseLimit), rules.ruleset.document.switches),
    );
    addDecisionClock(
      specs,
      findings,
      'statutory',
      item.statutory,
      frame,
      carried.statutoryDueAt,
      carried.statutoryLimit === null ? null : parseLimit(carried.statutoryLimit),
    );
  }
  addSuspensionClocks(specs, findings, facts, rules, ending.at);
  addStepClocks(specs, findings, facts, item, suspensions, ending.at);
  const delivers = addDeliveryClock(specs, facts, item, ending.outcome);

  const closedAt = delivers ? facts.deliveredAt : ending.at;
  const { acceptedAt, deemedAt } = acceptance;
  return {
    specs,
    findings,
    acceptedAt,
    acceptedKnownAt: acceptedAt === null ? null : acceptance.visibleFrom,
    deemedAt,
    endedAt: ending.at,
    closedAt,
    outcome: ending.outcome,
  };
}

/** Suspensions lie within their case: what is open at its end ends with it, what begins later has no effect. */
function withinCase(suspensions: readonly Suspension[], end: number | null): readonly ReportedPause[] {
  if (suspensions.length === 0) return NO_PAUSES;
  if (end === null) return suspensions;
  return suspensions
    .filter(({ from }) => from < end)
    .map((suspension) => ({ ...suspension, to: Math.min(suspension.to ?? end, end) }));
}

/**
 * The first event that ended the case: its decision, its withdrawal and the like, or a refusal to accept it. A case
 * that is accepted by silence can no longer be refused (Art. 32).
 */
function endOf(
  facts: CaseFacts,
  deemedAt: number | null,
): { at: number | null; outcome: CaseOutcome | null } {
  const { decidedAt, ended, notAcceptedAt } = facts;
  let end: { at: number | null; outcome: CaseOutcome | null } = { at: null, outcome: null };
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

interface Frame {
  start: number;
  visibleFrom: number;
  end: number | null;
  pauses: readonly ReportedPause[];
  extensions: readonly Extension[];
}

function addDecisionClock(
  specs: ClockSpec[],
  findings: Finding[],
  kind: 'promise' | 'statutory',
  rule: CompiledClockRule | null | undefined,
  frame: Frame,
  carriedDueAt: number | null,
  carriedLimit: Limit | null,
): void {
  if (rule === null) return;
  const isCarried = rule?.limit === 'carried';
  const limit = isCarried && carriedDueAt === null ? carriedLimit : null;
  const spec = bareClock(kind, kind, frame.start, frame.end);
  spec.visibleFrom = frame.visibleFrom;
  spec.limit = rule === undefined || rule.limit === 'carried' ? limit : rule.limit;
  spec.carriedDueAt = isCarried ? carriedDueAt : null;
  spec.pauses = frame.pauses;
  spec.extensions = frame.extensions;
  spec.yellowBefore = rule?.yellowBefore ?? [];
  spec.redAfter = rule?.redAfter ?? null;
  spec.ruleKey = rule?.key ?? kind;
  if (spec.limit === null && spec.carriedDueAt === null) noLimit(spec, findings);
  specs.push(spec);
}

/**
 * Each suspension against the days applied for. One without days has a grey clock and a finding: nobody can say when it
 * should end. It does not turn the case grey, whose own clocks are held and known.
 */
function addSuspensionClocks(
  specs: ClockSpec[],
  findings: Finding[],
  facts: CaseFacts,
  rules: RulesInForce,
  end: number | null,
): void {
  const { atTime, yellowBefore, redAfter } = rules.ruleset.suspension;
  facts.suspensions.forEach((suspension, index) => {
    const { eventId, from, to, daysApplied } = suspension;
    const clock = `suspension#${index + 1}`;
    if (end !== null && from > end) {
      findings.push({
        code: 'DQ-3',
        severity: 'warning',
        ref: `suspended-after-end:${eventId}`,
        at: from,
        detail: { kind: 'suspended-after-end', event: eventId },
      });
      return;
    }
    if (to === null && end !== null)
      findings.push({
        code: 'SUS-7',
        severity: 'warning',
        ref: `suspension-open-at-end:${eventId}`,
        at: end,
        detail: { kind: 'suspension-open-at-end', event: eventId },
      });
    const spec: ClockSpec = {
      ...bareClock(clock, 'suspension', from, earlier(to, end)),
      limit: daysApplied === null ? null : parseLimit(`${daysApplied}wd${atTime ? '@time' : ''}`),
      yellowBefore,
      redAfter,
      countsForCase: daysApplied !== null,
      ruleKey: 'switches.suspensionCounting',
    };
    if (daysApplied === null) noLimit(spec, findings);
    specs.push(spec);
  });
}

function noLimit(spec: ClockSpec, findings: Finding[]): void {
  spec.unknownBecause = 'no-limit';
  findings.push({
    code: 'DQ-4',
    severity: 'serious',
    ref: `no-limit:${spec.clock}`,
    at: spec.visibleFrom,
    detail: { kind: 'no-limit', clock: spec.clock },
  });
}

function addStepClocks(
  specs: ClockSpec[],
  findings: Finding[],
  facts: CaseFacts,
  item: CompiledItem,
  suspensions: readonly ReportedPause[],
  end: number | null,
): void {
  if (item.steps === null) return;
  for (const run of facts.steps) {
    const step = item.steps.get(run.step);
    const ref = `${run.step}#${run.run}`;
    if (step === undefined) {
      findings.push({
        code: 'DQ-8',
        severity: 'warning',
        ref: `unknown-step:${ref}`,
        at: run.startedAt ?? run.finishedAt,
        detail: { kind: 'unknown-step', step: run.step },
      });
      continue;
    }
    if (run.startedAt === null) {
      if (step.rule !== null)
        findings.push({
          code: 'DQ-3',
          severity: 'warning',
          ref: `step-finished-without-start:${ref}`,
          at: run.finishedAt,
          detail: { kind: 'step-finished-without-start', step: run.step },
        });
      continue;
    }
    // 制证 begins after the decision: only steps that were under way end with the case.
    const endedBy = end !== null && end >= run.startedAt ? end : null;
    if (run.finishedAt === null && endedBy !== null)
      findings.push({
        code: 'DQ-3',
        severity: 'notice',
        ref: `step-without-end:${ref}`,
        at: endedBy,
        detail: { kind: 'step-without-end', step: run.step },
      });
    if (step.rule === null || step.rule.limit === 'carried') continue;
    specs.push({
      ...bareClock(
        `step:${run.step}${run.run === 1 ? '' : `#${run.run}`}`,
        'step',
        run.startedAt,
        earlier(run.finishedAt, endedBy),
      ),
      step: run.step,
      post: run.post ?? step.post,
      limit: step.rule.limit,
      pauses: suspensions,
      yellowBefore: step.rule.yellowBefore,
      redAfter: step.rule.redAfter,
      countsForCase: false,
      ruleKey: step.rule.key,
    });
  }
}

/** @returns whether the case waits for a delivery, or has had one, after its decision. */
function addDeliveryClock(
  specs: ClockSpec[],
  facts: CaseFacts,
  { delivery }: CompiledItem,
  outcome: CaseOutcome | null,
): boolean {
  if (!delivery || delivery.limit === 'carried' || facts.decidedAt === null) return false;
  if (outcome === null || (outcome !== 'granted' && outcome !== 'decided')) return false;
  if (facts.result !== null && NOTHING_TO_DELIVER.has(facts.result)) return false;
  specs.push({
    ...bareClock('delivery', 'delivery', facts.decidedAt, facts.deliveredAt),
    limit: delivery.limit,
    yellowBefore: delivery.yellowBefore,
    redAfter: delivery.redAfter,
    ruleKey: delivery.key,
  });
  return true;
}

function earlier(a: number | null, b: number | null): number | null {
  if (a === null) return b;
  return b === null ? a : Math.min(a, b);
}
