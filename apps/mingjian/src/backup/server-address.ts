import { readFileSync } from 'node:fs';
import { createConnection, type Connection, type RowDataPacket } from 'mysql2/promise';

/** How programs reach the database server. */
export interface ServerAddress {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** File with the certificate authority; empty: no TLS. */
  ca: string;
}

interface ServerSettings {
  databaseUrl: string;
  databasePassword: string;
  databaseCa: string;
}

const USUAL_PORT = 3306;

/** The server that the settings name, taken apart. */
export function serverAddressOf({
  databaseUrl,
  databasePassword,
  databaseCa,
}: ServerSettings): ServerAddress {
  const url = new URL(databaseUrl);
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? USUAL_PORT : Number(url.port),
    user: decodeURIComponent(url.username),
    password: databasePassword === '' ? decodeURIComponent(url.password) : databasePassword,
    database: decodeURIComponent(url.pathname.slice(1)),
    ca: databaseCa,
  };
}

/** Asks the server on a connection of its own, which makes and changes no table by itself. */
export async function askServer<T>(
  { ca, ...address }: ServerAddress,
  work: (ask: (sql: string) => Promise<RowDataPacket[]>, connection: Connection) => Promise<T>,
): Promise<T> {
  const connection = await createConnection({
    ...address,
    connectTimeout: 5_000,
    ...(ca === '' ? {} : { ssl: { ca: readFileSync(ca, 'utf8') } }),
  });
  try {
    return await work(async (sql) => (await connection.query<RowDataPacket[]>(sql))[0], connection);
  } finally {
    await connection.end();
  }
}

/** Tables of the database, and its collation. */
export async function schemaOf(
  address: ServerAddress,
): Promise<{ tables: number; collation: string; migrations: string[] }> {
  return askServer(address, async (ask) => {
    const [schema] = await ask(
      'SELECT default_collation_name AS collation FROM information_schema.schemata WHERE schema_name = DATABASE()',
    );
    const tables = (
      await ask('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE()')
    ).map((row) => String(row.name));
    const migrations = tables.includes('migrations')
      ? (await ask('SELECT name FROM migrations ORDER BY id')).map((row) => String(row.name))
      : [];
    return { tables: tables.length, collation: String(schema?.collation ?? ''), migrations };
  });
}
