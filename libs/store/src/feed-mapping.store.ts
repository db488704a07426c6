import { upsertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { FeedMappingRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const FEED_MAPPING = new TableMap(FeedMappingRow);

/** Which mapping each feed reads with, by the name of the feed: what the collectors told last. */
export async function loadFeedMappings(from: Queryable): Promise<FeedMappingRow[]> {
  const rows = await from.query<object>('SELECT * FROM feed_mapping ORDER BY feed');
  return rows.map((raw) => FEED_MAPPING.decode(raw));
}

/** Tells with which mapping a feed reads from now on. */
export async function saveFeedMapping(transaction: StoreTransaction, row: FeedMappingRow): Promise<void> {
  await upsertRows(transaction, FEED_MAPPING, [row]);
}

/** Forgets what was told of a feed: it reads step events now. */
export async function forgetFeedMapping(transaction: StoreTransaction, feed: string): Promise<void> {
  await transaction.execute('DELETE FROM feed_mapping WHERE feed = ?', [feed]);
}
