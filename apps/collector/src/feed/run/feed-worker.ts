import type { Logger } from '@mingjian/runtime';
import { FeedLostError, loadFeedState, saveFeedProgress, type HeldFeed } from '@mingjian/store';
import { CurrentReader, type RunnableInUse, type ReaderOptions } from './current-reader';
import { FeedLease } from './feed-lease';
import { backOffMs, Pace, sleepUntil } from './pace';
import { RunningSession, type FeedPorts } from './running-session';
import { withoutPassword } from './without-password';

export interface WorkerOptions extends FeedPorts, ReaderOptions {
  feed: RunnableInUse;
  /** Names this process among those that share the store. */
  owner: string;
  logger: Logger;
  /** In [0, 1): spreads the pauses after failures. */
  chance: () => number;
  leaseMs?: number;
}

/** What came of asking a feed to run. */
export type RunOutcome =
  | { outcome: 'done'; changed: number; waiting: number }
  | { outcome: 'standby' | 'paused' | 'disabled' }
  | { outcome: 'failed'; error: unknown; retryAt: number };

/** How often it is looked whether an operator or another process wants something. */
const LOOK_MS = 5_000;

/**
 * Runs one feed whenever it is due, as long as this process holds it. Of several processes one holds it; when that dies
 * its lease runs out and another takes it, and whatever the dead one may still be doing cannot move the position. Another
 * mapping is taken up between two runs, with the lease kept.
 */
export class FeedWorker {
  private readonly lease: FeedLease;
  private readonly pace: Pace;
  private readonly stopping = new AbortController();
  private loop: Promise<void> = Promise.resolve();
  /** Ends the run under way; null: there is none. */
  private ending: AbortController | null = null;
  private waking = new AbortController();
  private readonly current: CurrentReader;
  private lastError = '';
  private failures = 0;

  constructor(private readonly options: WorkerOptions) {
    this.current = new CurrentReader(options.feed, options);
    const { feed, kind, pace } = options.feed.document;
    const { store, clock, owner, logger, leaseMs } = options;
    this.pace = new Pace(pace, clock);
    this.lease = new FeedLease({
      feed,
      kind,
      store,
      clock,
      owner,
      logger,
      ...(leaseMs === undefined ? {} : { leaseMs }),
    });
    options.metrics?.know(this.name);
    options.metrics?.is(this.name, options.feed.document.enabled ? 'standby' : 'disabled');
  }

  get name(): string {
    return this.options.feed.document.feed;
  }

  start(): void {
    if (this.options.feed.document.enabled) this.loop = this.runUntilStopped();
  }

  /** Ends the step in flight, gives the feed back, and resolves. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.waking.abort();
    await this.loop;
    await this.lease.release();
  }

  /** Another mapping is to be read with: an idle feed runs at once, a run that never ends by itself is ended. */
  outdate(): void {
    this.current.isOutdated = true;
    this.waking.abort();
    if (this.options.feed.document.kind === 'topic') this.ending?.abort();
  }

  /** One run, now; the same as the loop does. Errors are noted and told, not thrown. */
  async runOnce(isContinuous = false): Promise<RunOutcome> {
    const { metrics, store } = this.options;
    if (!this.options.feed.document.enabled) return { outcome: 'disabled' };
    const ending = new AbortController();
    const end = (): void => ending.abort();
    this.stopping.signal.addEventListener('abort', end, { once: true });
    // Whoever outdates it from now on has another run follow this one.
    this.current.isOutdated = false;
    let stopRenewing = (): void => undefined;
    try {
      const held = await this.lease.hold();
      const state = held === null ? null : await loadFeedState(store, this.name);
      // After the state: whoever asked for a backfill after an approval has it read by what was approved.
      await this.current.renew(held);
      if (held === null || state === null) {
        metrics?.is(this.name, 'standby');
        return { outcome: 'standby' };
      }
      if (state.paused) {
        metrics?.is(this.name, 'paused');
        return { outcome: 'paused' };
      }
      metrics?.is(this.name, this.lastError === '' ? 'running' : 'failing');
      const { signal } = ending;
      const session: RunningSession = new RunningSession(
        ...([this.current.feed, state, held, this.options, this.pace, signal, isContinuous] as const),
        (waiting) => this.noteSuccess(held, waiting),
      );
      this.ending = ending;
      // Approved again while the mapping was being told.
      if (this.current.isOutdated) this.outdate();
      stopRenewing = this.lease.keepDuringRun(held, end, (request) => request === session.request);
      await session.publishPending();
      const { waiting } = await this.current.reader.run(session);
      await session.clearPending();
      await this.noteSuccess(held, waiting);
      return { outcome: 'done', changed: session.changed, waiting };
    } catch (error) {
      return await this.noteFailure(error);
    } finally {
      this.ending = null;
      stopRenewing();
      this.stopping.signal.removeEventListener('abort', end);
    }
  }

  private async runUntilStopped(): Promise<void> {
    const { signal } = this.stopping;
    const { clock, feed } = this.options;
    while (!signal.aborted) {
      const run = await this.runOnce(true);
      const now = clock.now();
      if (run.outcome === 'failed') await this.idleUntil(run.retryAt);
      else await this.idleUntil(now + (run.outcome === 'done' ? feed.document.every : LOOK_MS));
    }
  }

  /** Waits in short parts, keeps the lease meanwhile, and ends early when an operator asks for something. */
  private async idleUntil(at: number): Promise<void> {
    const { clock, store } = this.options;
    const { signal } = this.stopping;
    while (!signal.aborted && !this.current.isOutdated && clock.now() < at) {
      this.waking = new AbortController();
      await sleepUntil(clock, Math.min(at, clock.now() + LOOK_MS), this.waking.signal);
      if (signal.aborted || this.lease.current === null) return;
      try {
        await this.lease.hold();
        const state = await loadFeedState(store, this.name);
        if (state !== null && !state.paused && state.request !== '' && this.lastError === '') return;
      } catch (error) {
        // The run that follows meets the same trouble, notes it and backs off.
        this.options.logger.debug({ err: error, feed: this.name }, 'The lease of a feed could not be kept.');
      }
    }
  }

  private async noteSuccess(held: HeldFeed, waiting: number): Promise<void> {
    const { store, clock, logger, metrics } = this.options;
    const at = clock.now();
    await store.write((transaction) =>
      saveFeedProgress(transaction, held, { failures: 0, lastError: '', retryAt: null, lastRunAt: at }),
    );
    if (this.lastError !== '') logger.info({ feed: this.name }, 'The feed works again.');
    this.lastError = '';
    this.failures = 0;
    metrics?.is(this.name, 'running');
    metrics?.ran(this.name, at, waiting);
  }

  private async noteFailure(error: unknown): Promise<RunOutcome> {
    const { store, clock, logger, metrics, feed, chance } = this.options;
    if (error instanceof FeedLostError) {
      this.lease.forget();
      logger.warn({ feed: this.name }, 'Another process has taken the feed.');
      metrics?.is(this.name, 'standby');
      return { outcome: 'standby' };
    }
    const text = errorText(error);
    metrics?.failed(this.name);
    metrics?.is(this.name, 'failing');
    // The same trouble again is told by its metric, not by a line each time.
    if (text !== this.lastError)
      logger.warn({ feed: this.name, error: text }, 'A feed failed; it is tried again.');
    this.lastError = text;
    const at = clock.now();
    this.failures++;
    const retryAt = at + backOffMs(feed.document.retry, this.failures, chance());
    const held = this.lease.current;
    // Where the store itself is away the failure stays in the metric and the log.
    if (held !== null)
      await store
        .write((transaction) =>
          saveFeedProgress(transaction, held, { failures: this.failures, lastError: text, retryAt }),
        )
        .catch(() => undefined);
    return { outcome: 'failed', error, retryAt };
  }
}

/** One line, without credentials. */
function errorText(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  const code = error instanceof Error && 'code' in error ? `${String(error.code)}: ` : '';
  return withoutPassword(`${code}${text}`).replace(/\s+/g, ' ').slice(0, 500);
}
