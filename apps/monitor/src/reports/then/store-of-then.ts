import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dateTextOf } from '@mingjian/rules';
import {
  copyApprovals,
  copyCards,
  copyLightDecisions,
  copyServiceCounts,
  openStore,
  type Queryable,
  type Store,
} from '@mingjian/store';
import { complaintsOfThen, ratingAppealsOfThen } from './acts-of-then';
import { casesOfThen, type CasesOfThen } from './cases-of-then';
import type { RulesOfThen } from './rules-of-then';

/** What could not be had as it was known then. */
export interface GapsOfThen extends CasesOfThen {
  /** Complaints whose policy the rules no longer know: they count nowhere. */
  complaintsWithoutRules: number;
  /** Counts of convenience items that were put right since, by month: what was counted then is kept nowhere. */
  countsToldLater: ReadonlyMap<string, number>;
}

/** A store that holds what was known at an instant: every report that is made from it is as it would have been then. */
export interface StoreOfThen {
  store: Store;
  /** Epoch ms. */
  knownAt: number;
  rules: RulesOfThen;
  gaps: GapsOfThen;
}

/**
 * 当时所知: makes a store of then out of a live one, which is only read and may be written meanwhile, and gives it to `work`.
 *
 * 1. What people had decided by then: documents approved, lights taken away, cards, appeals against ratings, complaints.
 * 2. Every case, judged anew with the events received by then.
 *
 * The store lies in a temporary folder that nobody else can read, and is gone when this settles or the process exits. No notice,
 * message or ledger entry is written. Only what reports read is in it. `told` is given the number of cases looked at, as they come.
 */
export async function withStoreOfThen<T>(
  live: Queryable,
  rules: RulesOfThen,
  knownAt: number,
  work: (then: StoreOfThen) => Promise<T>,
  told: (cases: number) => void = () => undefined,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'mingjian-then-'));
  const remove = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', remove);
  try {
    const store = await openStore({ file: join(folder, 'store.db') });
    try {
      const gaps = await fill(live, store, rules, knownAt, told);
      return await work({ store, knownAt, rules, gaps });
    } finally {
      await store.close();
    }
  } finally {
    process.off('exit', remove);
    remove();
  }
}

async function fill(
  live: Queryable,
  store: Store,
  { book }: RulesOfThen,
  knownAt: number,
  told: (cases: number) => void,
): Promise<GapsOfThen> {
  const { calendar } = book.newest;
  const acts = await store.write(async (transaction) => {
    await copyApprovals(live, transaction, knownAt);
    await copyLightDecisions(live, transaction, knownAt);
    await copyCards(live, transaction, knownAt);
    await ratingAppealsOfThen(live, transaction, book, knownAt);
    return {
      complaintsWithoutRules: await complaintsOfThen(live, transaction, book, knownAt),
      countsToldLater: await copyServiceCounts(
        live,
        transaction,
        knownAt,
        dateTextOf(calendar.dayOf(knownAt)),
      ),
    };
  });
  const cases = await casesOfThen(live, store, book, knownAt, told);
  return { ...cases, ...acts };
}
