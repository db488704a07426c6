import { instantText } from './hot/instant-text';
import { upsertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { FeedFileRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const FEED_FILE = new TableMap(FeedFileRow);

/** A file of a feed by the digest of its bytes; null where it was never begun. */
export async function loadFeedFile(
  from: Queryable,
  feed: string,
  digest: string,
): Promise<FeedFileRow | null> {
  const [raw] = await from.query<object>('SELECT * FROM feed_file WHERE feed = ? AND digest = ?', [
    feed,
    digest,
  ]);
  return raw === undefined ? null : FEED_FILE.decode(raw);
}

/** Notes how far a file was read. */
export async function saveFeedFile(transaction: StoreTransaction, row: FeedFileRow): Promise<void> {
  await upsertRows(transaction, FEED_FILE, [row]);
}

/** The files of a feed that changed last, the newest first. */
export async function listFeedFiles(from: Queryable, feed: string, most: number): Promise<FeedFileRow[]> {
  const rows = await from.query<object>(
    `SELECT * FROM feed_file WHERE feed = ? ORDER BY updated_at DESC, digest LIMIT ${Math.floor(most)}`,
    [feed],
  );
  return rows.map((raw) => FEED_FILE.decode(raw));
}

/** Forgets files that were ended in a period, so that they may be read again. @returns how many. */
export async function forgetFeedFiles(
  transaction: StoreTransaction,
  feed: string,
  from: number,
  until: number,
): Promise<number> {
  return transaction.execute(
    "DELETE FROM feed_file WHERE feed = ? AND state <> 'reading' AND updated_at >= ? AND updated_at < ?",
    [feed, instantText(from), instantText(until)],
  );
}
