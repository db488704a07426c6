import { canonicalText, hashOfRow, NO_HASH, wellFormed, type LedgerRow } from '@mingjian/ledger';
import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { LedgerEntryRow, LedgerHeadRow } from './rows';
import type { StoreTransaction } from './store';

const ENTRY = new TableMap(LedgerEntryRow);
const HEAD = new TableMap(LedgerHeadRow);

/** The chain of the signed roots. Its hash algorithm is the site's: chains that are begun later take it. */
export const ROOT_CHAIN = 'roots';

/** The chain of what the judge writes in a shard. */
export function shardChain(shard: number): string {
  return `shard-${shard}`;
}

/** Something that is to stand in the ledger. */
export interface NewLedgerEntry {
  /** `shard-N` for what the judge writes; `orders`, `identity`, `rules`, … for the rest. */
  chain: string;
  /** What happened, as `light.changed`: a noun and a participle. */
  kind: string;
  /** When it happened, by the injected clock; epoch milliseconds (UTC). */
  at: number;
  /** Account or command that did it; null: the daemon itself. */
  actor: string | null;
  /** What it is about: a case number, the number of an order, an account. */
  subject: string;
  /** What proves. No names, telephone numbers or other personal data: see `personalDigest` in @mingjian/ledger. */
  body: Readonly<Record<string, unknown>>;
}

/**
 * Appends to the ledger, in the transaction of what the entries record: both are committed or neither is.
 *
 * The heads of the chains are held until the commit, so transactions that append to one chain run one after the other.
 * Call it once in a transaction, as late as possible: chains are taken in one order within a call, and two calls of one
 * transaction could take them in another (the server then breaks the deadlock, and `Store.write` tries again).
 * @returns the rows, in the order given. @throws TypeError where a body holds what JSON cannot say.
 */
export async function appendLedger(
  transaction: StoreTransaction,
  entries: readonly NewLedgerEntry[],
): Promise<LedgerRow[]> {
  const heads = new Map<string, LedgerHeadRow>();
  for (const chain of [...new Set(entries.map((entry) => entry.chain))].sort())
    heads.set(chain, await holdHead(transaction, chain));
  const rows = entries.map((entry) => {
    const head = heads.get(entry.chain)!;
    const unhashed = {
      chain: entry.chain,
      seq: head.seq + 1,
      alg: head.algorithm,
      at: entry.at,
      kind: entry.kind,
      actor: entry.actor === null ? null : wellFormed(entry.actor),
      subject: wellFormed(entry.subject),
      bodyText: canonicalText(entry.body),
      prev: head.hash,
    };
    head.seq = unhashed.seq;
    head.hash = hashOfRow(unhashed);
    return { ...unhashed, hash: head.hash };
  });
  await insertRows(transaction, ENTRY, rows);
  for (const head of heads.values())
    await transaction.execute('UPDATE ledger_head SET seq = ?, hash = ? WHERE chain = ?', [
      head.seq,
      head.hash,
      head.chain,
    ]);
  return rows;
}

/** One chain at a time, by its key: a list would let the server lock rows of chains that others need. */
async function holdHead(transaction: StoreTransaction, chain: string): Promise<LedgerHeadRow> {
  const held = await lockedHead(transaction, chain);
  if (held !== undefined) return held;
  const [roots] = await transaction.query<object>('SELECT * FROM ledger_head WHERE chain = ?', [ROOT_CHAIN]);
  await transaction.execute(
    `${transaction.dialect.insertIgnore} ledger_head (chain, algorithm, seq, hash) VALUES (?, ?, 0, ?)`,
    [chain, roots === undefined ? 'sha256' : HEAD.decode(roots).algorithm, NO_HASH],
  );
  const made = await lockedHead(transaction, chain);
  if (made === undefined) throw new Error(`the chain ${chain} could not be begun`);
  return made;
}

async function lockedHead(transaction: StoreTransaction, chain: string): Promise<LedgerHeadRow | undefined> {
  const [raw] = await transaction.query<object>(
    `SELECT * FROM ledger_head WHERE chain = ?${transaction.dialect.lockForUpdate}`,
    [chain],
  );
  return raw === undefined ? undefined : HEAD.decode(raw);
}
