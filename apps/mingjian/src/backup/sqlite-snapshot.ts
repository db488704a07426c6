import { closeSync, fsyncSync, openSync } from 'node:fs';
import Database from 'libsql';

/** How long a snapshot waits for a process that holds the whole file, milliseconds. */
const BUSY_MS = 10_000;

/** The driver's connection, as far as it is used here. */
interface Connection {
  pragma(text: string): unknown;
  prepare(sql: string): { all(...values: unknown[]): unknown[]; run(...values: unknown[]): unknown };
  close(): unknown;
}

/**
 * Copies a database as it is at one instant, without holding up who writes to it, and brings the copy to disk.
 * The copy is packed, so it may be smaller.
 */
export function snapshotSqlite(file: string, to: string): void {
  withDatabase(file, (database) => database.prepare('VACUUM INTO ?').run(to));
  toDisk(to);
}

/** What SQLite finds wrong inside a file; empty where it is sound. */
export function unsoundIn(file: string): string[] {
  const rows = withDatabase(file, (database) => database.prepare('PRAGMA integrity_check(10)').all());
  return (rows as { integrity_check: string }[])
    .map((row) => row.integrity_check)
    .filter((text) => text !== 'ok');
}

/** Names of the migrations that a store has been through, in order; none where it was never opened. */
export function migrationsOf(file: string): string[] {
  const rows = withDatabase(file, (database) => {
    const [table] = database.prepare("SELECT 1 AS found FROM sqlite_master WHERE name = 'migrations'").all();
    return table === undefined ? [] : database.prepare('SELECT name FROM migrations ORDER BY id').all();
  });
  return (rows as { name: string }[]).map(({ name }) => name);
}

export function toDisk(file: string): void {
  const handle = openSync(file, 'r+');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

function withDatabase<T>(file: string, work: (database: Connection) => T): T {
  const database = new Database(file) as unknown as Connection;
  try {
    database.pragma(`busy_timeout = ${BUSY_MS}`);
    return work(database);
  } finally {
    database.close();
  }
}
