import type { Clock, Logger } from '@mingjian/runtime';
import type { HeldFeed, Store } from '@mingjian/store';
import type { FeedReader } from './feed';
import type { FeedInUse } from './feed-in-use';
import { tellMapping } from './tell-mapping';

/** A feed that a collector runs by itself. */
export type RunnableInUse = FeedInUse & { document: { kind: 'table' | 'folder' | 'topic' } };

/** What reading a feed by the mapping of the day takes. */
export interface ReaderOptions {
  store: Store;
  clock: Clock;
  logger: Logger;
  /** Looks for approvals. */
  look: () => Promise<void>;
  /** With which mapping the feed is to be read, as far as it was looked for. */
  inUse: () => RunnableInUse;
  open: (feed: RunnableInUse) => FeedReader;
}

/** The reader of a feed by the mapping that it is to be read with: another one after an approval. */
export class CurrentReader {
  /** Whether another mapping was announced that no run has looked for yet. */
  isOutdated = false;
  reader: FeedReader;
  /** What this process has told of the mapping; null: nothing yet. */
  private told: FeedInUse | null = null;

  constructor(
    public feed: RunnableInUse,
    private readonly options: ReaderOptions,
  ) {
    this.reader = options.open(feed);
  }

  /**
   * To be called before a run. `held`: tells of the mapping, too; null: another process runs the feed, and tells.
   * @throws FeedLostError where another process has taken it meanwhile.
   */
  async renew(held: HeldFeed | null): Promise<void> {
    const { store, clock, logger, look, inUse, open } = this.options;
    await look();
    this.isOutdated = false;
    const next = inUse();
    if (next !== this.feed) {
      this.feed = next;
      this.reader = open(next);
      const { mapping = null, origin = null, draftId: draft = null, digest = null } = next.told ?? {};
      const { feed } = next.document;
      logger.info({ feed, mapping, origin, draft, digest }, 'A feed reads with another mapping.');
    }
    if (held === null || this.told === next) return;
    await tellMapping(store, held, next, clock.now());
    this.told = next;
  }
}
