import { noSums, type FigureSums } from '@mingjian/rules';
import type { RowScope } from '../row-scope';
import type { Queryable } from '../store';
import { DIMENSIONS, ENDED_SUMS, SUM_COLUMNS, SUMS_OF_ENDED, type Dimension } from './fact-sums';
import { countedMonths, factRevisions } from './month-count.store';

/** Which cases to count: of these months, of the departments of `scope`, and of one value of some dimensions. */
export interface StatisticsFilter {
  /** `YYYY-MM`, in any order. */
  months: readonly string[];
  scope: RowScope;
  /** A month that changed since it was counted is read from its sums all the same if that was no earlier (epoch ms). */
  goodSince?: number;
  only?: Partial<Record<Dimension, readonly string[] | undefined>>;
}

/** Sums of a group; `key` is null for cases that have no value there. */
export interface GroupSums {
  key: string | null;
  sums: FigureSums;
}

/** The same by several dimensions at once, in the order in which they were asked for. */
export interface CombinedSums {
  keys: readonly (string | null)[];
  sums: FigureSums;
}

type Grouping = Dimension | 'month';
type Groups = Map<string, CombinedSums>;

interface Source {
  table: string;
  monthColumn: string;
  expressions: Readonly<Record<string, string>>;
  months: readonly string[];
}

/**
 * Sums of cases by a dimension or by month. Months that are counted are read from their sums, others from the facts
 * themselves: the answer is the same, up to the last committed judgement, unless `goodSince` allows an older count.
 */
export async function caseStatistics(
  from: Queryable,
  by: Grouping,
  filter: StatisticsFilter,
): Promise<GroupSums[]> {
  const groups = await combinedStatistics(from, [by], filter);
  return groups.map(({ keys, sums }) => ({ key: keys[0] ?? null, sums }));
}

/** {@link caseStatistics} by every combination of several dimensions that a case has. */
export async function combinedStatistics(
  from: Queryable,
  by: readonly Grouping[],
  filter: StatisticsFilter,
): Promise<CombinedSums[]> {
  const [revisions, counted] = [await factRevisions(from), await countedMonths(from)];
  const months = filter.months.filter((month) => revisions.has(month));
  const isCounted = (month: string): boolean => {
    const count = counted.get(month);
    if (count === undefined) return false;
    return count.revision === revisions.get(month) || count.countedAt >= (filter.goodSince ?? Infinity);
  };
  const groups: Groups = new Map();
  const sources = sourcesOf(
    months.filter(isCounted),
    months.filter((month) => !isCounted(month)),
  );
  for (const source of sources) if (source.months.length > 0) await addFrom(from, source, by, filter, groups);
  if (months.length > 0) await addUpheld(from, by, { ...filter, months }, groups);
  return [...groups.values()];
}

function sourcesOf(counted: readonly string[], stale: readonly string[]): Source[] {
  const stored = Object.fromEntries(Object.values(SUM_COLUMNS).map((column) => [column, `SUM(${column})`]));
  const fresh = Object.fromEntries(ENDED_SUMS.map((name) => [SUM_COLUMNS[name], SUMS_OF_ENDED[name]]));
  return [
    { table: 'month_sum', monthColumn: 'month', expressions: stored, months: counted },
    { table: 'case_fact', monthColumn: 'ended_month', expressions: fresh, months: stale },
    {
      table: 'case_fact',
      monthColumn: 'accepted_month',
      expressions: { accepted: 'COUNT(*)' },
      months: stale,
    },
  ];
}

async function addFrom(
  from: Queryable,
  { table, monthColumn, expressions, months }: Source,
  by: readonly Grouping[],
  filter: StatisticsFilter,
  groups: Groups,
): Promise<void> {
  const columns = by.map((one) => (one === 'month' ? monthColumn : DIMENSIONS[one]));
  const { sql, parameters } = conditionOf(filter, '');
  const rows = await from.query<Record<string, string | number | null>>(
    `SELECT ${keysOf(columns)}, ${Object.entries(expressions)
      .map(([column, expression]) => `${expression} AS sum_${column}`)
      .join(', ')} FROM ${table} WHERE ${monthColumn} IN (${months.map(() => '?').join(', ')}) AND ${sql} ` +
      `GROUP BY ${columns.join(', ')}`,
    [...months, ...parameters],
  );
  for (const row of rows) {
    const sums = groupOf(groups, by, row);
    for (const [name, column] of Object.entries(SUM_COLUMNS))
      sums[name as keyof FigureSums] += Number(row[`sum_${column}`] ?? 0);
  }
}

/** Late cases of which an appeal took away the red light of the promise: few, whatever the number of cases. */
async function addUpheld(
  from: Queryable,
  by: readonly Grouping[],
  filter: StatisticsFilter,
  groups: Groups,
): Promise<void> {
  const columns = by.map((one) => (one === 'month' ? 'f.ended_month' : `f.${DIMENSIONS[one]}`));
  const { sql, parameters } = conditionOf(filter, 'f.');
  const rows = await from.query<Record<string, string | number | null>>(
    `SELECT ${keysOf(columns)}, COUNT(DISTINCT f.case_no) AS n FROM upheld_light u ` +
      "JOIN case_fact f ON f.case_no = u.case_no WHERE u.to_light = 'red' AND u.identity LIKE '% promise' " +
      'AND f.decided = 1 AND f.promise_days IS NOT NULL AND f.used_days IS NOT NULL AND f.late_promise = 1 ' +
      `AND f.ended_month IN (${filter.months.map(() => '?').join(', ')}) AND ${sql} GROUP BY ${columns.join(', ')}`,
    [...filter.months, ...parameters],
  );
  for (const row of rows) groupOf(groups, by, row).upheld += Number(row.n);
}

function keysOf(columns: readonly string[]): string {
  return columns.map((column, index) => `${column} AS group_key_${index}`).join(', ');
}

function groupOf(
  groups: Groups,
  by: readonly Grouping[],
  row: Readonly<Record<string, string | number | null>>,
): FigureSums {
  const keys = by.map((_, index) => row[`group_key_${index}`] as string | null);
  const name = JSON.stringify(keys);
  const known = groups.get(name) ?? { keys, sums: noSums() };
  groups.set(name, known);
  return known.sums;
}

function conditionOf(
  { scope, only = {} }: StatisticsFilter,
  prefix: string,
): { sql: string; parameters: string[] } {
  const seen = scope.condition(`${prefix}department`);
  const conditions = [seen.sql];
  const parameters = [...seen.parameters];
  for (const [dimension, values] of Object.entries(only) as [Dimension, readonly string[] | undefined][]) {
    if (values === undefined) continue;
    conditions.push(
      values.length === 0
        ? '1 = 0'
        : `${prefix}${DIMENSIONS[dimension]} IN (${values.map(() => '?').join(', ')})`,
    );
    parameters.push(...values);
  }
  return { sql: conditions.join(' AND '), parameters };
}
