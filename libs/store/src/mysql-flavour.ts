import type { DataSource } from 'typeorm';

/**
 * A server that speaks MySQL's protocol: `mysql` stands for MySQL and MariaDB, the others are clusters that keep rows in
 * another way.
 */
export type MysqlFlavour = 'mysql' | 'tidb' | 'oceanbase';

/** What a flavour needs said otherwise. */
export interface FlavourWords {
  /** Begins a transaction that writes. */
  begin: string;
  /** Behind a SELECT: nobody changes these rows before this transaction ends. */
  lockShared: string;
  /** What a connection that only reads begins with; null: nothing. */
  readOnly: string | null;
}

const READ_ONLY = 'SET SESSION TRANSACTION READ ONLY';

const WORDS: Readonly<Record<MysqlFlavour, FlavourWords>> = {
  mysql: { begin: 'START TRANSACTION', lockShared: ' LOCK IN SHARE MODE', readOnly: READ_ONLY },
  /*
   * TiDB has no shared lock: it refuses LOCK IN SHARE MODE, or, where `tidb_enable_noop_functions` is on, takes it and locks
   * nothing. The lock that excludes is right there too; transactions of one shard wait for each other, as its lane has them
   * do anyway. It refuses read-only sessions in the same way. A cluster may have been set to optimistic transactions, in
   * which a lock is only looked at by the commit: ours are not, whatever it was set to.
   */
  tidb: { begin: 'BEGIN PESSIMISTIC', lockShared: ' FOR UPDATE', readOnly: null },
  // Which of its versions lock for LOCK IN SHARE MODE is not documented for all of them; FOR UPDATE locks in each.
  oceanbase: { begin: 'START TRANSACTION', lockShared: ' FOR UPDATE', readOnly: READ_ONLY },
};

/** By the version that a server gives: `8.0.11-TiDB-v8.5.0`, `5.7.25-OceanBase-v4.3.5.0`, `10.11.6-MariaDB`, `8.4.2`. */
export function flavourOf(version: string): MysqlFlavour {
  if (/tidb/i.test(version)) return 'tidb';
  return /oceanbase/i.test(version) ? 'oceanbase' : 'mysql';
}

/** Asks the server what it is. */
export async function wordsOf(source: DataSource): Promise<FlavourWords> {
  const [{ version }] = await source.query<[{ version: string }]>('SELECT VERSION() AS version');
  return WORDS[flavourOf(version)];
}
