import { setTimeout as pause } from 'node:timers/promises';
import {
  ChainCheck,
  chainsOf,
  ROOT_CHAIN,
  ROOT_SIGNED,
  signedRoot,
  type LedgerRow,
  type RootOfChain,
  type SigningKey,
} from '@mingjian/ledger';
import {
  appendLedger,
  BESIDE_THE_SHARDS,
  holdLedgerHead,
  lastLedgerRow,
  ledgerHeads,
  ledgerRowsAfter,
  type LedgerHeadRow,
  type Queryable,
  type Store,
} from '@mingjian/store';
import { LEDGER_SUBJECT, placeAfter } from './ledger-keys';

/** Rows read at once: bounds memory, whatever the number of rows. */
export const LEDGER_PAGE = 2_000;

/** Rows held against their hashes in one go: a few milliseconds. */
const SIGNING_PAGE = 100;
/** Between two such pages the process judges: once a day all rows of a day are read, and no light may wait for that. */
const SIGNING_PAUSE_MS = 15;

/** What is stored is not what was written. Nothing is signed then. */
export class LedgerBrokenError extends Error {
  constructor(
    readonly chain: string,
    readonly seq: number,
    readonly what: string,
  ) {
    super(`the ledger is broken at row ${seq} of chain ${chain}: ${what}`);
    this.name = 'LedgerBrokenError';
  }
}

/**
 * Signs a root over the ends of all chains.
 *
 * 1. Read every row since the root before and hold it against its hash: what was tampered with is not signed.
 * 2. Append the root, if no other process has signed one meanwhile.
 *
 * Chains go on growing beside it: the root covers what was there when it began.
 * @returns the row; null where another process was quicker. @throws LedgerBrokenError
 */
export async function signRoot(store: Store, key: SigningKey, now: number): Promise<LedgerRow | null> {
  const heads = await ledgerHeads(store);
  const before = await lastLedgerRow(store, ROOT_CHAIN, ROOT_SIGNED);
  const rootHead = heads.find(({ chain }) => chain === ROOT_CHAIN);
  const chains = await chainsSince(
    store,
    before === null ? [] : chainsOf(before),
    heads.filter((head) => head !== rootHead),
  );
  return store.write(async (transaction) => {
    const head = await holdLedgerHead(transaction, ROOT_CHAIN);
    if (head.seq !== (rootHead?.seq ?? 0)) return null;
    const body = signedRoot({ ...placeAfter(head), at: now }, chains, key);
    const [row] = await appendLedger(transaction, [
      { chain: ROOT_CHAIN, kind: ROOT_SIGNED, at: now, actor: null, subject: LEDGER_SUBJECT, body },
    ]);
    return row ?? null;
  }, BESIDE_THE_SHARDS);
}

/** What a root made now says of each chain, in order of their names. @throws LedgerBrokenError */
async function chainsSince(
  from: Queryable,
  before: readonly RootOfChain[],
  heads: readonly LedgerHeadRow[],
): Promise<RootOfChain[]> {
  const known = new Map(before.map((root) => [root.chain, root]));
  const chains: RootOfChain[] = [];
  for (const head of heads) {
    const root = known.get(head.chain);
    known.delete(head.chain);
    const check =
      root === undefined ? ChainCheck.fromStart(head.chain, head.algorithm) : ChainCheck.fromRoot(root);
    await follow(from, check, head);
    chains.push(check.root());
  }
  for (const [chain, { last }] of known) throw new LedgerBrokenError(chain, last, 'the chain is gone');
  return chains.sort((a, b) => (a.chain < b.chain ? -1 : 1));
}

async function follow(from: Queryable, check: ChainCheck, head: LedgerHeadRow): Promise<void> {
  const place = check.root();
  let [seq, hash] = [place.last, place.head];
  while (seq < head.seq) {
    const rows = await ledgerRowsAfter(
      from,
      { chain: head.chain, alg: head.algorithm, seq, hash },
      head.seq,
      SIGNING_PAGE,
    );
    await pause(SIGNING_PAUSE_MS);
    for (const row of rows) {
      const problem = check.take(row);
      if (problem !== null) throw new LedgerBrokenError(row.chain, row.seq, problem);
      [seq, hash] = [row.seq, row.hash];
    }
    if (rows.length === 0) break;
  }
  if (seq !== head.seq || hash !== head.hash)
    throw new LedgerBrokenError(
      head.chain,
      Math.max(seq, head.seq),
      'the end of the chain is not its last row',
    );
}
