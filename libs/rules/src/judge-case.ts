import type { TimelineEvent } from '@mingjian/contracts';
import { dueAt } from './calendar/due-at';
import type { CaseFacts } from './clock/case-facts';
import type { CaseClocks } from './clock/clocks-of-case';
import { clocksOfCase } from './clock/clocks-of-case';
import { afterCutOff } from './clock/decision';
import { earlier } from './clock/ending';
import { foldTimeline } from './clock/fold-timeline';
import { findOnProcedure } from './finding/on-procedure';
import { trackClock } from './light/track-clock';
import type { CompiledItem } from './ruleset/compile-rules';
import type { RuleBook, RulesInForce } from './ruleset/rule-book';
import type { CaseTracks, Finding } from './verdict';

/** A judged case with what the explanation needs besides its tracks. */
export interface JudgedCase {
  tracks: CaseTracks;
  facts: CaseFacts;
  rules: RulesInForce;
  item: CompiledItem | null;
  clocks: CaseClocks | null;
}

/**
 * Judges a case: everything the rules say about it, for every instant at once.
 * Guarantees: a pure function of (events, book); order, repetition and batches of the events play no part.
 */
export function judgeCase(caseNo: string, events: readonly TimelineEvent[], book: RuleBook): CaseTracks {
  return judgeInDetail(caseNo, events, book).tracks;
}

export function judgeInDetail(caseNo: string, events: readonly TimelineEvent[], book: RuleBook): JudgedCase {
  const facts = foldTimeline(caseNo, events);
  const startedAt = facts.acceptedAt ?? facts.submittedAt;
  const selected = book.selectAt(startedAt ?? facts.firstEventAt);
  const rules = selected ?? book.newest;
  const item = facts.item === null ? null : (rules.ruleset.items.get(facts.item) ?? null);
  const unknownBecause = whyUnknown(facts, item, selected);
  const isSupervised = unknownBecause !== 'not-supervised';
  const findings: Finding[] = isSupervised ? [...facts.findings] : [];
  const department = facts.department ?? item?.department ?? facts.stepDepartment;
  const clocks =
    item === null || selected === null || !isSupervised ? null : clocksOfCase(facts, item, rules, department);
  if (clocks) {
    findings.push(...clocks.findings);
    compareCarried(facts, item!, rules, clocks, findings);
  }
  if (unknownBecause !== null && isSupervised)
    findings.push({
      code: unknownBecause === 'no-start' ? 'DQ-4' : 'DQ-7',
      severity: 'serious',
      ref: unknownBecause,
      at: facts.firstEventAt,
      detail: { kind: unknownBecause, item: facts.item },
    });
  const tracks: CaseTracks = {
    caseNo,
    itemCode: facts.item,
    itemName: item?.name ?? null,
    itemClass: item?.itemClass ?? null,
    department,
    ruleset: rules.ruleset.id,
    rulesetVersion: rules.ruleset.version,
    calendar: rules.calendar.id,
    calendarVersion: rules.calendar.version,
    acceptedAt: clocks === null ? facts.acceptedAt : clocks.acceptedAt,
    acceptedKnownAt: clocks === null ? facts.acceptedAt : clocks.acceptedKnownAt,
    endedAt: clocks === null ? endWithoutRules(facts) : clocks.endedAt,
    closedAt: clocks === null ? endWithoutRules(facts) : clocks.closedAt,
    outcome: clocks?.outcome ?? null,
    unknownBecause,
    clocks:
      clocks === null
        ? []
        : clocks.specs.map((spec) => trackClock(spec, spec.calendar ?? clocks.office.calendar, findings)),
    findings,
  };
  if (clocks) findOnProcedure(facts, item!, rules, clocks, tracks.clocks, findings);
  if (findings.length > 1) findings.sort((a, b) => compareText(a.code, b.code) || compareText(a.ref, b.ref));
  return { tracks, facts, rules, item, clocks };
}

function whyUnknown(
  facts: CaseFacts,
  item: CompiledItem | null,
  selected: RulesInForce | null,
): string | null {
  if (facts.item === null) return 'no-item';
  if (selected === null) return 'no-rule-in-force';
  if (item === null) return 'unknown-item';
  if (!item.isEnabled) return 'not-supervised';
  const hasStart = facts.acceptedAt !== null || facts.submittedAt !== null || facts.notAcceptedAt !== null;
  return hasStart ? null : 'no-start';
}

function endWithoutRules(facts: CaseFacts): number | null {
  return earlier(earlier(facts.decidedAt, facts.ended?.at ?? null), facts.notAcceptedAt);
}

/** A due instant that the case carries beside the one that the rule gives: a difference is somebody's error. */
function compareCarried(
  facts: CaseFacts,
  item: CompiledItem,
  { ruleset }: RulesInForce,
  clocks: CaseClocks,
  findings: Finding[],
): void {
  if (clocks.acceptedAt === null) return;
  for (const clock of ['promise', 'statutory'] as const) {
    const carried = clock === 'promise' ? facts.carried.promiseDueAt : facts.carried.statutoryDueAt;
    const rule = item[clock];
    if (carried === null || !rule || rule.limit === 'carried') continue;
    const { office, acceptedAt } = clocks;
    const limit =
      clock === 'promise' ? afterCutOff(rule.limit, item, ruleset, office, acceptedAt) : rule.limit;
    const ruled = dueAt(office.calendar, limit, acceptedAt).dueAt;
    if (ruled === null || ruled === carried) continue;
    findings.push({
      code: 'LIM-1',
      severity: 'notice',
      ref: `carried-due-differs:${clock}`,
      at: clocks.acceptedKnownAt,
      detail: {
        kind: 'carried-due-differs',
        clock,
        carriedDueAt: carried,
        ruledDueAt: ruled,
        differenceMs: carried - ruled,
      },
    });
  }
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
