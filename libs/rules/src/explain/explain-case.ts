import type { ClockKind, Light, TimelineEvent } from '@mingjian/contracts';
import { judgeInDetail } from '../judge-case';
import { clockAt, verdictAt } from '../light/verdict-at';
import type { RuleBook } from '../ruleset/rule-book';
import type { CaseVerdict, ClockPhase, Finding } from '../verdict';
import type { DayLedger } from './day-ledger';
import { dayLedger } from './day-ledger';
import { CLOCK_NAMES, provisionOf } from './provisions';

/** Why a clock shows what it shows. */
export interface ClockExplanation {
  clock: string;
  kind: ClockKind;
  /** Name for people: 承诺时限, 环节时限（审核）. */
  name: string;
  light: Light;
  phase: ClockPhase;
  limit: string | null;
  /** Working days added by an extension. */
  extendedDays: number;
  provision: string;
  /** Where the limit is written: key, ruleset and version. */
  rule: { key: string; ruleset: string; version: string };
  calendar: { id: string; version: string };
  startedAt: number;
  dueAt: number | null;
  finishedAt: number | null;
  since: number;
  provisional: boolean;
  unknownBecause: string | null;
  /** Null for a clock whose due instant the case carries, or that has no limit. */
  ledger: DayLedger | null;
}

export interface CaseExplanation {
  caseNo: string;
  item: string | null;
  itemName: string | null;
  department: string | null;
  /** Name of the department in the ruleset that judges the case; null where it has none. */
  departmentName: string | null;
  at: number;
  verdict: CaseVerdict;
  unknownBecause: string | null;
  clocks: ClockExplanation[];
  /** Those that are true by `at`. */
  findings: readonly Finding[];
}

/** 依据: from the events of a case to its light at an instant, clock by clock and day by day. */
export function explainCase(
  caseNo: string,
  events: readonly TimelineEvent[],
  book: RuleBook,
  at: number,
): CaseExplanation {
  const { tracks, rules, item, clocks } = judgeInDetail(caseNo, events, book);
  const explained: ClockExplanation[] = [];
  for (const [index, spec] of (clocks?.specs ?? []).entries()) {
    const track = tracks.clocks[index]!;
    const verdict = clockAt(track, at);
    if (verdict === null || item === null) continue;
    const step = spec.step === null ? null : (item.steps?.get(spec.step)?.name ?? spec.step);
    explained.push({
      clock: spec.clock,
      kind: spec.kind,
      name: step === null ? CLOCK_NAMES[spec.kind] : `${CLOCK_NAMES[spec.kind]}（${step}）`,
      light: verdict.light,
      phase: verdict.phase,
      limit: verdict.limit,
      extendedDays: track.extensions.reduce((sum, { at: when, days }) => sum + (when <= at ? days : 0), 0),
      provision: provisionOf(spec.kind, item, spec),
      rule: { key: spec.ruleKey, ruleset: rules.ruleset.id, version: rules.ruleset.version },
      calendar: { id: rules.calendar.id, version: rules.calendar.version },
      startedAt: spec.startedAt,
      dueAt: verdict.dueAt,
      finishedAt: verdict.finishedAt,
      since: verdict.since,
      provisional: track.provisional,
      unknownBecause: track.unknownBecause,
      ledger:
        spec.limit === null || track.unknownBecause !== null
          ? null
          : dayLedger(spec, track, spec.calendar ?? clocks!.office.calendar, at),
    });
  }
  const verdict = verdictAt(tracks, at);
  return {
    caseNo,
    item: tracks.itemCode,
    itemName: tracks.itemName,
    department: tracks.department,
    departmentName: rules.ruleset.document.departments[tracks.department ?? '']?.name ?? null,
    at,
    verdict,
    unknownBecause: tracks.unknownBecause,
    clocks: explained,
    findings: verdict.findings,
  };
}
