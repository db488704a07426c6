import { instantText } from './hot/instant-text';
import { TableMap } from './hot/table-map';
import { FeedStateRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const FEED_STATE = new TableMap(FeedStateRow);

/** Another process took a feed that this one believed to run: what it was doing must be given up. */
export class FeedLostError extends Error {
  constructor(readonly feed: string) {
    super(`feed ${feed} was taken by another process`);
    this.name = 'FeedLostError';
  }
}

/** A feed that a process runs, with the epoch in which it took it. */
export interface HeldFeed {
  feed: string;
  owner: string;
  epoch: number;
}

/** What a run changes of the state; members left out stay. Counters are added. */
export interface FeedProgress {
  position?: string;
  request?: string;
  records?: number;
  events?: number;
  rejects?: number;
  failures?: number;
  lastError?: string;
  retryAt?: number | null;
  lastRunAt?: number;
  lastProgressAt?: number;
}

/** Makes a feed known; one that is known stays as it is. */
export async function declareFeed(transaction: StoreTransaction, feed: string, kind: string): Promise<void> {
  await transaction.execute(
    `${transaction.dialect.insertIgnore} feed_state (feed, kind, owner, epoch, lease_until, paused, position, request, ` +
      `records, events, rejects, failures, last_error) VALUES (?, ?, '', 0, ?, 0, '', '', 0, 0, 0, 0, '')`,
    [feed, kind, instantText(0)],
  );
}

/**
 * Takes a feed that nobody runs, or whose owner has not been heard of until its lease was over.
 * @returns null where another process runs it.
 */
export async function claimFeed(
  transaction: StoreTransaction,
  feed: string,
  owner: string,
  at: number,
  leaseMs: number,
): Promise<HeldFeed | null> {
  const taken = await transaction.execute(
    "UPDATE feed_state SET owner = ?, epoch = epoch + 1, lease_until = ? WHERE feed = ? AND (owner = '' OR lease_until <= ?)",
    [owner, instantText(at + leaseMs), feed, instantText(at)],
  );
  if (taken !== 1) return null;
  const [row] = await transaction.query<{ epoch: number }>('SELECT epoch FROM feed_state WHERE feed = ?', [
    feed,
  ]);
  return { feed, owner, epoch: Number(row?.epoch) };
}

/** Lengthens the lease. @throws FeedLostError where another process has taken the feed meanwhile. */
export async function renewFeed(
  transaction: StoreTransaction,
  held: HeldFeed,
  leaseUntil: number,
): Promise<void> {
  await guarded(transaction, held, ['lease_until = ?'], [instantText(leaseUntil)]);
}

/**
 * Notes how far a run has come. Everything else of the same transaction is given up with it where the feed was lost:
 * two processes never both move a position.
 * @throws FeedLostError
 */
export async function saveFeedProgress(
  transaction: StoreTransaction,
  held: HeldFeed,
  progress: FeedProgress,
): Promise<void> {
  const set: string[] = [];
  const values: unknown[] = [];
  for (const [column, value] of [
    ['position', progress.position],
    ['request', progress.request],
    ['failures', progress.failures],
    ['last_error', progress.lastError],
    ['retry_at', textOf(progress.retryAt)],
    ['last_run_at', textOf(progress.lastRunAt)],
    ['last_progress_at', textOf(progress.lastProgressAt)],
  ] as const) {
    if (value === undefined) continue;
    set.push(`${column} = ?`);
    values.push(value);
  }
  for (const column of ['records', 'events', 'rejects'] as const) {
    if (progress[column] === undefined) continue;
    set.push(`${column} = ${column} + ?`);
    values.push(progress[column]);
  }
  await guarded(transaction, held, set, values);
}

/** Gives a feed back, so that another process may take it at once. A feed that was lost stays the other's. */
export async function releaseFeed(transaction: StoreTransaction, held: HeldFeed): Promise<void> {
  await transaction.execute(
    "UPDATE feed_state SET owner = '', lease_until = ? WHERE feed = ? AND owner = ? AND epoch = ?",
    [instantText(0), held.feed, held.owner, held.epoch],
  );
}

/** Pauses a feed or lets it go on; whoever runs it sees it before its next batch. @returns whether the feed is known. */
export async function pauseFeed(
  transaction: StoreTransaction,
  feed: string,
  isPaused: boolean,
): Promise<boolean> {
  const touched = await transaction.execute(
    'UPDATE feed_state SET paused = ?, retry_at = NULL WHERE feed = ?',
    [isPaused ? 1 : 0, feed],
  );
  return touched > 0;
}

/** Leaves a request to whoever runs the feed. @returns whether the feed is known. */
export async function requestOfFeed(
  transaction: StoreTransaction,
  feed: string,
  request: string,
): Promise<boolean> {
  const touched = await transaction.execute('UPDATE feed_state SET request = ? WHERE feed = ?', [
    request,
    feed,
  ]);
  return touched > 0;
}

/** One feed; null where it is not known. */
export async function loadFeedState(from: Queryable, feed: string): Promise<FeedStateRow | null> {
  const [raw] = await from.query<object>('SELECT * FROM feed_state WHERE feed = ?', [feed]);
  return raw === undefined ? null : FEED_STATE.decode(raw);
}

/** Every feed ever known, by name. */
export async function listFeedStates(from: Queryable): Promise<FeedStateRow[]> {
  const rows = await from.query<object>('SELECT * FROM feed_state ORDER BY feed');
  return rows.map((raw) => FEED_STATE.decode(raw));
}

async function guarded(
  transaction: StoreTransaction,
  held: HeldFeed,
  set: readonly string[],
  values: readonly unknown[],
): Promise<void> {
  // The epoch is set to itself: a statement must touch the row even where nothing else is to be changed.
  const touched = await transaction.execute(
    `UPDATE feed_state SET ${['epoch = ?', ...set].join(', ')} WHERE feed = ? AND owner = ? AND epoch = ?`,
    [held.epoch, ...values, held.feed, held.owner, held.epoch],
  );
  if (touched !== 1) throw new FeedLostError(held.feed);
}

function textOf(at: number | null | undefined): string | null | undefined {
  return typeof at === 'number' ? instantText(at) : at;
}
