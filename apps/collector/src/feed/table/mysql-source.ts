import { Zone } from '@mingjian/rules';
import { createConnection } from 'mysql2/promise';
import { keyQuery, pageQuery, type SqlDialect } from './page-query';
import {
  CONNECT_MS,
  keptWithin,
  QUERY_MS,
  withoutBytes,
  type SourceAddress,
  type TableRow,
  type TableSource,
} from './table-source';

const DIALECT: SqlDialect = { quote: (name) => `\`${name}\``, parameter: () => '?' };

/** MariaDB and MySQL. `at`: the instant for which the offset of the zone is set, epoch milliseconds. */
export async function openMysqlSource(address: SourceAddress, at: number): Promise<TableSource> {
  const { url, password, ca, zone } = address;
  const connection = await createConnection({
    uri: url.replace(/^mariadb:/, 'mysql:'),
    ...(password === null ? {} : { password }),
    ...(ca === null ? {} : { ssl: { ca } }),
    connectTimeout: CONNECT_MS,
    dateStrings: true,
    supportBigNumbers: true,
    bigNumberStrings: true,
    charset: 'utf8mb4',
  });
  // A connection that breaks between two queries fails the next one; unheard, it would end the process.
  connection.on('error', () => undefined);
  try {
    await connection.query('SET SESSION TRANSACTION READ ONLY');
    await connection.query('SET SESSION time_zone = ?', [offsetText(zone, at)]);
  } catch (error) {
    connection.destroy();
    throw error;
  }
  const query = async (sql: string, values: readonly unknown[]): Promise<TableRow[]> => {
    const [rows] = await connection.query({ sql, values: [...values], timeout: QUERY_MS });
    return rows as TableRow[];
  };
  return {
    now: async () => {
      const [row] = await query(
        'SELECT CAST(NOW(3) AS CHAR) AS now, CAST(UTC_TIMESTAMP(3) AS CHAR) AS utc',
        [],
      );
      return { text: String(row?.now), at: Date.parse(`${String(row?.utc).replace(' ', 'T')}Z`) };
    },
    page: async (page) => {
      const { sql, parameters } = pageQuery(page, DIALECT);
      return (await query(sql, parameters)).map(withoutBytes);
    },
    byKey: async (wanted) => {
      const { sql, parameters, most } = keyQuery(wanted, DIALECT);
      return keptWithin((await query(sql, parameters)).map(withoutBytes), most, wanted);
    },
    close: async () => connection.destroy(),
  };
}

/** `+08:00`: a server knows the names of zones only where somebody has loaded them. */
function offsetText(zone: string, at: number): string {
  const minutes = Math.round(Zone.of(zone).offsetAt(at) / 60_000);
  const pad = (n: number): string => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(Math.abs(minutes) / 60))}:${pad(Math.abs(minutes) % 60)}`;
}
