import type { ItemClass, TimelineEvent } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { elapsed } from '../calendar/elapsed';
import { officeOfCase } from '../clock/place';
import { monthAt } from '../forensics/month';
import type { JudgedCase } from '../judge-case';
import type { CaseOutcome, CaseVerdict, ClockTrack } from '../verdict';
import { actsAfterDecision, heldWithoutRight, whoHandled } from './behind-the-figures';

/**
 * 办件要素: what statistics and scores need of a case that was accepted or has ended. docs/statistics.md defines every
 * member. Months are local, `YYYY-MM`; days are working days of the calendar of the place where the case is handled;
 * null where a figure cannot be had. Truth values that are summed are 0 and 1.
 */
export interface CaseFact {
  caseNo: string;
  acceptedMonth: string | null;
  endedMonth: string | null;
  /** Epoch milliseconds. */
  acceptedAt: number | null;
  endedAt: number | null;
  district: string | null;
  hall: string | null;
  department: string | null;
  itemCode: string | null;
  itemClass: ItemClass | null;
  /** Post and officer of the end of the case, else of the last act before it. */
  post: string | null;
  officer: string | null;
  outcome: CaseOutcome | null;
  /** Whoever applied, as the keyed hash of the department. */
  applicant: string | null;
  /** 办结: ended with a decision or by forwarding; 0: still open, or ended without a result. */
  decided: 0 | 1;
  /** 承诺时限 and 法定时限 as they were at acceptance, and what was used up, without suspended days. */
  promiseDays: number | null;
  statutoryDays: number | null;
  usedDays: number | null;
  latePromise: 0 | 1;
  lateStatutory: 0 | 1;
  /** 提前办结: at least one working day before the promise ran out. */
  early: 0 | 1;
  /** Decided on the day of acceptance, whatever the class of the item. */
  sameDay: 0 | 1;
  /** 并联审批节省: working days of all steps one after another, less those from the first start to the last end. */
  savedDays: number;
  suspendedDays: number;
  /** Work went on after the decision; and the last of it came after the promise had run out. */
  reopened: 0 | 1;
  lateReopened: 0 | 1;
  /** In time only because of suspensions that do not stand (no lawful ground, no written notice). */
  lateHeld: 0 | 1;
  /** 数据不完整: the record has a data-quality finding. */
  incomplete: 0 | 1;
  ratings: number;
  badRatings: number;
  gradeSum: number;
}

const DECIDED: ReadonlySet<CaseOutcome> = new Set<CaseOutcome>([
  'granted',
  'refused',
  'decided',
  'forwarded',
]);

/**
 * The fact of a judged case, as far as `verdict` knows it: nothing that the passing of time has yet to bring. `at` is the
 * instant of the verdict. Null for a case that was neither accepted nor ended, and for one that is not supervised on purpose.
 * A case of an unknown item is counted and has no limits. Pure.
 */
export function caseFact(
  judged: JudgedCase,
  events: readonly TimelineEvent[],
  verdict: CaseVerdict,
  at: number,
): CaseFact | null {
  const { tracks, facts, rules, clocks } = judged;
  if (tracks.unknownBecause === 'not-supervised') return null;
  const outcome = clocks === null ? outcomeWithoutRules(judged, at) : verdict.outcome;
  const endedAt = outcome === null ? null : tracks.endedAt;
  const { acceptedAt } = verdict;
  if (acceptedAt === null && endedAt === null) return null;
  const office = clocks?.office ?? officeOfCase(facts, tracks.department, rules);
  const { calendar, district, hall } = office;
  const fact = openFact(tracks.caseNo);
  fact.acceptedMonth = acceptedAt === null ? null : monthAt(calendar, acceptedAt);
  fact.acceptedAt = acceptedAt;
  fact.district = district ?? null;
  fact.hall = hall ?? null;
  fact.department = tracks.department;
  fact.itemCode = tracks.itemCode;
  fact.itemClass = tracks.itemClass;
  if (outcome === null || endedAt === null) return fact;
  return Object.assign(fact, endedFact(judged, events, verdict, { outcome, acceptedAt, endedAt, calendar }));
}

/** How a case ended whose rules nobody knows, as reported. */
function outcomeWithoutRules({ tracks: { endedAt }, facts }: JudgedCase, at: number): CaseOutcome | null {
  if (endedAt === null || endedAt > at) return null;
  if (facts.decidedAt === endedAt) return 'decided';
  return facts.ended?.at === endedAt ? facts.ended.outcome : 'not-accepted';
}

interface End {
  outcome: CaseOutcome;
  acceptedAt: number | null;
  endedAt: number;
  calendar: WorkingCalendar;
}

/** One literal with every member: put together from several, 29 members make V8 keep each fact as a hash table, a tenth of the monitor's time. */
function openFact(caseNo: string): CaseFact {
  return {
    caseNo,
    acceptedMonth: null,
    endedMonth: null,
    acceptedAt: null,
    endedAt: null,
    district: null,
    hall: null,
    department: null,
    itemCode: null,
    itemClass: null,
    post: null,
    officer: null,
    outcome: null,
    applicant: null,
    decided: 0,
    promiseDays: null,
    statutoryDays: null,
    usedDays: null,
    latePromise: 0,
    lateStatutory: 0,
    early: 0,
    sameDay: 0,
    savedDays: 0,
    suspendedDays: 0,
    reopened: 0,
    lateReopened: 0,
    lateHeld: 0,
    incomplete: 0,
    ratings: 0,
    badRatings: 0,
    gradeSum: 0,
  };
}

function endedFact(
  { tracks, facts, rules }: JudgedCase,
  events: readonly TimelineEvent[],
  verdict: CaseVerdict,
  { outcome, acceptedAt, endedAt, calendar }: End,
): Partial<CaseFact> {
  const isDecided = DECIDED.has(outcome);
  const promise = tracks.clocks.find(({ kind }) => kind === 'promise');
  const statutory = tracks.clocks.find(({ kind }) => kind === 'statutory');
  const all = facts.ratings?.ratings ?? [];
  const { badFrom } = rules.ruleset.document.switches.ratings;
  const common: Partial<CaseFact> = {
    endedMonth: monthAt(calendar, endedAt),
    endedAt,
    outcome,
    decided: truth(isDecided),
    ...whoHandled(events, endedAt),
    applicant: events.find(({ data }) => data.applicant !== undefined)?.data.applicant ?? null,
    latePromise: truth(isLate(promise)),
    lateStatutory: truth(isLate(statutory)),
    incomplete: truth(verdict.findings.some(({ code }) => code.startsWith('DQ-'))),
    ratings: all.length,
    badRatings: all.filter(({ grade }) => grade <= badFrom).length,
    gradeSum: all.reduce((sum, { grade }) => sum + grade, 0),
  };
  if (acceptedAt === null) return common;
  const suspensions = promise?.suspensions ?? facts.suspensions;
  const { workingDays } = elapsed(calendar, acceptedAt, endedAt, suspensions);
  const whole = elapsed(calendar, acceptedAt, endedAt).workingDays;
  const usedDays = Math.max(0, workingDays);
  const promiseDays = limitDays(promise, calendar);
  const extended = (promise?.extensions ?? []).reduce((sum, { days }) => sum + days, 0);
  const later = isDecided ? actsAfterDecision(events, facts) : null;
  const due = promise === undefined ? null : lastDue(promise);
  const inTime = isDecided && promiseDays !== null && !isLate(promise);
  return {
    ...common,
    usedDays,
    promiseDays,
    statutoryDays: limitDays(statutory, calendar),
    early: truth(inTime && usedDays < promiseDays),
    sameDay: truth(isDecided && calendar.dayOf(acceptedAt) === calendar.dayOf(endedAt)),
    savedDays: tracks.itemClass === 'joint' && isDecided ? savedBySideBySide(facts.steps, calendar) : 0,
    suspendedDays: Math.max(0, whole - workingDays),
    reopened: truth(later !== null),
    lateReopened: truth(later !== null && inTime && due !== null && later > due),
    lateHeld: truth(
      inTime &&
        usedDays + heldWithoutRight(facts.suspensions, verdict.findings, calendar, acceptedAt, endedAt) >
          promiseDays + extended,
    ),
  };
}

function isLate(track: ClockTrack | undefined): boolean {
  return track?.spans.some(({ phase }) => phase === 'overdue') ?? false;
}

/** The limit as it was at first, in working days after the day of the start. */
function limitDays(track: ClockTrack | undefined, calendar: WorkingCalendar): number | null {
  const due = track?.spans.find(({ dueAt }) => dueAt !== null)?.dueAt ?? null;
  if (track === undefined || due === null) return null;
  return Math.max(0, calendar.workingDaysBetween(calendar.dayOf(track.startedAt), calendar.dayOf(due)));
}

function lastDue({ spans }: ClockTrack): number | null {
  return spans.reduce<number | null>((last, { dueAt }) => dueAt ?? last, null);
}

function savedBySideBySide(steps: JudgedCase['facts']['steps'], calendar: WorkingCalendar): number {
  const runs = steps.flatMap(({ startedAt, finishedAt }) =>
    startedAt === null || finishedAt === null || finishedAt < startedAt ? [] : [{ startedAt, finishedAt }],
  );
  if (runs.length < 2) return 0;
  const days = (from: number, to: number): number =>
    calendar.workingDaysBetween(calendar.dayOf(from), calendar.dayOf(to));
  const oneByOne = runs.reduce((sum, run) => sum + days(run.startedAt, run.finishedAt), 0);
  const first = Math.min(...runs.map(({ startedAt }) => startedAt));
  const last = Math.max(...runs.map(({ finishedAt }) => finishedAt));
  return Math.max(0, oneByOne - days(first, last));
}

function truth(is: boolean): 0 | 1 {
  return is ? 1 : 0;
}
