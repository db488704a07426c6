import { toTimelineEvent, type TimelineEvent } from '@mingjian/contracts';
import {
  Examination,
  judgeCase,
  type ForensicFinding,
  type ForensicKind,
  type RuleBook,
} from '@mingjian/rules';
import type {
  HabitKind,
  InjectedKind,
  InjectedMisconduct,
  MisconductChoice,
  MisconductKind,
} from '../misconduct';
import { simulateDay } from '../simulate-day';
import { dateOf, dayOf } from '../city/city-hours';

/** Kinds whose units are cases, with the finding that must name the case. */
const CASE_KINDS: Readonly<Partial<Record<MisconductKind, ForensicKind | 'suspended-just-before-due'>>> = {
  'late-upload': 'recorded-late',
  'fabricated-steps': 'steps-in-one-second',
  'back-dated': 'back-dated',
  'off-hours-work': 'outside-hours',
  'overtaken-step': 'finished-before-predecessor',
  reopened: 'reopened-after-decision',
  'filed-again': 'filed-again',
  'double-intake': 'applicant-contradicts-record',
  // Found by the judge itself (SUS-9), not by the search over many cases.
  'suspension-just-before-due': 'suspended-just-before-due',
};
/** Kinds whose units are months of a department, with the finding that must name department and month. */
const HABITS: Readonly<Record<HabitKind, ForensicKind>> = {
  'round-times': 'round-times',
  'just-before-limit': 'finished-just-before-limit',
  'off-hours-habit': 'often-outside-hours',
  'bulk-closing': 'bulk-closing',
  'zero-case-month': 'zero-case-month',
};

/** How well one kind of misconduct is found. */
export interface Recall {
  kind: InjectedKind;
  finding: string;
  unit: 'case' | 'department month';
  /** Units into which it was put, large enough to be found. */
  injected: number;
  found: number;
  /** Department months in which it showed in too few cases to be told from chance; not among `injected`. */
  tooFew: number;
  /** The first of those missed. */
  missed: string[];
}

/** What is found in a city in which nobody did wrong. */
export interface FalseFindings {
  finding: string;
  /** Cases, or department months, named by it. */
  named: number;
  of: number;
}

export interface Detection {
  recall: Recall[];
  clean: { cases: number; casesWithFinding: number; tests: number; findings: FalseFindings[] };
}

/** Which city is simulated, and for which days. */
export interface MeasuredCity {
  city: string;
  seed: string;
  from: string;
  to: string;
}

/** Who lives on after the last day of submission: cases are looked at until then. */
const TAIL_MS = 130 * 86_400_000;

/**
 * Injects each kind of misconduct into a simulated city and counts what the examination finds of it, and what it finds in
 * the same city when everybody is honest.
 *
 * Guarantees: a function of its arguments. `leastCases`: a habit that shows in fewer cases of a month is not counted,
 * for no test can tell it from chance; how many such months there were is told.
 */
export function measureDetection(range: MeasuredCity, book: RuleBook, leastCases: number): Detection {
  const cases = live(range, book, Object.keys(CASE_KINDS) as MisconductKind[]);
  const habits = live(range, book, Object.keys(HABITS) as HabitKind[]);
  return {
    recall: [
      ...Object.entries(CASE_KINDS).map(([kind, finding]) =>
        recallOfCases(kind as MisconductKind, finding, cases.truth, cases.named),
      ),
      ...Object.entries(HABITS).map(([kind, finding]) =>
        recallOfHabit(kind as HabitKind, finding, habits, leastCases),
      ),
    ],
    clean: falseFindings(live(range, book, 'none')),
  };
}

interface Lived {
  truth: InjectedMisconduct[];
  findings: ForensicFinding[];
  tests: number;
  cases: number;
  /** Cases by the kind of finding that names them; those of the judge too. */
  named: ReadonlyMap<string, ReadonlySet<string>>;
  /** Months of departments in which anything came in. */
  departmentMonths: number;
}

function live(range: MeasuredCity, book: RuleBook, choice: MisconductChoice): Lived {
  const timelines = new Map<string, TimelineEvent[]>();
  const truth: InjectedMisconduct[] = [];
  for (let day = dayOf(range.from); day <= dayOf(range.to); day++) {
    const { arrivals, misconduct } = simulateDay(range.city, range.seed, dateOf(day), choice);
    truth.push(...misconduct);
    for (const { event, arrivesAt } of arrivals) {
      const timeline = timelines.get(event.subject) ?? [];
      timelines.set(event.subject, timeline);
      timeline.push({ ...toTimelineEvent(event), receivedAt: arrivesAt });
    }
  }
  const start = Date.parse(`${range.from}T00:00:00+08:00`);
  const examination = new Examination(book, start, Date.parse(`${range.to}T23:59:59.999+08:00`) + TAIL_MS);
  const named = new Map<string, Set<string>>();
  const name = (kind: string, caseNo: string): void => {
    named.set(kind, (named.get(kind) ?? new Set()).add(caseNo));
  };
  const months = new Set<string>();
  for (const [caseNo, events] of timelines) {
    examination.add(caseNo, events);
    months.add(`${events[0]!.data.department} ${caseNo.slice(0, 13)}`);
    if (choice === 'none' || choice.includes('suspension-just-before-due'))
      for (const { detail } of judgeCase(caseNo, events, book).findings)
        if (detail.kind === 'suspended-just-before-due') name(detail.kind, caseNo);
  }
  const { findings, tests, cases } = examination.result();
  // What comes after the last day of submission is the end of a city that takes nothing in, not of its habits.
  const examined = findings.filter(
    ({ kind, period }) => kind !== 'zero-case-month' || period <= range.to.slice(0, 7),
  );
  for (const { kind, scope, subject } of examined) if (scope === 'case') name(kind, subject);
  return { truth, findings: examined, tests, cases, named, departmentMonths: months.size };
}

function recallOfCases(
  kind: MisconductKind,
  finding: string,
  truth: readonly InjectedMisconduct[],
  named: Lived['named'],
): Recall {
  const units = truth.filter((one) => one.kind === kind).map(({ caseNo }) => caseNo!);
  return recall(kind, finding, 'case', units, named.get(finding) ?? new Set(), 0);
}

function recallOfHabit(
  kind: HabitKind,
  finding: ForensicKind,
  { truth, findings }: Lived,
  leastCases: number,
): Recall {
  const shown = new Map<string, Map<string, number>>();
  for (const { kind: one, department, date, caseNo } of truth) {
    if (one !== kind) continue;
    const month = `${department} ${date.slice(0, 7)}`;
    const days = shown.get(month) ?? new Map<string, number>();
    // A month without cases shows by itself. What is a batch shows in one day, all else over the month.
    const day = kind === 'bulk-closing' ? date : '';
    shown.set(month, days.set(day, (days.get(day) ?? 0) + (caseNo === null ? leastCases : 1)));
  }
  const units = [...shown]
    .filter(([, days]) => Math.max(...days.values()) >= leastCases)
    .map(([month]) => month);
  const found = new Set(
    findings.filter((one) => one.kind === finding).map(({ department, period }) => `${department} ${period}`),
  );
  return recall(kind, finding, 'department month', units, found, shown.size - units.length);
}

function recall(
  kind: InjectedKind,
  finding: string,
  unit: Recall['unit'],
  units: readonly string[],
  found: ReadonlySet<string>,
  tooFew: number,
): Recall {
  const missed = units.filter((one) => !found.has(one));
  return {
    ...{ kind, finding, unit, injected: units.length, found: units.length - missed.length, tooFew },
    missed: missed.slice(0, 10),
  };
}

function falseFindings({ findings, named, cases, tests, departmentMonths }: Lived): Detection['clean'] {
  const all = new Set<string>();
  for (const [kind, caseNos] of named)
    if (kind !== 'suspended-just-before-due') caseNos.forEach((no) => all.add(no));
  const ofCases = [...new Set(Object.values(CASE_KINDS))].map((finding) => ({
    ...{ finding, named: named.get(finding)?.size ?? 0, of: cases },
  }));
  const ofMonths = Object.values(HABITS).map((finding) => ({
    ...{ finding, named: findings.filter(({ kind }) => kind === finding).length, of: departmentMonths },
  }));
  return { cases, casesWithFinding: all.size, tests, findings: [...ofCases, ...ofMonths] };
}
