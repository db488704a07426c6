import { BadInputError, problemText } from '@mingjian/contracts';
import type { Logger } from '@mingjian/runtime';
import { lastRuleVersionId, loadRuleVersions, type Store } from '@mingjian/store';
import { feedInUse, feedsInUse, isSameInUse, type FeedInUse } from './feed-in-use';
import type { FeedMetrics } from './feed-metrics';
import type { LoadedFeed } from './load-feeds';

/** What following approvals takes. */
export interface MappingsPorts {
  store: Store;
  logger: Logger;
  metrics: FeedMetrics | null;
}

const KINDS = ['mapping'] as const;

/**
 * Which mapping each feed of a process reads with, as approvals go on.
 * Guarantees: there is always a whole, valid mapping; one that cannot be used (of a newer software, against the feed, or
 * against its file) leaves that in use, is logged with every problem once, and shows in a metric.
 */
export class MappingsInUse {
  /** Id of the approval looked at last; null: not known. */
  private stamp: number | null = null;
  private looking: Promise<unknown> = Promise.resolve();
  private readonly inUse = new Map<string, FeedInUse>();

  /** `onChange` hears the name of each feed that is to read with another mapping. */
  constructor(
    private readonly feeds: readonly LoadedFeed[],
    private readonly ports: MappingsPorts,
    private readonly onChange: (feed: string) => void,
  ) {}

  /** All feeds as they are in use. @throws BadInputError where the mapping of any cannot be used: then nothing is read. */
  async load(): Promise<FeedInUse[]> {
    const { store, metrics } = this.ports;
    this.stamp = await lastRuleVersionId(store, KINDS);
    const feeds = feedsInUse(this.feeds, await loadRuleVersions(store, KINDS));
    for (const feed of feeds) {
      this.inUse.set(feed.document.feed, feed);
      if (feed.document.kind !== 'http') metrics?.hasMapping(feed.document.feed, true);
    }
    return feeds;
  }

  /** @throws Error before {@link load}, or of a feed that is not there. */
  of(feed: string): FeedInUse {
    const found = this.inUse.get(feed);
    if (found === undefined) throw new Error(`There is no feed ${feed} in use.`);
    return found;
  }

  /** Takes up what was approved since the last look, after a look that is under way. @throws where the store does not answer. */
  look(): Promise<void> {
    const look = this.looking.then(() => this.lookOnce());
    this.looking = look.catch(() => undefined);
    return look;
  }

  private async lookOnce(): Promise<void> {
    const { store } = this.ports;
    const last = await lastRuleVersionId(store, KINDS);
    if (last === this.stamp) return;
    const approved = await loadRuleVersions(store, KINDS);
    this.stamp = last;
    for (const feed of this.feeds) {
      const { feed: name, kind } = feed.document;
      if (kind === 'http') continue;
      try {
        const next = feedInUse(feed, approved);
        this.ports.metrics?.hasMapping(name, true);
        if (isSameInUse(next, this.of(name))) continue;
        this.inUse.set(name, next);
        this.onChange(name);
      } catch (error) {
        this.keep(name, error);
      }
    }
  }

  private keep(feed: string, error: unknown): void {
    const problems = error instanceof BadInputError ? error.problems.map(problemText) : [String(error)];
    this.ports.metrics?.hasMapping(feed, false);
    this.ports.logger.error(
      { feed, problems },
      'What was approved cannot be used; the mapping in use stays.',
    );
  }
}
