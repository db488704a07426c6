import { UPHELD_RATING } from '../case-rating.store';
import { instantText } from '../hot/instant-text';
import type { RowScope } from '../row-scope';
import type { Queryable } from '../store';

/**
 * Ratings of a department in some months. `ratings`, `bad` and `gradeSum` are gross; what an upheld appeal cleared is in `upheld`, and
 * in none of the members below it.
 */
export interface RatingSums {
  ratings: number;
  gradeSum: number;
  bad: number;
  /** Bad ratings that an appeal took out of the net figures. */
  upheld: number;
  /** 实名差评, and those of them that were called back, and that within the limit. */
  named: number;
  contacted: number;
  contactedInTime: number;
  /** Whose call is due and was not made. */
  contactOverdue: number;
  /** 差评 that were put right, within the limit, and that are due and were not. */
  rectified: number;
  rectifiedInTime: number;
  rectifyOverdue: number;
}

const ANSWERED = (at: string): string => `r.${at} IS NOT NULL AND r.${at} <= ?`;
const IN_TIME = (at: string, due: string): string => `${ANSWERED(at)} AND r.${at} <= r.${due}`;
const OVERDUE = (at: string, due: string): string =>
  `r.${due} < ? AND (r.${at} IS NULL OR r.${at} > r.${due})`;

const COUNTS: Readonly<Record<Exclude<keyof RatingSums, 'ratings' | 'gradeSum'>, string>> = {
  bad: 'r.bad = 1',
  upheld: `r.bad = 1 AND ${UPHELD_RATING}`,
  named: `r.bad = 1 AND r.real_name = 1 AND NOT ${UPHELD_RATING}`,
  contacted: `r.bad = 1 AND r.real_name = 1 AND NOT ${UPHELD_RATING} AND ${ANSWERED('contacted_at')}`,
  contactedInTime: `r.bad = 1 AND r.real_name = 1 AND NOT ${UPHELD_RATING} AND ${IN_TIME('contacted_at', 'contact_due_at')}`,
  contactOverdue: `r.bad = 1 AND r.real_name = 1 AND NOT ${UPHELD_RATING} AND ${OVERDUE('contacted_at', 'contact_due_at')}`,
  rectified: `r.bad = 1 AND NOT ${UPHELD_RATING} AND ${ANSWERED('rectified_at')}`,
  rectifiedInTime: `r.bad = 1 AND NOT ${UPHELD_RATING} AND ${IN_TIME('rectified_at', 'rectify_due_at')}`,
  rectifyOverdue: `r.bad = 1 AND NOT ${UPHELD_RATING} AND ${OVERDUE('rectified_at', 'rectify_due_at')}`,
};

/** Ratings of the given months (`YYYY-MM`) as they stand at `now`, by department in order of the codes; null: of none. */
export async function ratingStatistics(
  from: Queryable,
  months: readonly string[],
  now: number,
  scope: RowScope,
): Promise<{ department: string | null; sums: RatingSums }[]> {
  if (months.length === 0) return [];
  const seen = scope.condition('r.department');
  const at = instantText(now);
  const counts = Object.entries(COUNTS);
  const rows = await from.query<{ department: string | null } & Record<keyof RatingSums, number | string>>(
    'SELECT r.department AS department, COUNT(*) AS ratings, SUM(r.grade) AS gradeSum, ' +
      counts.map(([name, sql]) => `SUM(CASE WHEN ${sql} THEN 1 ELSE 0 END) AS ${name}`).join(', ') +
      ` FROM case_rating r WHERE r.month IN (${months.map(() => '?').join(', ')}) AND ${seen.sql} ` +
      'GROUP BY r.department ORDER BY r.department',
    [
      ...counts.flatMap(([, sql]) => Array.from({ length: sql.split('?').length - 1 }, () => at)),
      ...months,
      ...seen.parameters,
    ],
  );
  return rows.map(({ department, ...sums }) => ({
    department,
    sums: Object.fromEntries(
      Object.entries(sums).map(([name, sum]) => [name, Number(sum)]),
    ) as unknown as RatingSums,
  }));
}
