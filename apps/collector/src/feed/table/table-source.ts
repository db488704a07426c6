import type { KeyQuery, PageQuery } from './page-query';
import type { Value } from './watermark';

/** A row by its columns. Times are texts as the database writes them, long numbers are texts: nothing is rounded. */
export type TableRow = Readonly<Record<string, unknown>>;

/** What a database says that it is now. */
export interface SourceTime {
  /** In the zone of the session, as it writes times. */
  text: string;
  /** Epoch milliseconds; null where the clock is the one of this machine. */
  at: number | null;
}

/** A connection to a department's database that only reads. */
export interface TableSource {
  now(): Promise<SourceTime>;
  page(query: PageQuery): Promise<TableRow[]>;
  /** Rows by their key; a value that no column of its type can have finds nothing. */
  byKey(query: KeyQuery): Promise<TableRow[]>;
  close(): Promise<void>;
}

/** How to reach a database. */
export interface SourceAddress {
  url: string;
  password: string | null;
  /** Certificates of the authority that signed the server's, PEM; null: no TLS. */
  ca: string | null;
  /** IANA zone of the session. */
  zone: string;
}

/** How long a connection may take, and how long a query, milliseconds. */
export const CONNECT_MS = 10_000;
export const QUERY_MS = 120_000;

/** A value of a column that orders rows or names them: it must be there. @throws Error where it is not */
export function orderValue(row: TableRow, column: string): Value {
  const value = plainValue(row, column);
  if (value !== null) return value;
  throw new Error(
    `A row has nothing in column ${column}; key and version need columns that always have a value.`,
  );
}

/** A value of a column that a watermark or a key has. @throws Error where it is none that can be compared. */
export function plainValue(row: TableRow, column: string): Value {
  if (!Object.hasOwn(row, column)) {
    const names = Object.keys(row).join(', ');
    throw new Error(`The table has no column ${column}; it has ${names}.`);
  }
  const value = row[column];
  if (value === null || typeof value === 'string' || typeof value === 'number') return value;
  throw new Error(`Column ${column} has a value that no position can be made of.`);
}

/** @throws Error where a key names more rows than a row has versions: then it is no key, and the table must not be read whole. */
export function keptWithin(rows: TableRow[], most: number, { table, columns }: KeyQuery): TableRow[] {
  if (rows.length <= most) return rows;
  throw new Error(`Columns ${columns.join(', ')} do not name rows of ${table}: they name hundreds at once.`);
}

/** Bytes (BLOB, BIT) as hex: what is no text must not become half a character. */
export function withoutBytes(row: TableRow): TableRow {
  for (const value of Object.values(row))
    if (Buffer.isBuffer(value))
      return Object.fromEntries(
        Object.entries(row).map(([name, one]) => [name, Buffer.isBuffer(one) ? one.toString('hex') : one]),
      );
  return row;
}
