import type { ClockKind, IssueMode, Light, Recipient, TimelineEvent } from '@mingjian/contracts';
import { judgeInDetail } from '../judge-case';
import { clockAt, verdictAt } from '../light/verdict-at';
import type { Extension } from '../clock/case-facts';
import type { ClockSpec } from '../clock/clock-spec';
import type { RuleBook } from '../ruleset/rule-book';
import type { CaseVerdict, ClockPhase, Finding } from '../verdict';
import { dueRange } from '../calendar';
import { recipientsOf } from '../ruleset/recipients';
import type { DelayAttribution } from './attribute-delay';
import { attributeDelay } from './attribute-delay';
import type { DayLedger } from './day-ledger';
import { dayLedger } from './day-ledger';
import { CLOCK_NAMES, provisionOf } from './provisions';

/** A suspension as the record has it. */
export interface ReportedSuspension {
  from: number;
  to: number | null;
  ground: string | null;
  notice: string | null;
  approver: string | null;
}

/** An extension as the record has it. */
export type ReportedExtension = Pick<Extension, 'at' | 'days' | 'notice' | 'approver'>;

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
  /** Of a provisional due instant: the earliest and the latest that past years' arrangements would make it. */
  range: { earliest: number; latest: number } | null;
  unknownBecause: string | null;
  /** Who answers for this clock. */
  department: string | null;
  /** Whether its lights come on by themselves or wait for a person, and who is told of the one that is on. */
  issue: IssueMode;
  recipients: readonly Recipient[];
  /** What was reported to hold the clock, by `at`; `to` is null while it does. */
  suspensions: ReportedSuspension[];
  /** Extensions that moved it. */
  extensions: ReportedExtension[];
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
  /** Where the time went; null where there is nothing to attribute. */
  delay: DelayAttribution | null;
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
  const judged = judgeInDetail(caseNo, events, book);
  const { tracks, rules, item, clocks, facts } = judged;
  const explained: ClockExplanation[] = [];
  for (const [index, spec] of (clocks?.specs ?? []).entries()) {
    const track = tracks.clocks[index]!;
    const verdict = clockAt(track, at);
    if (verdict === null || item === null) continue;
    const calendar = spec.calendar ?? clocks!.office.calendar;
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
      range:
        !track.provisional || spec.limit === null || verdict.dueAt === null
          ? null
          : dueRange(calendar, spec.limit, spec.startedAt, endedPauses(spec, at)),
      unknownBecause: track.unknownBecause,
      department: track.department ?? tracks.department,
      issue: track.issue,
      recipients: recipientsOf(rules.ruleset, tracks.itemClass, verdict.light),
      suspensions: suspensionsOf(spec, at),
      extensions: facts.extensions.filter(({ eventId, at: when }) =>
        track.extensions.some((counted) => counted.eventId === eventId && when <= at),
      ),
      ledger:
        spec.limit === null || track.unknownBecause !== null ? null : dayLedger(spec, track, calendar, at),
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
    delay: attributeDelay(judged, at),
    findings: verdict.findings,
  };
}

function suspensionsOf({ pauses }: ClockSpec, at: number): ReportedSuspension[] {
  return pauses
    .filter(({ from }) => from <= at)
    .map(({ from, to, ground, notice, approver }) => ({
      from,
      to: to !== null && to <= at ? to : null,
      ground: ground ?? null,
      notice: notice ?? null,
      approver: approver ?? null,
    }));
}

/** While a pause is open there is no due instant to give a range for. */
function endedPauses({ pauses }: ClockSpec, at: number): ClockSpec['pauses'] {
  return pauses.filter(({ to }) => to !== null && to <= at);
}
