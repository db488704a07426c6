import { Client, DatabaseError, types } from 'pg';
import { keyQuery, pageQuery, type KeyQuery, type SqlDialect } from './page-query';
import {
  CONNECT_MS,
  keptWithin,
  QUERY_MS,
  type SourceAddress,
  type TableRow,
  type TableSource,
} from './table-source';

/** Databases from here write names of tables as they stand in the feed document: quoted, so that capitals count. */
const DIALECT: SqlDialect = { quote: (name) => `"${name}"`, parameter: (n) => `$${n}` };

/** Truth values and JSON become values; everything else stays the text that the server wrote, to the last digit. */
const PARSED = new Set<number>([types.builtins.BOOL, types.builtins.JSON, types.builtins.JSONB]);

/** PostgreSQL, and what speaks its protocol (openGauss, KingbaseES). */
export async function openPostgresSource(address: SourceAddress): Promise<TableSource> {
  const { url, password, ca, zone } = address;
  const client = new Client({
    connectionString: url,
    ...(password === null ? {} : { password }),
    ...(ca === null ? {} : { ssl: { ca } }),
    connectionTimeoutMillis: CONNECT_MS,
    query_timeout: QUERY_MS,
    statement_timeout: QUERY_MS,
    application_name: 'mingjian',
    types: {
      getTypeParser: (oid: number) =>
        PARSED.has(oid) ? (types.getTypeParser(oid) as (text: string) => unknown) : (text: string) => text,
    },
  });
  // A connection that breaks between two queries fails the next one; unheard, it would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query("SELECT set_config('TimeZone', $1, false), set_config('DateStyle', 'ISO', false)", [
      zone,
    ]);
    await client.query('SET default_transaction_read_only = on');
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
  const byKey = async (wanted: KeyQuery): Promise<TableRow[]> => {
    const { sql, parameters, most } = keyQuery(wanted, DIALECT);
    try {
      return keptWithin((await client.query<TableRow>(sql, parameters)).rows, most, wanted);
    } catch (error) {
      // Class 22: a value that is none of the column's type. The others must not suffer from it.
      if (!(error instanceof DatabaseError) || error.code?.startsWith('22') !== true) throw error;
      const { keys } = wanted;
      if (keys.length === 1) return [];
      const half = Math.ceil(keys.length / 2);
      const first = await byKey({ ...wanted, keys: keys.slice(0, half) });
      return [...first, ...(await byKey({ ...wanted, keys: keys.slice(half) }))];
    }
  };
  return {
    now: async () => {
      const { rows } = await client.query<{ now: string; at: string }>(
        'SELECT CURRENT_TIMESTAMP(3)::text AS now, (EXTRACT(EPOCH FROM CURRENT_TIMESTAMP(3)) * 1000)::text AS at',
      );
      return { text: String(rows[0]?.now), at: Math.round(Number(rows[0]?.at)) };
    },
    byKey,
    page: async (page) => {
      const { sql, parameters } = pageQuery(page, DIALECT);
      return (await client.query<TableRow>(sql, parameters)).rows;
    },
    close: () => client.end().catch(() => undefined),
  };
}
