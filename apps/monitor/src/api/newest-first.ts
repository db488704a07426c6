import type { Queryable } from '@mingjian/store';

/** Conditions of a list that is ordered by id. One whose value is undefined is left out; null: it needs no value. */
export type Conditions = readonly (readonly [sql: string, value: string | number | null | undefined])[];

/** Rows of a table by id, newest first. */
export async function newestFirst(
  from: Queryable,
  table: 'light_change' | 'finding',
  conditions: Conditions,
  limit: number,
): Promise<object[]> {
  const used = conditions.filter(([, value]) => value !== undefined);
  const where = used.length === 0 ? '' : `WHERE ${used.map(([sql]) => sql).join(' AND ')} `;
  return from.query(`SELECT * FROM ${table} ${where}ORDER BY id DESC LIMIT ?`, [
    ...used.map(([, value]) => value).filter((value) => value !== null),
    limit,
  ]);
}
