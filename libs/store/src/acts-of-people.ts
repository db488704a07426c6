import { chunks } from './hot/multi-row';
import type { Queryable, StoreTransaction } from './store';

/** What people did about cases: no event log can give it again. */
const TABLES = [
  'act_event',
  'supervision_order',
  'order_source',
  'yearly_number',
  'appeal',
  'upheld_light',
  'manual_card',
] as const;

/** Rows of one statement. */
const PAGE = 500;

/**
 * Brings the acts of people from one store into another that has none: orders, appeals, cards with their lights, and the
 * lights that appeals took away. Into a store that is made from the log it is done before the log is folded, so that no
 * light comes back.
 */
export async function copyActsOfPeople(from: Queryable, into: StoreTransaction): Promise<void> {
  for (const table of TABLES)
    await insertRaw(into, table, await from.query<Record<string, unknown>>(`SELECT * FROM ${table}`));
  const lights = await from.query<Record<string, unknown>>(
    "SELECT * FROM light_change WHERE clock_kind = 'manual' ORDER BY id",
  );
  // The ids of light changes are those of the new store.
  await insertRaw(
    into,
    'light_change',
    lights.map(({ id: _, ...row }) => row),
  );
}

async function insertRaw(
  into: StoreTransaction,
  table: string,
  rows: readonly Record<string, unknown>[],
): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const one = `(${columns.map(() => '?').join(',')})`;
  for (const chunk of chunks(rows, PAGE))
    await into.execute(
      `INSERT INTO ${table} (${columns.map((column) => `\`${column}\``).join(',')}) ` +
        `VALUES ${chunk.map(() => one).join(',')}`,
      chunk.flatMap((row) => columns.map((column) => row[column])),
    );
}
