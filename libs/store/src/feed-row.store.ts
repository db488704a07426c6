import { insertRows, queryByKeys, upsertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { FeedPendingRow, FeedRowRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const FEED_ROW = new TableMap(FeedRowRow);
const FEED_PENDING = new TableMap(FeedPendingRow);

/** What is known of some rows of a feed's table, by row key. */
export async function loadFeedRows(
  from: Queryable,
  feed: string,
  rowKeys: readonly string[],
): Promise<Map<string, FeedRowRow>> {
  const rows = await queryByKeys<object>(
    from,
    'SELECT * FROM feed_row WHERE feed = ? AND row_key IN (?)',
    rowKeys,
    [feed],
  );
  return new Map(rows.map((raw) => FEED_ROW.decode(raw)).map((row) => [row.rowKey, row]));
}

/** Remembers what rows are now. */
export async function saveFeedRows(
  transaction: StoreTransaction,
  rows: readonly FeedRowRow[],
): Promise<void> {
  await upsertRows(transaction, FEED_ROW, rows);
}

/** What is to be handed to the log, in order, in place of what was: that has arrived there. */
export async function replaceFeedPending(
  transaction: StoreTransaction,
  feed: string,
  payloads: readonly string[],
): Promise<void> {
  await transaction.execute('DELETE FROM feed_pending WHERE feed = ?', [feed]);
  await insertRows(
    transaction,
    FEED_PENDING,
    payloads.map((payload, place) => ({ feed, place, payload })),
  );
}

/** What was to be handed to the log when the process that ran the feed ended, in order. */
export async function loadFeedPending(from: Queryable, feed: string): Promise<string[]> {
  const rows = await from.query<{ payload: string }>(
    'SELECT payload FROM feed_pending WHERE feed = ? ORDER BY place',
    [feed],
  );
  return rows.map((row) => row.payload);
}
