import type { ClockWay } from '@mingjian/contracts';
import type { Clock, Settings } from '@mingjian/runtime';
import {
  loadFeedPending,
  replaceFeedPending,
  saveFeedProgress,
  type FeedStateRow,
  type HeldFeed,
  type Store,
  type StoreTransaction,
} from '@mingjian/store';
import { type Acceptance, isEnd, type RecordContext } from '@mingjian/mapping';
import type { Publisher } from '../../intake/publish';
import type { SourceClocks } from '../../source-health/source-clocks';
import type { FeedSession, FeedStep } from './feed';
import type { FeedMetrics } from './feed-metrics';
import type { LoadedFeed } from './load-feeds';
import type { Pace } from './pace';

/** What the feeds are given: they open nothing of ours by themselves. */
export interface FeedPorts {
  store: Store;
  publisher: Publisher;
  clock: Clock;
  settings: Pick<Settings, 'futureToleranceSeconds' | 'intakeBatch'>;
  metrics: FeedMetrics | null;
  /** Where readings of the sources' clocks go; left out: nowhere. */
  clocks?: SourceClocks;
}

/** One run of a feed that this process holds. */
export class RunningSession implements FeedSession {
  private isPaused = false;
  private hasPending: boolean | null = null;
  changed = 0;
  /** What an operator asked for and is not done yet, as it was last written. */
  request: string;

  constructor(
    private readonly feed: LoadedFeed & { document: { kind: 'table' | 'folder' | 'topic' } },
    readonly state: Readonly<FeedStateRow>,
    private readonly held: HeldFeed,
    private readonly ports: FeedPorts,
    private readonly pace: Pace,
    readonly signal: AbortSignal,
    readonly isContinuous: boolean,
    readonly caughtUp: (waiting: number) => Promise<void>,
  ) {
    this.request = state.request;
  }

  get isEnding(): boolean {
    return this.isPaused || this.signal.aborted;
  }

  now(): number {
    return this.ports.clock.now();
  }

  async tellClock(way: ClockWay, sourceAt: number, askedAt: number | null): Promise<void> {
    const { source } = this.feed;
    if (source === null) return;
    const now = this.now();
    const reading =
      askedAt === null
        ? { at: now, withinMs: null }
        : { at: Math.round((askedAt + now) / 2), withinMs: Math.ceil(Math.max(0, now - askedAt) / 2) };
    await this.ports.clocks?.note({ source, way, sourceAt, ...reading });
  }

  context(raw: string, place: string): RecordContext {
    return {
      source: this.feed.source,
      feed: this.feed.document.kind,
      place: place.slice(0, 255),
      receivedAt: this.now(),
      futureToleranceMs: this.ports.settings.futureToleranceSeconds * 1000,
      raw,
    };
  }

  /** Publishes what an earlier run had decided when its process ended. To be called before anything is read. */
  async publishPending(): Promise<void> {
    const payloads = await loadFeedPending(this.ports.store, this.held.feed);
    this.hasPending = payloads.length > 0;
    if (!this.hasPending) return;
    await this.publish(payloads.map((payload) => JSON.parse(payload) as Acceptance));
    await this.clearPending();
  }

  /** Forgets what was published: to be called at the end of a run. */
  async clearPending(): Promise<void> {
    if (this.hasPending !== true) return;
    await this.ports.store.write(async (transaction) => {
      await saveFeedProgress(transaction, this.held, {});
      await replaceFeedPending(transaction, this.held.feed, []);
    });
    this.hasPending = false;
  }

  async decide(step: FeedStep): Promise<void> {
    await this.write(step, async (transaction) => {
      if (step.acceptances.length === 0 && this.hasPending === false) return;
      const payloads = step.acceptances.map((acceptance) => JSON.stringify(acceptance));
      await replaceFeedPending(transaction, this.held.feed, payloads);
    });
    this.hasPending = step.acceptances.length > 0;
    await this.publish(step.acceptances);
    await this.pace.take(step.read, this.signal);
  }

  async deliver(step: FeedStep): Promise<void> {
    await this.publish(step.acceptances);
    await this.write(step);
    await this.pace.take(step.read, this.signal);
  }

  private async publish(acceptances: readonly Acceptance[]): Promise<void> {
    if (acceptances.length === 0) return;
    await this.ports.publisher.publish(acceptances, this.feed.document.kind);
  }

  private async write(
    step: FeedStep,
    more: (transaction: StoreTransaction) => Promise<void> = async () => undefined,
  ): Promise<void> {
    const { position, request, changed, acceptances } = step;
    const events = acceptances.filter(({ ok }) => ok).length;
    const rejects = acceptances.filter((one) => !one.ok && !isEnd(one.quarantine)).length;
    this.isPaused = await this.ports.store.write(async (transaction) => {
      // First: who has lost the feed must not wait for locks of rows, and write none.
      await saveFeedProgress(transaction, this.held, {
        ...(position === undefined ? {} : { position }),
        ...(request === undefined ? {} : { request }),
        ...{ records: changed, events, rejects },
        ...(changed > 0 ? { lastProgressAt: this.now() } : {}),
      });
      await step.also?.(transaction);
      await more(transaction);
      const [row] = await transaction.query<{ paused: number }>(
        'SELECT paused FROM feed_state WHERE feed = ?',
        [this.held.feed],
      );
      return Number(row?.paused) === 1;
    });
    this.request = request ?? this.request;
    this.changed += changed;
    this.ports.metrics?.read(this.held.feed, step.read, changed);
  }
}
