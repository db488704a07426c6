import Database from 'libsql';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { MIGRATIONS } from './migrations';
import { ROWS } from './rows';
import { Store } from './store';

/** What `prepareDatabase` gives: the part of the driver's connection that we use. */
interface Connection {
  pragma(text: string): unknown;
}

export interface SqliteStoreOptions {
  /** The database file; its folder is made where it is missing. `:memory:` is not possible: two connections share it. */
  file: string;
  /** How long a write waits for another process's, milliseconds. */
  busyTimeoutMs?: number;
}

/**
 * Opens the embedded store and brings its schema up to date.
 * Durability: WAL with `synchronous = FULL`: a committed transaction survives the loss of power.
 * @throws where the file cannot be opened or a migration fails; nothing is open then.
 */
export async function openStore(options: SqliteStoreOptions): Promise<Store> {
  const writer = new DataSource(sqliteOptions(options, ['synchronous = FULL']));
  await writer.initialize();
  try {
    await writer.runMigrations({ transaction: 'each' });
    const reader = new DataSource(sqliteOptions(options, ['query_only = ON']));
    await reader.initialize();
    return new Store(writer, reader, {
      // One process writes at a time: there is nothing to lock besides.
      dialect: {
        insertIgnore: 'INSERT OR IGNORE INTO',
        lockShared: '',
        lockForUpdate: '',
        onConflict: (keys) => `ON CONFLICT (${keys.join(', ')}) DO UPDATE SET`,
        incoming: (column) => `excluded.${column}`,
        greatest: 'MAX',
        lastId: 'last_insert_rowid()',
      },
      begin: 'BEGIN IMMEDIATE',
    });
  } catch (error) {
    await writer.destroy();
    throw error;
  }
}

/** What TypeORM is told about the file. One connection with these options; `pragmas` are its own. */
export function sqliteOptions(options: SqliteStoreOptions, pragmas: readonly string[]): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    driver: Database,
    database: options.file,
    entities: [...ROWS],
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    synchronize: false,
    enableWAL: true,
    timeout: options.busyTimeoutMs ?? 5000,
    // Multi-row statements come in many lengths; each kept statement holds memory.
    statementCacheSize: 64,
    prepareDatabase: (connection: Connection) => {
      connection.pragma(`busy_timeout = ${options.busyTimeoutMs ?? 5000}`);
      for (const pragma of pragmas) connection.pragma(pragma);
    },
  };
}
