import type { DataSource, EntityManager } from 'typeorm';
import { WriteQueue } from './write-queue';

/** SQL with `?` placeholders, as all engines that we use write them. */
export interface Queryable {
  query<T extends object>(sql: string, parameters?: readonly unknown[]): Promise<T[]>;
}

/** One write transaction. Not valid after `Store.write` has settled. */
export interface StoreTransaction extends Queryable {
  /** Runs a statement that returns no rows. @returns the number of rows it touched. */
  execute(sql: string, parameters?: readonly unknown[]): Promise<number>;
  /** Repositories inside this transaction, for all that is not hot. */
  readonly manager: EntityManager;
}

/**
 * The rows behind the monitor: writes in one transaction at a time, reads beside them.
 *
 * Guarantees: what `write` returned has been committed durably; a rejected `write` left nothing behind; `query` sees
 * committed rows only. Not guaranteed: that `query` sees the same rows twice.
 */
export class Store implements Queryable {
  private readonly queue = new WriteQueue();

  constructor(
    private readonly writer: DataSource,
    /** Reads only, on a connection of its own: it never sees half a transaction and never waits for one. */
    readonly reader: DataSource,
    /** Begins a transaction that will write: waits for the lock now rather than failing half-way. */
    private readonly beginStatement: string,
  ) {}

  /** Runs `work` in one transaction, after those asked for before. */
  write<T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T> {
    return this.queue.run(async () => {
      const runner = this.writer.createQueryRunner();
      const transaction: StoreTransaction = {
        manager: runner.manager,
        query: (sql, parameters = []) => runner.query(sql, [...parameters]),
        execute: async (sql, parameters = []) =>
          (await runner.query(sql, [...parameters], true)).affected ?? 0,
      };
      try {
        await runner.query(this.beginStatement);
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
    });
  }

  query<T extends object>(sql: string, parameters: readonly unknown[] = []): Promise<T[]> {
    return this.reader.query(sql, [...parameters]);
  }

  /** Waits for the writes asked for so far, then closes. */
  async close(): Promise<void> {
    await this.queue.run(async () => undefined);
    await this.reader.destroy();
    await this.writer.destroy();
  }
}
