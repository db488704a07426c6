import { existsSync } from 'node:fs';
import { Zone } from '@mingjian/rules';
import Database from 'libsql';
import { keyQuery, pageQuery, type SqlDialect } from './page-query';
import {
  keptWithin,
  withoutBytes,
  type SourceAddress,
  type TableRow,
  type TableSource,
} from './table-source';

const DIALECT: SqlDialect = { quote: (name) => `"${name}"`, parameter: () => '?' };

/** A SQLite file that another program writes. */
export async function openSqliteSource({ url, zone }: SourceAddress): Promise<TableSource> {
  // The driver would make an empty database in its place.
  if (!existsSync(url)) throw new Error(`There is no database file ${url}.`);
  const database = new Database(url, { timeout: 5_000 });
  database.exec('PRAGMA query_only = ON');
  return {
    now: async () => {
      const row = database.prepare("SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER) AS ms").get() as {
        ms: number;
      };
      const local = new Date(row.ms + Zone.of(zone).offsetAt(row.ms)).toISOString();
      return { text: local.slice(0, 23).replace('T', ' '), at: null };
    },
    page: async (page) => {
      const { sql, parameters } = pageQuery(page, DIALECT);
      return (database.prepare(sql).all(...parameters) as TableRow[]).map(withoutBytes);
    },
    byKey: async (wanted) => {
      const { sql, parameters, most } = keyQuery(wanted, DIALECT);
      const rows = database.prepare(sql).all(...parameters) as TableRow[];
      return keptWithin(rows.map(withoutBytes), most, wanted);
    },
    close: async () => {
      database.close();
    },
  };
}
