import { chunks, queryByKeys, replaceRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { FeedRejectRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const FEED_REJECT = new TableMap(FeedRejectRow);

/** What of some rows of a feed's table lies in quarantine, by row key; rows with nothing there are left out. */
export async function loadFeedRejects(
  from: Queryable,
  feed: string,
  rowKeys: readonly string[],
): Promise<Map<string, FeedRejectRow[]>> {
  const rows = await queryByKeys<object>(
    from,
    'SELECT * FROM feed_reject WHERE feed = ? AND row_key IN (?)',
    rowKeys,
    [feed],
  );
  const byRow = new Map<string, FeedRejectRow[]>();
  for (const row of rows.map((raw) => FEED_REJECT.decode(raw)))
    byRow.set(row.rowKey, [...(byRow.get(row.rowKey) ?? []), row]);
  return byRow;
}

/** Remembers what lies in quarantine, and forgets what does no longer. */
export async function saveFeedRejects(
  transaction: StoreTransaction,
  feed: string,
  { kept, ended }: { kept: readonly FeedRejectRow[]; ended: readonly string[] },
): Promise<void> {
  for (const ids of chunks(ended, 500))
    await transaction.execute(
      `DELETE FROM feed_reject WHERE feed = ? AND quarantine_id IN (${ids.map(() => '?').join(',')})`,
      [feed, ...ids],
    );
  await replaceRows(transaction, FEED_REJECT, kept);
}

/** Rows that wait for a row of another table, in order of their ids behind `after`. */
export async function waitingFeedRejects(
  from: Queryable,
  feed: string,
  after: string,
  limit: number,
): Promise<FeedRejectRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM feed_reject WHERE feed = ? AND is_waiting = 1 AND quarantine_id > ? ' +
      `ORDER BY quarantine_id LIMIT ${limit}`,
    [feed, after],
  );
  return rows.map((raw) => FEED_REJECT.decode(raw));
}

/** How many rows of a feed wait for a row of another table. */
export async function countWaitingFeedRejects(from: Queryable, feed: string): Promise<number> {
  const [row] = await from.query<{ waiting: number }>(
    'SELECT COUNT(*) AS waiting FROM feed_reject WHERE feed = ? AND is_waiting = 1',
    [feed],
  );
  return Number(row?.waiting ?? 0);
}
