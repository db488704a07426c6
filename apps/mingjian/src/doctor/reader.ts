import { existsSync } from 'node:fs';
import type { ProcessSettings } from '@mingjian/log';
import type { Queryable } from '@mingjian/store';
import Database from 'libsql';
import { askServer, serverAddressOf } from '../backup/server-address';
import type { DataDir } from '../daemon/data-dir';

/**
 * Reads the rows without opening the store, which would bring its tables up to date: whoever only looks changes nothing.
 * @returns null where there are no rows yet, or not in the tables of this version.
 */
export async function readRows<T>(
  { settings }: ProcessSettings,
  dir: DataDir,
  table: string,
  work: (from: Queryable) => Promise<T>,
): Promise<T | null> {
  if (settings.databaseUrl !== '')
    return askServer(serverAddressOf(settings), async (ask, connection) => {
      if ((await ask(`SHOW TABLES LIKE '${table}'`)).length === 0) return null;
      return work({
        query: async <R extends object>(sql: string, parameters: readonly unknown[] = []) =>
          (await connection.query(sql, [...parameters]))[0] as R[],
      });
    });
  if (!existsSync(dir.store)) return null;
  const database = new Database(dir.store);
  try {
    database.pragma('busy_timeout = 5000');
    database.pragma('query_only = ON');
    const found = database.prepare('SELECT 1 FROM sqlite_master WHERE name = ?').all(table);
    if (found.length === 0) return null;
    return await work({
      query: async <R extends object>(sql: string, parameters: readonly unknown[] = []) =>
        database.prepare(sql).all(...parameters) as R[],
    });
  } finally {
    database.close();
  }
}
