import { randomUUID } from 'node:crypto';
import {
  actByKey,
  BESIDE_THE_SHARDS,
  type ActEventRow,
  type Store,
  type StoreTransaction,
} from '@mingjian/store';
import { ActRefused } from './act-refused';

/** The key under which an act of somebody is done once. Nobody's keys get in the way of another's. */
export function actKeyOf(actorId: string, key: string | undefined): string {
  return `${actorId}/${key ?? randomUUID()}`;
}

/**
 * Lanes of acts that write orders, appeals or complaints with their events, notices and rows of their own chains of the ledger, and
 * only read what a case's transaction writes: no shard waits for them. What gives a light or takes one away has none, or the shard
 * of its case.
 */
export const OF_NO_CASE = BESIDE_THE_SHARDS;

/**
 * Does an act in one transaction, once for its key: a second submission gives what the first one gave and changes nothing.
 * Of two that come at the same moment one fails on the key; it then finds what the other did. `lanes` as for `Store.write`.
 * @throws ActRefused where the key was used for another act.
 */
export async function doneOnce<T>(
  { store, committed }: { store: Store; committed: () => void },
  key: string,
  isSame: (done: ActEventRow) => boolean,
  work: (transaction: StoreTransaction) => Promise<T>,
  again: (done: ActEventRow) => Promise<T>,
  lanes: readonly number[] | null = null,
): Promise<T> {
  const before = await doneBefore(store, key, isSame);
  if (before !== null) return again(before);
  try {
    const done = await store.write(work, lanes);
    committed();
    return done;
  } catch (error) {
    const meanwhile = await doneBefore(store, key, isSame);
    if (meanwhile === null) throw error;
    return again(meanwhile);
  }
}

async function doneBefore(
  store: Store,
  key: string,
  isSame: (done: ActEventRow) => boolean,
): Promise<ActEventRow | null> {
  const done = await actByKey(store, key);
  if (done === null) return null;
  if (isSame(done)) return done;
  throw new ActRefused('key-reused', 'the idempotency key was used for another act; take a new one');
}
