import {
  forgetFeedMapping,
  saveFeedMapping,
  saveFeedProgress,
  type HeldFeed,
  type Store,
} from '@mingjian/store';
import type { FeedInUse } from './feed-in-use';

/**
 * Tells the store with which mapping a feed reads: administrators change it there.
 * @throws FeedLostError where another process has taken the feed: that one tells.
 */
export async function tellMapping(store: Store, held: HeldFeed, feed: FeedInUse, at: number): Promise<void> {
  const { told, source } = feed;
  const { feed: name, kind } = feed.document;
  await store.write(async (transaction) => {
    await saveFeedProgress(transaction, held, {});
    if (told === null) await forgetFeedMapping(transaction, name);
    else await saveFeedMapping(transaction, { ...told, feed: name, kind, source: source ?? '', toldAt: at });
  });
}
