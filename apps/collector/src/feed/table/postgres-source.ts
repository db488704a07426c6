import { Client, types } from 'pg';
import { pageQuery, type SqlDialect } from './page-query';
import { CONNECT_MS, QUERY_MS, type SourceAddress, type TableRow, type TableSource } from './table-source';

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
  return {
    now: async () => {
      const { rows } = await client.query<{ now: string }>('SELECT CURRENT_TIMESTAMP(3)::text AS now');
      return String(rows[0]?.now);
    },
    page: async (page) => {
      const { sql, parameters } = pageQuery(page, DIALECT);
      return (await client.query<TableRow>(sql, parameters)).rows;
    },
    close: () => client.end().catch(() => undefined),
  };
}
