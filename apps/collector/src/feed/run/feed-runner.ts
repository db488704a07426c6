import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Logger } from '@mingjian/runtime';
import { declareFeed } from '@mingjian/store';
import { FolderReader } from '../folder/folder-reader';
import { TableReader } from '../table/table-reader';
import { TopicReader } from '../topic/topic-reader';
import type { FeedReader } from './feed';
import type { RunnableInUse } from './current-reader';
import type { FeedInUse } from './feed-in-use';
import { FeedWorker, type RunOutcome } from './feed-worker';
import type { LoadedFeed } from './load-feeds';
import { MappingsInUse } from './mappings-in-use';
import { sleepUntil } from './pace';
import type { FeedPorts } from './running-session';

export interface RunnerOptions extends FeedPorts {
  feeds: readonly LoadedFeed[];
  logger: Logger;
  /** Names this process among those that share the store; left out: host, process and a random part. */
  owner?: string;
  chance?: () => number;
  leaseMs?: number;
  /** Where folders keep the rows that mappings join; left out: in memory, for one file alone. */
  joinFile?: string;
  /** Hears of the sources that feeds name, for metrics. */
  knowSources?: (names: readonly string[]) => void;
}

/** How often it is looked for approvals. */
const LOOK_MS = 5_000;

/**
 * All feeds of a process. `start` runs each by itself until `stop`; `runOnce` runs one now, as commands and tests do.
 * In: feed documents, and mappings that were approved. Out: step events and quarantine records in the event log. State: the
 * store.
 */
export class FeedRunner {
  private readonly workers = new Map<string, FeedWorker>();
  private readonly mappings: MappingsInUse;
  private readonly stopping = new AbortController();
  private opening: Promise<void> | null = null;
  private following: Promise<void> = Promise.resolve();

  constructor(private readonly options: RunnerOptions) {
    this.mappings = new MappingsInUse(options.feeds, options, (name) => {
      this.knowSource(this.mappings.of(name));
      this.workers.get(name)?.outdate();
    });
  }

  /**
   * Makes all feeds known, so that commands find them, and runs them.
   * @throws BadInputError where a feed has no mapping that it could read with; then none is run.
   */
  async start(): Promise<void> {
    const { store, feeds } = this.options;
    await this.open();
    await store.write(async (transaction) => {
      for (const { document } of feeds)
        if (document.kind !== 'http') await declareFeed(transaction, document.feed, document.kind);
    });
    for (const worker of this.workers.values()) worker.start();
    if (this.workers.size > 0) this.following = this.follow();
  }

  /** Ends the steps in flight and gives the feeds back to other processes. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all([this.following, ...[...this.workers.values()].map((worker) => worker.stop())]);
  }

  /** @throws Error where no such feed is to be run; BadInputError as {@link start}. */
  async runOnce(feed: string): Promise<RunOutcome> {
    await this.open();
    const worker = this.workers.get(feed);
    if (worker === undefined) throw new Error(`There is no feed ${feed} to run.`);
    return worker.runOnce();
  }

  private open(): Promise<void> {
    this.opening ??= this.openWorkers();
    return this.opening;
  }

  private async openWorkers(): Promise<void> {
    const { options, mappings } = this;
    const owner = options.owner ?? `${hostname()}/${process.pid}/${randomBytes(3).toString('hex')}`;
    for (const feed of await mappings.load()) {
      this.knowSource(feed);
      if (!isRunnable(feed)) continue;
      const name = feed.document.feed;
      const worker = new FeedWorker({
        ...options,
        feed,
        look: () => mappings.look(),
        inUse: () => mappings.of(name) as RunnableInUse,
        open: (one) => readerOf(one, options),
        owner: owner.slice(0, 128),
        chance: options.chance ?? Math.random,
      });
      this.workers.set(name, worker);
    }
  }

  /** Looks for approvals; what the store does not answer now is asked again. */
  private async follow(): Promise<void> {
    const { clock, logger } = this.options;
    const { signal } = this.stopping;
    for (;;) {
      await sleepUntil(clock, clock.now() + LOOK_MS, signal);
      if (signal.aborted) return;
      await this.mappings
        .look()
        .catch((error: unknown) => logger.debug({ err: error }, 'It could not be looked for approvals.'));
    }
  }

  private knowSource({ source }: FeedInUse): void {
    if (source !== null) this.options.knowSources?.([source]);
  }
}

function isRunnable(feed: FeedInUse): feed is RunnableInUse {
  return feed.document.kind !== 'http';
}

function readerOf({ document, mapping }: RunnableInUse, options: RunnerOptions): FeedReader {
  if (mapping === null) throw new Error(`Feed ${document.feed} has no mapping.`);
  const { store, logger } = options;
  switch (document.kind) {
    case 'table':
      return new TableReader(document, mapping, store);
    case 'folder':
      return new FolderReader(document, mapping, options);
    case 'topic':
      return new TopicReader(document, mapping, logger);
  }
}
