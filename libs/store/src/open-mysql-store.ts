import type { Pool } from 'mysql2';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { isTransient, isUnavailable } from './mysql-errors';
import { wordsOf, type FlavourWords } from './mysql-flavour';
import { MIGRATIONS } from './migrations';
import { migrateResumably } from './resumable-migrations';
import { ROWS } from './rows';
import { Store } from './store';

export interface MysqlStoreOptions {
  /** `mariadb://user:password@host:port/database` (10.11 or later), or `mysql://…` (8.0, and what speaks its protocol). */
  url: string;
  /** Connections for reading beside those that write. Default 4. */
  readers?: number;
  /** Connections that write, each for shards of its own at any time. Default 3. */
  writers?: number;
  /** Certificates for TLS, PEM; left out: the connection is not encrypted. */
  tls?: { ca?: string; cert?: string; key?: string };
}

/**
 * Names compare byte by byte, as SQLite does it: `a` is neither `A` nor `a ` with a space behind it, and lists have one
 * order on all engines. The best that the server has: MariaDB, MySQL 8, and clusters that have only the last, which
 * holds trailing spaces for nothing.
 */
const COLLATIONS = ['utf8mb4_nopad_bin', 'utf8mb4_0900_bin', 'utf8mb4_bin'];

/** One whose statements the server works on, one whose next statement is being made, one that commits. */
const USUAL_WRITERS = 3;

/** How long a starting process waits for another one that migrates, seconds. */
const MIGRATION_WAIT_SECONDS = 120;

/**
 * Opens a store on a MySQL-compatible server and brings its schema up to date; processes that start together do so one
 * after the other.
 * Durability is the server's: `innodb_flush_log_at_trx_commit = 1` and `sync_binlog = 1` are its defaults and are needed.
 * @throws where the server cannot be reached, the database has another collation, or a migration fails; nothing is open then.
 */
export async function openMysqlStore(options: MysqlStoreOptions): Promise<Store> {
  const writers = options.writers ?? USUAL_WRITERS;
  const writer = new DataSource(mysqlOptions(options, writers));
  const reader = new DataSource(mysqlOptions(options, options.readers ?? 4));
  let words: FlavourWords;
  try {
    await initialize(writer, 'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED');
    words = await wordsOf(writer);
    await migrateAlone(writer, options);
    await initialize(reader, words.readOnly);
  } catch (error) {
    await Promise.allSettled([writer, reader].filter((source) => source.isInitialized).map(close));
    throw error;
  }
  return new Store(writer, reader, {
    dialect: {
      insertIgnore: 'INSERT IGNORE INTO',
      lockShared: words.lockShared,
      lockForUpdate: ' FOR UPDATE',
      onConflict: () => 'ON DUPLICATE KEY UPDATE',
      incoming: (column) => `VALUES(${column})`,
      greatest: 'GREATEST',
      lastId: 'LAST_INSERT_ID()',
    },
    begin: words.begin,
    isTransient,
    isUnavailable,
    writers,
  });
}

/** What TypeORM is told about the server. */
export function mysqlOptions(options: MysqlStoreOptions, connections: number): DataSourceOptions {
  return {
    // MariaDB and MySQL describe their columns differently; nothing else depends on it.
    type: options.url.startsWith('mariadb:') ? 'mariadb' : 'mysql',
    url: options.url,
    entities: [...ROWS],
    migrations: MIGRATIONS,
    migrationsTransactionMode: 'each',
    synchronize: false,
    charset: 'utf8mb4_bin',
    // Instants are UTC in the tables, whatever the zone of process and server.
    timezone: 'Z',
    supportBigNumbers: true,
    bigNumberStrings: false,
    poolSize: connections,
    ssl: options.tls,
    extra: { enableKeepAlive: true, connectTimeout: 10_000 },
  };
}

/** Connects; every connection of the pool, also those made later, begins with `statement`, if there is one. */
async function initialize(source: DataSource, statement: string | null): Promise<void> {
  await source.initialize();
  if (statement === null) return;
  const { pool } = source.driver as unknown as { pool: Pool };
  pool.on('connection', (connection) => connection.query(statement));
  // The pool has connected once to see that the server is there: those made before hear of it now.
  await source.query(statement);
}

/** Under a lock of the server, which ends with the connection that holds it. */
async function migrateAlone(writer: DataSource, options: MysqlStoreOptions): Promise<void> {
  const lock = new DataSource(mysqlOptions(options, 1));
  await lock.initialize();
  try {
    const [{ locked }] = await lock.query<[{ locked: number | string | null }]>(
      // A name has 64 characters at most; databases whose names differ only behind that wait for each other.
      `SELECT GET_LOCK(LEFT(CONCAT('mingjian-migrations-', DATABASE()), 64), ${MIGRATION_WAIT_SECONDS}) AS locked`,
    );
    if (Number(locked) !== 1)
      throw new Error(
        `another process has been migrating the database for ${MIGRATION_WAIT_SECONDS} seconds; see whether it is stuck`,
      );
    await settleCollation(writer);
    await migrateResumably(writer);
  } finally {
    await lock.destroy();
  }
}

/** An empty database gets the best collation; one with tables of another is refused: its names would compare otherwise. */
async function settleCollation(writer: DataSource): Promise<void> {
  const known = await writer.query<{ name: string }[]>(
    `SELECT collation_name AS name FROM information_schema.collations WHERE collation_name IN (${COLLATIONS.map(() => '?').join(',')})`,
    COLLATIONS,
  );
  const wanted = COLLATIONS.find((collation) => known.some(({ name }) => name === collation)) ?? '';
  // Not @@collation_database: a connection remembers what it was when it connected, before another process may have set it.
  const [{ collation }] = await writer.query<[{ collation: string }]>(
    'SELECT default_collation_name AS collation FROM information_schema.schemata WHERE schema_name = DATABASE()',
  );
  if (collation === wanted) return;
  const [{ tables }] = await writer.query<[{ tables: number | string }]>(
    'SELECT COUNT(*) AS tables FROM information_schema.tables WHERE table_schema = DATABASE()',
  );
  if (Number(tables) > 0)
    throw new Error(
      `the database has collation ${collation}, needed is ${wanted}: give Mingjian a database of its own, ` +
        `made with CREATE DATABASE … CHARACTER SET utf8mb4 COLLATE ${wanted}`,
    );
  await writer.query(`ALTER DATABASE CHARACTER SET utf8mb4 COLLATE ${wanted}`);
}

async function close(source: DataSource): Promise<void> {
  await source.destroy();
}
