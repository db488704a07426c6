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
  by: Dimension | 'month',
  filter: StatisticsFilter,
): Promise<GroupSums[]> {
  const [revisions, counted] = [await factRevisions(from), await countedMonths(from)];
  const months = filter.months.filter((month) => revisions.has(month));
  const isCounted = (month: string): boolean => {
    const count = counted.get(month);
    if (count === undefined) return false;
    return count.revision === revisions.get(month) || count.countedAt >= (filter.goodSince ?? Infinity);
  };
  const groups = new Map<string | null, FigureSums>();
  const sources = sourcesOf(
    months.filter(isCounted),
    months.filter((month) => !isCounted(month)),
  );
  for (const source of sources) if (source.months.length > 0) await addFrom(from, source, by, filter, groups);
  if (months.length > 0) await addUpheld(from, by, { ...filter, months }, groups);
  return [...groups].map(([key, sums]) => ({ key, sums }));
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
  by: Dimension | 'month',
  filter: StatisticsFilter,
  groups: Map<string | null, FigureSums>,
): Promise<void> {
  const group = by === 'month' ? monthColumn : DIMENSIONS[by];
  const { sql, parameters } = conditionOf(filter, '');
  const rows = await from.query<Record<string, string | number | null>>(
    `SELECT ${group} AS group_key, ${Object.entries(expressions)
      .map(([column, expression]) => `${expression} AS sum_${column}`)
      .join(', ')} FROM ${table} WHERE ${monthColumn} IN (${months.map(() => '?').join(', ')}) AND ${sql} ` +
      `GROUP BY ${group}`,
    [...months, ...parameters],
  );
  for (const row of rows) {
    const sums = groupOf(groups, row.group_key as string | null);
    for (const [name, column] of Object.entries(SUM_COLUMNS))
      sums[name as keyof FigureSums] += Number(row[`sum_${column}`] ?? 0);
  }
}

/** Late cases of which an appeal took away the red light of the promise: few, whatever the number of cases. */
async function addUpheld(
  from: Queryable,
  by: Dimension | 'month',
  filter: StatisticsFilter,
  groups: Map<string | null, FigureSums>,
): Promise<void> {
  const group = by === 'month' ? 'f.ended_month' : `f.${DIMENSIONS[by]}`;
  const { sql, parameters } = conditionOf(filter, 'f.');
  const rows = await from.query<{ group_key: string | null; n: number | string }>(
    `SELECT ${group} AS group_key, COUNT(DISTINCT f.case_no) AS n FROM upheld_light u ` +
      "JOIN case_fact f ON f.case_no = u.case_no WHERE u.to_light = 'red' AND u.identity LIKE '% promise' " +
      'AND f.decided = 1 AND f.promise_days IS NOT NULL AND f.used_days IS NOT NULL AND f.late_promise = 1 ' +
      `AND f.ended_month IN (${filter.months.map(() => '?').join(', ')}) AND ${sql} GROUP BY ${group}`,
    [...filter.months, ...parameters],
  );
  for (const { group_key: key, n } of rows) groupOf(groups, key).upheld += Number(n);
}

function groupOf(groups: Map<string | null, FigureSums>, key: string | null): FigureSums {
  const known = groups.get(key);
  if (known !== undefined) return known;
  const sums = noSums();
  groups.set(key, sums);
  return sums;
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
