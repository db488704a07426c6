import { addMonths } from '@mingjian/rules';
import {
  complaintStatistics,
  decodeCaseFact,
  instantOf,
  instantText,
  lightStatistics,
  type CaseFactRow,
  type ComplaintStatistics,
  type LightStatistics,
  type Queryable,
  type RowScope,
} from '@mingjian/store';
import type { ReportRules } from './report-rules';
import { boundsOf } from './report-months';
import { scoresOfMonth, type ScoresOfMonth } from './scores-of-month';
import { statisticsTable, type StatisticsTable } from './statistics-table';

/** Everything that a monthly bulletin shows; kept with it, so that it can be held against the rows later. */
export interface MonthFigures {
  month: string;
  departments: StatisticsTable;
  before: StatisticsTable['total'];
  lights: LightStatistics[];
  complaints: ComplaintStatistics[];
  scores: ScoresOfMonth | null;
  /** 超期办结: decided after the promise had run out, the longest first. */
  late: CaseFactRow[];
}

/** At most so many late cases are listed one by one; the figures count all. */
const MOST_LATE = 200;

/** Where the figures of a month come from. */
export interface FigureSources {
  from: Queryable;
  rules: ReportRules;
  scoreScheme: string;
}

/**
 * The figures of a month for those rows that may be read, as of `now`: what is due later in a running month is not late yet.
 * `told` is given how far it is, per cent.
 */
export async function monthFigures(
  { from, rules, scoreScheme }: FigureSources,
  { month, now, scope }: { month: string; now: number; scope: RowScope },
  told: (progress: number) => Promise<void> = () => Promise.resolve(),
): Promise<MonthFigures> {
  const { calendar } = rules.book.newest;
  const departments = await statisticsTable(from, rules, { months: [month], by: 'department' }, scope);
  const before = await statisticsTable(from, rules, { months: [addMonths(month, -1)], by: 'month' }, scope);
  await told(20);
  const { from: since, until } = boundsOf(month, calendar);
  const lights = await lightStatistics(from, since, until, scope);
  const seen = scope.condition();
  const late = await from.query<object>(
    'SELECT * FROM case_fact WHERE ended_month = ? AND decided = 1 AND late_promise = 1 AND promise_days IS NOT NULL ' +
      `AND ${seen.sql} ORDER BY used_days - promise_days DESC, case_no LIMIT ?`,
    [month, ...seen.parameters, MOST_LATE],
  );
  await told(40);
  const complaints = await complaintStatistics(from, since, until, scope);
  const scores = await scoresOfMonth(from, rules, scoreScheme, month, scope, now);
  await told(60);
  return {
    month,
    departments,
    before: before.total,
    lights,
    complaints,
    scores,
    late: late.map(decodeCaseFact),
  };
}

/** Everything that a daily bulletin shows. */
export interface DayFigures {
  date: string;
  accepted: number;
  ended: number;
  lights: LightStatistics[];
  /** Open cases that are red now, the most urgent first. */
  overdue: {
    caseNo: string;
    itemCode: string | null;
    department: string | null;
    clock: string | null;
    dueAt: number | null;
  }[];
  /** Open cases that are yellow now. */
  dueSoon: number;
}

const MOST_OVERDUE = 100;

/** The figures of a day, from its first instant until before `until`. */
export async function dayFigures(
  from: Queryable,
  date: string,
  { since, until }: { since: number; until: number },
  scope: RowScope,
): Promise<DayFigures> {
  const seen = scope.condition();
  const count = async (what: 'accepted' | 'ended'): Promise<number> => {
    const [row] = await from.query<{ n: number | string }>(
      `SELECT COUNT(*) AS n FROM case_fact WHERE ${what}_month = ? AND ${what}_at >= ? AND ${what}_at < ? AND ${seen.sql}`,
      [date.slice(0, 7), instantText(since), instantText(until), ...seen.parameters],
    );
    return Number(row?.n ?? 0);
  };
  const overdue = await from.query<{
    case_no: string;
    item_code: string | null;
    department: string | null;
    clock: string | null;
    due_at: string | Date | null;
  }>(
    "SELECT case_no, item_code, department, clock, due_at FROM case_file WHERE is_open = 1 AND light = 'red' " +
      `AND ${seen.sql} ORDER BY urgent_at, case_no LIMIT ?`,
    [...seen.parameters, MOST_OVERDUE],
  );
  const [yellow] = await from.query<{ n: number | string }>(
    `SELECT COUNT(*) AS n FROM case_file WHERE is_open = 1 AND light = 'yellow' AND ${seen.sql}`,
    seen.parameters,
  );
  return {
    date,
    accepted: await count('accepted'),
    ended: await count('ended'),
    lights: await lightStatistics(from, since, until, scope),
    overdue: overdue.map((row) => ({
      ...{ caseNo: row.case_no, itemCode: row.item_code, department: row.department, clock: row.clock },
      dueAt: row.due_at === null ? null : instantOf(row.due_at),
    })),
    dueSoon: Number(yellow?.n ?? 0),
  };
}
