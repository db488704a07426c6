import {
  canonicalText,
  hashOfRow,
  NO_HASH,
  ROOT_CHAIN,
  wellFormed,
  type LedgerAlgorithm,
  type LedgerRow,
} from '@mingjian/ledger';
import { instantText } from './hot/instant-text';
import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { ConflictError } from './mysql-errors';
import { LedgerEntryRow, LedgerHeadRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const ENTRY = new TableMap(LedgerEntryRow);
const HEAD = new TableMap(LedgerHeadRow);

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
    heads.set(chain, await holdLedgerHead(transaction, chain));
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

/**
 * The end of a chain, held until the transaction ends. A chain that is begun here takes the algorithm given, or that of
 * the chain of roots: the site's.
 */
export async function holdLedgerHead(
  transaction: StoreTransaction,
  chain: string,
  algorithm?: LedgerAlgorithm,
): Promise<LedgerHeadRow> {
  // One chain at a time, by its key: a list would let the server lock rows of chains that others need.
  const held = await lockedHead(transaction, chain);
  if (held !== undefined) return held;
  const [roots] = await transaction.query<object>('SELECT * FROM ledger_head WHERE chain = ?', [ROOT_CHAIN]);
  await transaction.execute(
    `${transaction.dialect.insertIgnore} ledger_head (chain, algorithm, seq, hash) VALUES (?, ?, 0, ?)`,
    [chain, algorithm ?? (roots === undefined ? 'sha256' : HEAD.decode(roots).algorithm), NO_HASH],
  );
  const made = await lockedHead(transaction, chain);
  // TiDB goes on saying that a row is not there, to a transaction that once asked for it with FOR UPDATE in vain.
  if (made === undefined) throw new ConflictError(`another transaction has just begun the chain ${chain}`);
  return made;
}

async function lockedHead(transaction: StoreTransaction, chain: string): Promise<LedgerHeadRow | undefined> {
  const [raw] = await transaction.query<object>(
    `SELECT * FROM ledger_head WHERE chain = ?${transaction.dialect.lockForUpdate}`,
    [chain],
  );
  return raw === undefined ? undefined : HEAD.decode(raw);
}

/** The ends of all chains, in order of their names. */
export async function ledgerHeads(from: Queryable): Promise<LedgerHeadRow[]> {
  const rows = await from.query<object>('SELECT * FROM ledger_head ORDER BY chain');
  return rows.map((raw) => HEAD.decode(raw));
}

/** Where in a chain to go on reading. */
export interface LedgerPlace {
  chain: string;
  alg: LedgerAlgorithm;
  seq: number;
  /** Hash of the row `seq`. */
  hash: string;
}

/** The rows of a chain after `place` up to number `last`, as they are stored, at most `limit`. */
export async function ledgerRowsAfter(
  from: Queryable,
  place: LedgerPlace,
  last: number,
  limit: number,
): Promise<LedgerRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM ledger_entry WHERE chain = ? AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?',
    [place.chain, place.seq, last, limit],
  );
  let prev = place.hash;
  return rows.map((raw) => {
    const row = { ...ENTRY.decode(raw), alg: place.alg, prev };
    prev = row.hash;
    return row;
  });
}

/** The rows of a chain of some kinds, in order; for the short chain of roots. */
export async function ledgerRowsOfKinds(
  from: Queryable,
  chain: string,
  kinds: readonly string[],
): Promise<LedgerRow[]> {
  return withPlace(from, `e.chain = ? AND e.kind IN (${kinds.map(() => '?').join(',')}) ORDER BY e.seq`, [
    chain,
    ...kinds,
  ]);
}

/** The last row of a kind in a chain that was written at or before an instant; null: none. */
export async function lastLedgerRow(
  from: Queryable,
  chain: string,
  kind: string,
  until = Infinity,
): Promise<LedgerRow | null> {
  const [row] = await withPlace(
    from,
    `e.chain = ? AND e.kind = ?${until === Infinity ? '' : ' AND e.at <= ?'} ORDER BY e.seq DESC LIMIT 1`,
    [chain, kind, ...(until === Infinity ? [] : [instantText(until)])],
  );
  return row ?? null;
}

/** What the ledger says about a subject, in order of the instants; at most `limit`. */
export function ledgerRowsOfSubject(from: Queryable, subject: string, limit: number): Promise<LedgerRow[]> {
  return withPlace(from, 'e.subject = ? ORDER BY e.at, e.chain, e.seq LIMIT ?', [subject, limit]);
}

/** Rows with the algorithm of their chain and the hash of the row before each. */
async function withPlace(
  from: Queryable,
  condition: string,
  parameters: readonly unknown[],
): Promise<LedgerRow[]> {
  const rows = await from.query<{ alg: LedgerAlgorithm; prev: string | null }>(
    'SELECT e.*, h.algorithm AS alg, p.hash AS prev FROM ledger_entry e JOIN ledger_head h ON h.chain = e.chain ' +
      `LEFT JOIN ledger_entry p ON p.chain = e.chain AND p.seq = e.seq - 1 WHERE ${condition}`,
    parameters,
  );
  return rows.map((raw) => ({ ...ENTRY.decode(raw), alg: raw.alg, prev: raw.prev ?? NO_HASH }));
}
