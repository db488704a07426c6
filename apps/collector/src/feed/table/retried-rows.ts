import { countWaitingFeedRejects, waitingFeedRejects } from '@mingjian/store';
import type { FeedSession } from '../run/feed';
import { decideRows, orderOf, type RowsOfFeed } from './decide-rows';
import type { Value } from './watermark';

/** Waiting rows that one run looks at; the next run goes on behind them. */
const MOST_AT_ONCE = 2_000;
/** Keys of one query. */
const KEYS_AT_ONCE = 500;

/**
 * Rows that wait for a row of another table (并表): read again by their key in every run, however old they are, until that row
 * has come. They are in the store, so that no restart forgets them; a run has a bound, so that they never hold up what is new.
 */
export class RetriedRows {
  private after = '';

  /** @returns how many rows wait on. */
  async runOnce(feed: RowsOfFeed, session: FeedSession): Promise<number> {
    const { document, store, source } = feed;
    if (document.joins === undefined) return 0;
    const waiting = await waitingFeedRejects(store, document.feed, this.after, MOST_AT_ONCE);
    this.after = waiting.length < MOST_AT_ONCE ? '' : (waiting.at(-1)?.quarantineId ?? '');
    const values = [...new Set(waiting.map(({ rowValues }) => rowValues))];
    const size = Math.min(document.batch, KEYS_AT_ONCE);
    for (let from = 0; from < values.length && !session.isEnding; from += size) {
      const keys = values.slice(from, from + size).map((text) => JSON.parse(text) as Value[]);
      const rows = await source.byKey({ table: document.table, columns: orderOf(document), keys });
      await session.decide(await decideRows(rows, feed, session, false));
    }
    return countWaitingFeedRejects(store, document.feed);
  }
}
