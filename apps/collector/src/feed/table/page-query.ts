import type { Value } from './watermark';

/** What differs between databases. */
export interface SqlDialect {
  quote: (identifier: string) => string;
  /** The n-th parameter, from 1. */
  parameter: (n: number) => string;
}

/** Where a page begins: behind a row, or at a watermark. */
export interface PlaceInTable {
  watermark: Value;
  /** Values of the columns that order rows of one watermark; null: at the first of them. */
  key: readonly Value[] | null;
}

export interface PageQuery {
  table: string;
  watermark: readonly string[];
  /** Columns that together name one row of the table. */
  key: readonly string[];
  from: PlaceInTable | null;
  /** Rows whose watermark is before this only. */
  until: Value;
  limit: number;
}

/** Rows by what they are known by. */
export interface KeyQuery {
  table: string;
  columns: readonly string[];
  /** For each, the values of the columns, in their order. */
  keys: readonly (readonly Value[])[];
}

/** Rows that one key may name: its versions. */
const MOST_OF_A_KEY = 200;

/** The rows of some keys, in no order. One more than they may be at most, so that too many are noticed. */
export function keyQuery(
  { table, columns, keys }: KeyQuery,
  { quote, parameter }: SqlDialect,
): { sql: string; parameters: Value[]; most: number } {
  const parameters: Value[] = [];
  const bind = (value: Value | undefined): string => {
    parameters.push(value ?? null);
    return parameter(parameters.length);
  };
  const [only = '', ...others] = columns.map(quote);
  const where =
    others.length === 0
      ? `${only} IN (${keys.map(([value]) => bind(value)).join(', ')})`
      : keys
          .map(
            (values) => `(${columns.map((name, n) => `${quote(name)} = ${bind(values[n])}`).join(' AND ')})`,
          )
          .join(' OR ');
  const most = keys.length * MOST_OF_A_KEY;
  const from = table.split('.').map(quote).join('.');
  return { sql: `SELECT * FROM ${from} WHERE ${where} LIMIT ${most + 1}`, parameters, most };
}

/**
 * The next rows in order of watermark and key. Rows of one watermark, of which there may be more than a page has, are
 * told apart by their key: none is left out and none read twice.
 */
export function pageQuery(query: PageQuery, dialect: SqlDialect): { sql: string; parameters: Value[] } {
  const parameters: Value[] = [];
  const bind = (value: Value): string => {
    parameters.push(value);
    return dialect.parameter(parameters.length);
  };
  const { quote } = dialect;
  const columns = query.watermark.map(quote);
  const watermark = columns.length === 1 ? columns.join('') : `COALESCE(${columns.join(', ')})`;
  const where = [`${watermark} IS NOT NULL`];
  const { from } = query;
  if (from !== null) {
    // By itself, so that an index of the watermark is used whatever the database thinks of the rest.
    where.push(`${watermark} >= ${bind(from.watermark)}`);
    if (from.key !== null)
      where.push(behind([watermark, ...query.key.map(quote)], [from.watermark, ...from.key]));
  }
  if (query.until !== null) where.push(`${watermark} < ${bind(query.until)}`);
  const order = [watermark, ...query.key.map(quote)].join(', ');
  const table = query.table.split('.').map(quote).join('.');
  return {
    sql: `SELECT * FROM ${table} WHERE ${where.join(' AND ')} ORDER BY ${order} LIMIT ${query.limit}`,
    parameters,
  };

  /** Written out, because few databases use an index for `(a, b) > (?, ?)`. */
  function behind(names: readonly string[], values: readonly Value[]): string {
    const [name = '', ...names2] = names;
    const [value = null, ...values2] = values;
    if (names2.length === 0) return `${name} > ${bind(value)}`;
    return `(${name} > ${bind(value)} OR (${name} = ${bind(value)} AND ${behind(names2, values2)}))`;
  }
}
