import type { Queryable, RowScope } from '@mingjian/store';

/** Conditions of a list that is ordered by id. One whose value is undefined is left out; null: it needs no value. */
export type Conditions = readonly (readonly [sql: string, value: string | number | null | undefined])[];

/** Rows of a table that somebody may read, by id, newest first. */
export async function newestFirst(
  from: Queryable,
  scope: RowScope,
  table: 'light_change' | 'finding' | 'pattern_finding',
  conditions: Conditions,
  limit: number,
): Promise<object[]> {
  const used = conditions.filter(([, value]) => value !== undefined);
  const within = scope.condition();
  const where = [within.sql, ...used.map(([sql]) => sql)].join(' AND ');
  return from.query(`SELECT * FROM ${table} WHERE ${where} ORDER BY id DESC LIMIT ?`, [
    ...within.parameters,
    ...used.map(([, value]) => value).filter((value) => value !== null),
    limit,
  ]);
}
