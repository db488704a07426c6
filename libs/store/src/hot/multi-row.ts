import type { ObjectLiteral } from 'typeorm';
import type { Queryable, StoreTransaction } from '../store';
import type { TableMap } from './table-map';

/** SQLite takes 32,766 variables in one statement, MariaDB 65,535. Each statement is a way to the server and back. */
const MOST_VARIABLES = 32_000;
/** Characters of the texts of one statement: it must fit into the server's `max_allowed_packet`, 16 MB by default. */
const MOST_CHARACTERS = 2_000_000;
/** Keys in one IN list. */
const MOST_KEYS = 2_000;

/** Inserts many rows with few statements. @throws where a key exists. */
export async function insertRows<Row extends ObjectLiteral>(
  transaction: StoreTransaction,
  map: TableMap<Row>,
  rows: readonly Partial<Row>[],
): Promise<void> {
  await writeRows('INSERT', transaction, map, rows);
}

/** Inserts many rows, each in place of the row with its key, if there is one. REPLACE is what SQLite and MySQL share. */
export async function replaceRows<Row extends ObjectLiteral>(
  transaction: StoreTransaction,
  map: TableMap<Row>,
  rows: readonly Partial<Row>[],
): Promise<void> {
  await writeRows('REPLACE', transaction, map, rows);
}

/**
 * Inserts many rows; of a row whose key is there the columns are overwritten. Unlike REPLACE it leaves the entries of an
 * index alone whose columns stay as they are. `set` says, for the columns where it is not the new value, what to write.
 */
export async function upsertRows<Row extends ObjectLiteral>(
  transaction: StoreTransaction,
  map: TableMap<Row>,
  rows: readonly Partial<Row>[],
  set: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { onConflict, incoming } = transaction.dialect;
  const assignments = map.written
    .filter((column) => !map.keys.includes(column))
    .map((column) => `${column} = ${set[column] ?? incoming(column)}`);
  await writeRows('INSERT', transaction, map, rows, ` ${onConflict(map.keys)} ${assignments.join(', ')}`);
}

async function writeRows<Row extends ObjectLiteral>(
  verb: 'INSERT' | 'REPLACE',
  transaction: StoreTransaction,
  map: TableMap<Row>,
  rows: readonly Partial<Row>[],
  behind = '',
): Promise<void> {
  const columns = map.written;
  const one = `(${columns.map(() => '?').join(',')})`;
  const names = columns.map((column) => `\`${column}\``).join(',');
  const mostRows = Math.floor(MOST_VARIABLES / columns.length);
  let values: unknown[] = [];
  let count = 0;
  let characters = 0;
  for (const row of rows) {
    characters += map.appendValues(row, values);
    count++;
    // The last row may exceed the bound by its own length; the packet is eight times as large.
    if (count < mostRows && characters < MOST_CHARACTERS) continue;
    await flush();
  }
  await flush();

  async function flush(): Promise<void> {
    if (count === 0) return;
    const places = Array.from({ length: count }, () => one).join(',');
    await transaction.execute(`${verb} INTO ${map.table} (${names}) VALUES ${places}${behind}`, values);
    [values, count, characters] = [[], 0, 0];
  }
}

/** Rows whose `column` is one of `keys`. `sql` holds `IN (?)` once, with the keys last among the placeholders. */
export async function queryByKeys<T extends object>(
  from: Queryable,
  sql: string,
  keys: readonly unknown[],
  parametersBefore: readonly unknown[] = [],
): Promise<T[]> {
  const found: T[] = [];
  for (const chunk of chunks(keys, MOST_KEYS)) {
    const list = chunk.map(() => '?').join(',');
    for (const row of await from.query<T>(sql.replace('IN (?)', `IN (${list})`), [
      ...parametersBefore,
      ...chunk,
    ]))
      found.push(row);
  }
  return found;
}

/** Cuts a list into pieces of at most `size`. */
export function* chunks<T>(list: readonly T[], size: number): Generator<T[]> {
  for (let from = 0; from < list.length; from += size) yield list.slice(from, from + size);
}
