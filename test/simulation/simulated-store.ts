import type { Queryable, Store, StoreTransaction } from '@mingjian/store';
import { Crash, type Schedule } from './schedule';

/**
 * The database as one process sees it. Processes share one; it takes one transaction at a time, as a database takes one
 * at a time of those that touch the same rows. Between any two statements of a transaction, and between its commit and the
 * moment in which the process hears of it, the process can end.
 */
export function simulatedStore(store: Store, actor: string, schedule: Schedule): Store {
  const write = async <T>(work: (transaction: StoreTransaction) => Promise<T>): Promise<T> => {
    await schedule.gate(actor, 'begin');
    let result: T;
    try {
      result = await store.write(async (transaction) => {
        if (schedule.isDead(actor)) throw new Crash(actor);
        const outcome = await work(gated(transaction, actor, schedule));
        await schedule.gate(actor, 'commit', true);
        return outcome;
      });
    } catch (error) {
      schedule.stir();
      // The process is no more: nobody hears how it ended.
      if (error instanceof Crash || schedule.isDead(actor)) return new Promise<never>(() => undefined);
      throw error;
    }
    await schedule.gate(actor, 'committed');
    return result;
  };
  const query: Queryable['query'] = async (sql, parameters) => {
    await schedule.gate(actor, `read ${sql.slice(0, 40)}`);
    return store.query(sql, parameters);
  };
  return new Proxy(store, {
    get: (target, name) =>
      name === 'write' ? write : name === 'query' ? query : (Reflect.get(target, name) as unknown),
  });
}

function gated(transaction: StoreTransaction, actor: string, schedule: Schedule): StoreTransaction {
  return {
    manager: transaction.manager,
    dialect: transaction.dialect,
    query: (sql, parameters) => transaction.query(sql, parameters),
    execute: async (sql, parameters) => {
      await schedule.gate(actor, sql.slice(0, 32), true);
      return transaction.execute(sql, parameters);
    },
  };
}
