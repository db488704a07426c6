import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource, EntityManager } from 'typeorm';
import { WriteLanes } from './write-lanes';

/** SQL with `?` placeholders, as all engines that we use write them. */
export interface Queryable {
  query<T extends object>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
}

/** One write transaction. Not valid after `Store.write` has settled. */
export interface StoreTransaction extends Queryable {
  /** Runs a statement that returns no rows. @returns the number of rows it touched. */
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>;
  /** What this engine writes otherwise than the others. */
  readonly dialect: Dialect;
  /** Repositories inside this transaction, for all that is not hot. */
  readonly manager: EntityManager;
}

/** The few words of SQL that differ. */
export interface Dialect {
  /** Inserts where the key is new, and does nothing where it is there. */
  insertIgnore: string;
  /** Behind a SELECT: nobody changes these rows before this transaction ends. */
  lockShared: string;
  /** Behind a SELECT: nobody else reads these rows so, or changes them, before this transaction ends. */
  lockForUpdate: string;
  /** Behind the VALUES of an INSERT, before `column = …`: what becomes of a row whose key is there. */
  onConflict: (keys: readonly string[]) => string;
  /** In what follows it, the value that was to be inserted. */
  incoming: (column: string) => string;
  /** The function that gives the greater of two values. */
  greatest: string;
  /** The function that gives the id which this connection's last INSERT was given. */
  lastId: string;
}

/** What differs between engines. */
export interface Engine {
  dialect: Dialect;
  /** Begins a transaction that will write: waits for the lock now rather than failing half-way. */
  begin: string;
  /** Whether the same work may succeed when it is done again; the embedded engine waits by itself and has none. */
  isTransient?(error: unknown): boolean;
  /** Whether the server could not be reached at all. */
  isUnavailable?(error: unknown): boolean;
  /** Transactions that may be under way at once, each on a connection of its own; left out: one. */
  writers?: number;
}

/** Told of each attempt: what it was, how long it took in seconds, whether it failed. Must not throw. */
export type StoreObserver = (operation: 'write' | 'read', seconds: number, isFailed: boolean) => void;

/**
 * Lane of work that touches no case: it goes on beside the shards, and they do not wait for it. Work without a lane would
 * hold all of them up until it has ended.
 */
export const BESIDE_THE_SHARDS: readonly number[] = [-1];

/** Attempts of one write or read before its error is the caller's, about half a minute with the pauses between. */
const MOST_ATTEMPTS = 12;
const LONGEST_PAUSE_MS = 5_000;

/**
 * The rows behind the monitor: writes in one transaction at a time, or one for each of a few lanes, and reads beside them.
 *
 * Guarantees: what `write` returned has been committed durably; a rejected `write` left nothing behind; `query` sees
 * committed rows only. Not guaranteed: that `query` sees the same rows twice.
 */
export class Store implements Queryable {
  private readonly lanes = new WriteLanes();
  /** Whoever measures the database; nobody unless set. */
  observer: StoreObserver | null = null;

  constructor(
    private readonly writer: DataSource,
    /** Reads only, on a connection of its own: it never sees half a transaction and never waits for one. */
    readonly reader: DataSource,
    private readonly engine: Engine,
  ) {}

  /**
   * Runs `work` in one transaction, after those asked for before. After a deadlock or a lost connection it runs again
   * from the start: `work` changes nothing but rows, and finds out anew what is there. Where the connection was lost
   * during the commit itself, the first run may have been committed after all.
   *
   * With `lanes` (shards, normally) only after those that have one of them, or none: where the engine has several writers
   * the database works on one transaction while this process thinks about the next.
   */
  write<T>(
    work: (transaction: StoreTransaction) => Promise<T>,
    lanes: readonly number[] | null = null,
  ): Promise<T> {
    return this.lanes.run(
      () => this.patiently('write', () => this.transact(work)),
      this.writers > 1 ? lanes : null,
    );
  }

  /** Transactions of different lanes that can be under way at once. */
  get writers(): number {
    return this.engine.writers ?? 1;
  }

  private async transact<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T> {
    const runner = this.writer.createQueryRunner();
    const transaction: StoreTransaction = {
      manager: runner.manager,
      dialect: this.engine.dialect,
      query: (sql, parameters = []) => runner.query(sql, [...parameters]),
      execute: async (sql, parameters = []) => (await runner.query(sql, [...parameters], true)).affected ?? 0,
    };
    try {
      await runner.query(this.engine.begin);
      try {
        const result = await work(transaction);
        await runner.query('COMMIT');
        return result;
      } catch (error) {
        await runner.query('ROLLBACK').catch(() => undefined);
        throw error;
      }
    } finally {
      await runner.release();
    }
  }

  query<T extends object>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return this.patiently('read', () => this.reader.query(sql, [...parameters]));
  }

  /** Tries again what failed for a passing reason, with longer and longer pauses, up to a bound. */
  private async patiently<T>(operation: 'write' | 'read', attempt: () => Promise<T>): Promise<T> {
    for (let tried = 1; ; tried++) {
      const startedAt = performance.now();
      const tell = (isFailed: boolean): void =>
        this.observer?.(operation, (performance.now() - startedAt) / 1000, isFailed);
      try {
        const result = await attempt();
        tell(false);
        return result;
      } catch (error) {
        tell(true);
        if (tried >= MOST_ATTEMPTS || this.engine.isTransient?.(error) !== true) throw error;
        const longest = this.engine.isUnavailable?.(error) === true ? LONGEST_PAUSE_MS : 200;
        await pause(Math.min(longest, 10 * 2 ** tried));
      }
    }
  }

  /** Waits for the writes asked for so far, then closes. */
  async close(): Promise<void> {
    await this.lanes.run(async () => undefined, null);
    await this.reader.destroy();
    await this.writer.destroy();
  }
}
