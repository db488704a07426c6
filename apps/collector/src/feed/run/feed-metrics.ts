import type { Clock } from '@mingjian/runtime';
import { Counter, Gauge, type Registry } from 'prom-client';

/** What a feed is doing in this process. A closed list: it is a metric label. */
export const FEED_STATES = ['running', 'standby', 'paused', 'failing', 'disabled'] as const;
export type FeedState = (typeof FEED_STATES)[number];

/** What the feeds count; names and labels are a contract with the dashboards. Feeds are named by their documents. */
export class FeedMetrics {
  private readonly state: Gauge<'feed' | 'state'>;
  private readonly waiting: Gauge<'feed'>;
  private readonly records: Counter<'feed' | 'result'>;
  private readonly failures: Counter<'feed'>;
  private readonly mapping: Gauge<'feed'>;
  private readonly lastRunAt = new Map<string, number>();

  constructor(registry: Registry, clock: Clock) {
    const registers = [registry];
    this.state = new Gauge({
      name: 'mingjian_feed_state',
      help: 'What this process does with a feed: 1 for the state it is in, 0 for the others',
      labelNames: ['feed', 'state'],
      registers,
    });
    this.waiting = new Gauge({
      name: 'mingjian_feed_waiting',
      help: 'Records or files of a feed that the last run saw and left',
      labelNames: ['feed'],
      registers,
    });
    this.records = new Counter({
      name: 'mingjian_feed_records_total',
      help: 'Records read by a feed: changed (new ones too), or unchanged since they were read last',
      labelNames: ['feed', 'result'],
      registers,
    });
    this.failures = new Counter({
      name: 'mingjian_feed_failures_total',
      help: 'Runs of a feed that failed and are tried again',
      labelNames: ['feed'],
      registers,
    });
    this.mapping = new Gauge({
      name: 'mingjian_feed_mapping_current',
      help: 'Whether a feed reads with the mapping that was approved last, or with its file where none was: 0 where that cannot be used',
      labelNames: ['feed'],
      registers,
    });
    const { lastRunAt } = this;
    new Gauge({
      name: 'mingjian_feed_position_age_seconds',
      help: 'Time since this process last read a feed to its end; only of feeds that it runs',
      labelNames: ['feed'],
      registers,
      collect() {
        this.reset();
        for (const [feed, at] of lastRunAt) this.set({ feed }, Math.max(0, clock.now() - at) / 1000);
      },
    });
  }

  /** Every series of a feed exists from the start. */
  know(feed: string): void {
    for (const result of ['changed', 'unchanged']) this.records.inc({ feed, result }, 0);
    this.failures.inc({ feed }, 0);
    this.waiting.set({ feed }, 0);
  }

  is(feed: string, now: FeedState): void {
    for (const state of FEED_STATES) this.state.set({ feed, state }, state === now ? 1 : 0);
    if (now === 'standby' || now === 'disabled') this.lastRunAt.delete(feed);
  }

  read(feed: string, read: number, changed: number): void {
    this.records.inc({ feed, result: 'changed' }, changed);
    this.records.inc({ feed, result: 'unchanged' }, Math.max(0, read - changed));
  }

  /** Whether the feed reads with the mapping that it should. */
  hasMapping(feed: string, isCurrent: boolean): void {
    this.mapping.set({ feed }, isCurrent ? 1 : 0);
  }

  failed(feed: string): void {
    this.failures.inc({ feed });
  }

  /** `at`: when a run came to its end, epoch milliseconds. */
  ran(feed: string, at: number, waiting: number): void {
    this.lastRunAt.set(feed, at);
    this.waiting.set({ feed }, waiting);
  }
}
