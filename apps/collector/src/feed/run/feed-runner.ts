import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import type { Logger } from '@mingjian/runtime';
import { declareFeed } from '@mingjian/store';
import { FolderReader } from '../folder/folder-reader';
import { TableReader } from '../table/table-reader';
import { TopicReader } from '../topic/topic-reader';
import type { FeedReader } from './feed';
import { FeedWorker, type RunOutcome, type WorkerOptions } from './feed-worker';
import type { LoadedFeed } from './load-feeds';
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
}

/**
 * All feeds of a process. `start` runs each by itself until `stop`; `runOnce` runs one now, as commands and tests do.
 * In: feed documents. Out: step events and quarantine records in the event log. State: the store.
 */
export class FeedRunner {
  private readonly workers = new Map<string, FeedWorker>();

  constructor(private readonly options: RunnerOptions) {
    const owner = options.owner ?? `${hostname()}/${process.pid}/${randomBytes(3).toString('hex')}`;
    for (const feed of options.feeds) {
      const reader = readerOf(feed, options);
      if (reader === null) continue;
      const worker: WorkerOptions = {
        ...options,
        feed: feed as WorkerOptions['feed'],
        reader,
        owner: owner.slice(0, 128),
        chance: options.chance ?? Math.random,
      };
      this.workers.set(feed.document.feed, new FeedWorker(worker));
    }
  }

  /** Makes all feeds known, so that commands find them, and runs them. */
  async start(): Promise<void> {
    const { store, feeds } = this.options;
    await store.write(async (transaction) => {
      for (const { document } of feeds)
        if (document.kind !== 'http') await declareFeed(transaction, document.feed, document.kind);
    });
    for (const worker of this.workers.values()) worker.start();
  }

  /** Ends the steps in flight and gives the feeds back to other processes. */
  async stop(): Promise<void> {
    await Promise.all([...this.workers.values()].map((worker) => worker.stop()));
  }

  /** @throws Error where no such feed is to be run. */
  runOnce(feed: string): Promise<RunOutcome> {
    const worker = this.workers.get(feed);
    if (worker === undefined) throw new Error(`There is no feed ${feed} to run.`);
    return worker.runOnce();
  }
}

function readerOf({ document, mapping }: LoadedFeed, options: RunnerOptions): FeedReader | null {
  if (document.kind === 'http' || mapping === null) return null;
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
