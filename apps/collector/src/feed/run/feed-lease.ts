import type { Clock, Logger } from '@mingjian/runtime';
import {
  claimFeed,
  declareFeed,
  FeedLostError,
  loadFeedState,
  releaseFeed,
  renewFeed,
  type HeldFeed,
  type Store,
} from '@mingjian/store';

export interface LeaseOptions {
  feed: string;
  kind: string;
  store: Store;
  clock: Clock;
  /** Names this process among those that share the store. */
  owner: string;
  logger: Logger;
  leaseMs?: number;
}

/** Without a word from its owner for so long a feed is free for another process. */
const LEASE_MS = 30_000;

/** This process's hold on a feed: taken, kept, lost, given back. */
export class FeedLease {
  private held: HeldFeed | null = null;

  constructor(private readonly options: LeaseOptions) {}

  /** The hold as far as this process knows; null: none. */
  get current(): HeldFeed | null {
    return this.held;
  }

  /** Takes the feed or keeps it; null where another process has it. */
  async hold(): Promise<HeldFeed | null> {
    const { store, clock, owner, feed, kind, logger } = this.options;
    const { held } = this;
    const at = clock.now();
    if (held !== null) {
      try {
        await store.write((transaction) => renewFeed(transaction, held, at + this.leaseMs));
        return held;
      } catch (error) {
        if (!(error instanceof FeedLostError)) throw error;
        this.held = null;
      }
    }
    this.held = await store.write(async (transaction) => {
      await declareFeed(transaction, feed, kind);
      return claimFeed(transaction, feed, owner, at, this.leaseMs);
    });
    if (this.held !== null) logger.info({ feed, epoch: this.held.epoch }, 'This process runs the feed.');
    return this.held;
  }

  /** Another process has it: there is nothing to give back. */
  forget(): void {
    this.held = null;
  }

  /** Gives the feed back, so that another process may take it at once. */
  async release(): Promise<void> {
    const { held } = this;
    this.held = null;
    if (held !== null) await this.options.store.write((transaction) => releaseFeed(transaction, held));
  }

  /**
   * Keeps the lease while a run lasts longer than it. `end` is called where the feed was lost, or where an operator wants
   * something that a run would otherwise hear of only with its next record; `isKnown`: a request that it is at.
   * @returns a function that ends it.
   */
  keepDuringRun(held: HeldFeed, end: () => void, isKnown: (request: string) => boolean): () => void {
    const { store, clock, feed, kind } = this.options;
    let cancel = (): void => undefined;
    let isOver = false;
    const renew = async (): Promise<void> => {
      try {
        await store.write((transaction) => renewFeed(transaction, held, clock.now() + this.leaseMs));
        const state = await loadFeedState(store, feed);
        // Of a topic a run is never at its end: there a request must end it.
        const request = state?.request ?? '';
        const isAsked = kind === 'topic' && request !== '' && !isKnown(request);
        if (state?.paused === true || isAsked) end();
      } catch (error) {
        // Any other trouble meets the run itself, too.
        if (error instanceof FeedLostError) end();
      }
    };
    const next = (): void => {
      cancel = clock.wakeAt(clock.now() + this.leaseMs / 3, () => {
        void renew().finally(() => {
          if (!isOver) next();
        });
      });
    };
    next();
    return () => {
      isOver = true;
      cancel();
    };
  }

  private get leaseMs(): number {
    return this.options.leaseMs ?? LEASE_MS;
  }
}
