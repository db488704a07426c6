import type { CaseRecord } from './case-record';
import { isAct } from './case-record';
import { isOnHalfHour, stampOf, type DefaultStamps } from './default-stamps';
import { found, type ForensicFinding } from './forensic-finding';
import { monthAt } from './month';
import type { ForensicSettings } from './settings';
import { binomialTail, chiSquare } from './statistics';
import type { Tested } from './tested';

/** Windows before the last one against which it is held. */
const REFERENCE_WINDOWS = 4;
/** Full and half hours among the minutes of an hour. */
const ROUND_CHANCE = 2 / 60;
/** A department is out of the ordinary only where it does a thing so many times as often as the others … */
const TIMES_THE_OTHERS = 2;
/** … and the others are taken to do it at least this often. */
const LEAST_OUTSIDE = 0.01;
const SAMPLE = 20;

interface Month {
  department: string;
  period: string;
  /** Instants of acts, and by their stamp those on the full or half hour. */
  acts: number;
  round: Map<string, { count: number; cases: string[] }>;
  /** Cases with acts, and those with one outside hours. */
  cases: number;
  outside: number;
  outsideCases: string[];
  /** Cases decided in the last windows before the limit, and those in the very last. */
  near: number;
  last: number;
  lastCases: string[];
}

/** What departments do month by month, and how often chance would do as much. */
export class DepartmentMonths {
  private readonly months = new Map<string, Month>();

  /** @param isExamined whether a month is one of those looked at */
  constructor(private readonly isExamined: (period: string) => boolean) {}

  add(record: CaseRecord): void {
    const { department } = record;
    if (department === null) return;
    this.addActs(record, department);
    this.addNearLimit(record, department);
  }

  /** Counts cases worked on outside hours, when it is known which. */
  addOutside({ department, period, subject }: ForensicFinding): void {
    if (department === null) return;
    this.with(department, period, (month) => {
      month.outside++;
      keep(month.outsideCases, subject);
    });
  }

  /** One test for each department, month and kind with enough counted. `stamps`: what is no time of day. */
  tests(settings: ForensicSettings, stamps: DefaultStamps): Tested[] {
    const all = [...this.months.values()];
    return all.flatMap((month) => [
      ...this.testRound(month, settings, stamps),
      ...this.testNearLimit(month, settings),
      ...this.testOutside(month, all, settings),
    ]);
  }

  private addActs({ timeline, calendar, caseNo }: CaseRecord, department: string): void {
    let before: number | null = null;
    let periods: string[] | null = null;
    for (const event of timeline) {
      // Two acts of one instant were entered once: they are no two observations.
      if (!isAct(event) || event.occurredAt === before) continue;
      const at = (before = event.occurredAt);
      const period = monthAt(calendar, at);
      this.with(department, period, (month) => {
        month.acts++;
        if (!(periods ??= []).includes(period)) {
          periods.push(period);
          month.cases++;
        }
        if (!isOnHalfHour(calendar, at)) return;
        const stamp = stampOf(event, calendar);
        let round = month.round.get(stamp);
        if (round === undefined) month.round.set(stamp, (round = { count: 0, cases: [] }));
        round.count++;
        keep(round.cases, caseNo);
      });
    }
  }

  private addNearLimit({ judged, calendar, settings, caseNo }: CaseRecord, department: string): void {
    const { decidedAt } = judged.facts;
    const window = settings.justBeforeMs;
    if (window === null || decidedAt === null) return;
    const track =
      judged.tracks.clocks.find(({ kind }) => kind === 'promise') ??
      judged.tracks.clocks.find(({ kind }) => kind === 'statutory');
    if (track === undefined || track.finishedAt !== decidedAt) return;
    const due = dueStanding(track.spans, decidedAt);
    // What is due on the day on which it begins (即办件) ends near its limit whenever it comes late in the day.
    if (due === null || decidedAt > due || calendar.dayOf(track.startedAt) === calendar.dayOf(due)) return;
    const leftMs = calendar.elapsedMs(decidedAt, due);
    if (leftMs >= window * (1 + REFERENCE_WINDOWS)) return;
    this.with(department, monthAt(calendar, decidedAt), (month) => {
      month.near++;
      if (leftMs >= window) return;
      month.last++;
      keep(month.lastCases, caseNo);
    });
  }

  /** TIM-2. H₀: the minutes of the hour are all alike, so that one time in thirty is on the full or half hour. */
  private testRound(month: Month, settings: ForensicSettings, stamps: DefaultStamps): Tested[] {
    let { acts } = month;
    let round = 0;
    const cases: string[] = [];
    for (const [stamp, { count, cases: some }] of month.round)
      if (stamps.has(stamp)) acts -= count;
      else {
        round += count;
        for (const caseNo of some) keep(cases, caseNo);
      }
    if (settings.roundShare === null || acts < 3 * settings.leastCases) return [];
    return [
      {
        // Exact: the expected count is often below the five that χ² needs.
        pValue: binomialTail(round, acts, ROUND_CHANCE),
        finding:
          round / acts < settings.roundShare
            ? null
            : ofMonth(month, 'round-times', 'warning', cases, {
                count: round,
                of: acts,
                share: round / acts,
                expectedShare: ROUND_CHANCE,
                chiSquare: chiSquare(round, acts, ROUND_CHANCE),
              }),
      },
    ];
  }

  /**
   * TIM-3. H₀: of the decisions in the last five windows before the limit each window has its part, the last one up to
   * `justBeforeHaste` times as many as any other, for people hurry before a limit.
   */
  private testNearLimit(month: Month, settings: ForensicSettings): Tested[] {
    const { near, last } = month;
    if (settings.justBeforeMs === null || near < settings.leastCases) return [];
    const chance = settings.justBeforeHaste / (settings.justBeforeHaste + REFERENCE_WINDOWS);
    return [
      {
        pValue: binomialTail(last, near, chance),
        finding: ofMonth(month, 'finished-just-before-limit', 'warning', month.lastCases, {
          count: last,
          of: near,
          share: last / near,
          expectedShare: chance,
          windowMs: settings.justBeforeMs,
        }),
      },
    ];
  }

  /** TIM-1. H₀: cases of this department are worked on outside hours as often as those of the department in the middle of all others in that month. */
  private testOutside(month: Month, all: readonly Month[], settings: ForensicSettings): Tested[] {
    const { cases, outside } = month;
    if (settings.outsideShare === null || cases < 2 * settings.leastCases) return [];
    const others = all
      .filter((one) => one.period === month.period && one.department !== month.department)
      .filter((one) => one.cases >= 2 * settings.leastCases)
      .map((one) => one.outside / one.cases)
      .sort((a, b) => a - b);
    // The middle one: another department that does it, too, must not excuse this one.
    const usual = Math.max(LEAST_OUTSIDE, others[Math.floor(others.length / 2)] ?? 0);
    const isTelling = outside / cases >= Math.max(settings.outsideShare, TIMES_THE_OTHERS * usual);
    return [
      {
        pValue: binomialTail(outside, cases, usual),
        finding: !isTelling
          ? null
          : ofMonth(month, 'often-outside-hours', 'warning', month.outsideCases, {
              count: outside,
              of: cases,
              share: outside / cases,
              expectedShare: usual,
            }),
      },
    ];
  }

  private with(department: string, period: string, count: (month: Month) => void): void {
    if (!this.isExamined(period)) return;
    const key = `${period} ${department}`;
    let month = this.months.get(key);
    if (month === undefined) {
      month = {
        ...{ department, period, acts: 0, round: new Map(), cases: 0, outside: 0, outsideCases: [] },
        ...{ near: 0, last: 0, lastCases: [] },
      };
      this.months.set(key, month);
    }
    count(month);
  }
}

function ofMonth(
  { department, period }: Month,
  kind: ForensicFinding['kind'],
  severity: ForensicFinding['severity'],
  cases: readonly string[],
  figures: ForensicFinding['figures'],
): ForensicFinding {
  return found({
    ...{ kind, severity, scope: 'department', subject: department, department, item: null },
    ...{ period, at: null, cases: [...cases].sort(), figures },
  });
}

/** The due instant of a clock as it stood at an instant: the last one before, where a suspension holds it. */
function dueStanding(spans: readonly { from: number; dueAt: number | null }[], at: number): number | null {
  let due: number | null = null;
  for (const span of spans) {
    if (span.from > at) break;
    due = span.dueAt ?? due;
  }
  return due;
}

/** Keeps the smallest case numbers, so that the order of the cases plays no part. */
function keep(sample: string[], caseNo: string): void {
  if (sample.includes(caseNo)) return;
  sample.push(caseNo);
  if (sample.length <= SAMPLE) return;
  sample.sort();
  sample.pop();
}
