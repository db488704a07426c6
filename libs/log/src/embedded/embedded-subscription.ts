import { setImmediate as nextTurn } from 'node:timers/promises';
import type { SubscribeOptions, Subscription } from '../event-log';
import type { LogFile } from './log-file';
import { whenNotBusy } from './when-not-busy';

/** Records appended by another process wake nobody here; they are found by looking. */
const POLL_MS = 200;
const LONGEST_BACKOFF_MS = 5_000;

interface Failure {
  attempts: number;
  retryAt: number;
  error: unknown;
}

/**
 * One group's reading of one topic. The loop and `drain` do the same rounds, one at a time.
 *
 * A round visits every partition once: read from the committed offset, handle, commit. A partition whose batch was
 * rejected waits for its pause while the others go on; order within a partition is never given up.
 */
export class EmbeddedSubscription implements Subscription {
  readonly failed: Promise<never>;
  private giveUp: (reason: Error) => void = () => undefined;
  private readonly failures = new Map<number, Failure>();
  private stopped = false;
  private gaveUp: Error | null = null;
  private loop: Promise<void> | null = null;
  /** Rounds stand in a queue, so that `drain` beside a running loop never handles a batch twice. */
  private queue: Promise<unknown> = Promise.resolve();
  private wakeLoop: () => void = () => undefined;
  private hasNews = true;

  constructor(
    private readonly file: LogFile,
    private readonly partitions: number,
    private readonly options: SubscribeOptions,
  ) {
    this.failed = new Promise<never>((_, reject) => (this.giveUp = reject));
    // Who listens to `failed` still hears it; who does not must not bring the process down through it.
    this.failed.catch(() => undefined);
  }

  get topic(): string {
    return this.options.topic;
  }

  async drain(): Promise<number> {
    let handled = 0;
    for (;;) {
      if (this.gaveUp !== null) throw this.gaveUp;
      if (this.stopped) return handled;
      const round = await this.inTurn(() => this.round());
      handled += round;
      if (round > 0) continue;
      const pause = this.pauseMs();
      if (pause === null) return handled;
      // Not unref'd: the caller waits for the end, and a process must not end under it.
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }

  start(): void {
    if (this.isOver) throw this.gaveUp ?? new Error('The subscription was stopped.');
    this.loop ??= this.run();
  }

  wake(): void {
    this.hasNews = true;
    this.wakeLoop();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.wakeLoop();
    await this.loop;
    await this.queue;
  }

  private get isOver(): boolean {
    return this.stopped || this.gaveUp !== null;
  }

  private async run(): Promise<void> {
    while (!this.isOver) {
      this.hasNews = false;
      const handled = await this.inTurn(() => this.round());
      if (handled > 0 || this.hasNews || this.isOver) continue;
      await this.sleep(Math.min(POLL_MS, this.pauseMs() ?? POLL_MS));
    }
  }

  /** Every partition once; returns the number of records handled. */
  private async round(): Promise<number> {
    let handled = 0;
    for (let partition = 0; partition < this.partitions && !this.isOver; partition++) {
      if ((this.failures.get(partition)?.retryAt ?? 0) > performance.now()) continue;
      handled += await this.handleBatch(partition);
    }
    return handled;
  }

  private async handleBatch(partition: number): Promise<number> {
    const { group, topic, maxBatch } = this.options;
    try {
      const from = this.file.committedOffset(group, topic, partition);
      const records = this.file.read(topic, partition, from, maxBatch);
      const last = records.at(-1);
      if (last === undefined) return 0;
      await this.options.handle({ topic, partition, records });
      await whenNotBusy(() => this.file.commit(group, topic, partition, last.offset + 1));
      this.failures.delete(partition);
      // Reading and writing here do not wait for anything: let timers and requests have their turn.
      await nextTurn();
      return records.length;
    } catch (error) {
      this.noteFailure(partition, error);
      return 0;
    }
  }

  private noteFailure(partition: number, error: unknown): void {
    const attempts = (this.failures.get(partition)?.attempts ?? 0) + 1;
    const pause = Math.min(LONGEST_BACKOFF_MS, (this.options.backoffMs ?? 100) * 2 ** (attempts - 1));
    this.failures.set(partition, { attempts, retryAt: performance.now() + pause, error });
    if (attempts < (this.options.maxAttempts ?? 10) || this.stopped) return;
    const { group, topic } = this.options;
    this.gaveUp = new Error(
      `Group ${group} gave up topic ${topic}, partition ${partition}, after ${attempts} attempts: ${messageOf(error)}`,
      { cause: error },
    );
    this.giveUp(this.gaveUp);
  }

  /** Milliseconds until a rejected batch may be tried again; null when none waits. */
  private pauseMs(): number | null {
    if (this.failures.size === 0) return null;
    const next = Math.min(...[...this.failures.values()].map((failure) => failure.retryAt));
    return Math.max(1, Math.ceil(next - performance.now()));
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.queue.then(work);
    this.queue = result.catch(() => undefined);
    return result;
  }

  private sleep(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      // A loop that only waits is no reason for a process to stay.
      timer.unref();
      this.wakeLoop = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
