import type { Clock } from '@mingjian/runtime';
import type { Store } from '@mingjian/store';
import type { Registry } from 'prom-client';
import type { CollectorPorts } from '../../collector-ports';
import type { Publisher } from '../../intake/publish';
import { SourceClocks } from '../../source-health/source-clocks';
import { FeedMetrics } from './feed-metrics';
import { FeedRunner } from './feed-runner';
import type { LoadedFeed } from './load-feeds';
import { Pace } from './pace';

/** Whether a collector runs the feed by itself; what comes by HTTP is sent to it. */
export function isRun({ document }: LoadedFeed): boolean {
  return document.kind !== 'http';
}

/** What each source may send by HTTP in a second. */
export function pacesOf(feeds: readonly LoadedFeed[], clock: Clock): Map<string, Pace> {
  const paces = new Map<string, Pace>();
  for (const { document } of feeds)
    if (document.kind === 'http' && document.enabled)
      paces.set(document.source, new Pace(document.pace, clock));
  return paces;
}

/** The feeds of a process, with their metrics; not started yet. */
export function openFeeds(
  feeds: readonly LoadedFeed[],
  options: {
    store: Store;
    publisher: Publisher;
    ports: CollectorPorts;
    registry: Registry;
    joinFile: string;
  },
): FeedRunner {
  const { store, publisher, ports, registry, joinFile } = options;
  const { log, clock, logger, settings } = ports;
  const metrics = new FeedMetrics(registry, clock);
  const clocks = new SourceClocks(log, logger);
  return new FeedRunner({
    feeds,
    store,
    publisher,
    clock,
    clocks,
    logger,
    settings,
    metrics,
    joinFile,
    knowSources: (names) => ports.metrics?.knowSources(names),
  });
}
