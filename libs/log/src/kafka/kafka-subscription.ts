import type { LogBatch, SubscribeOptions, Subscription } from '../event-log';
import { BatchAttempts, reasonOf } from './batch-attempts';
import { KafkaSession } from './kafka-session';
import type { SubscriptionOptions } from './subscription-options';

const LONGEST_BACKOFF_MS = 5_000;
/** How often `drain` asks whether anything is left. */
const LOOK_MS = 50;
/** A session that lived as long was well: what breaks it then is a new trouble, with its own count of restarts. */
const STEADY_MS = 60_000;
/** A partition that was given up stays alone until the session has ended. */
const UNTIL_THE_END_MS = 86_400_000;

/**
 * One group's reading of one topic. It is a member of the group while its loop runs or something is being drained, and
 * no longer: a member that does not read would hold partitions back from others.
 *
 * A session that breaks down is followed by another, after a pause that grows. After so many in a row without a batch
 * committed the subscription gives up: a process that cannot read must end, not look healthy.
 */
export class KafkaSubscription implements Subscription {
  readonly failed: Promise<never>;
  private giveUp: (reason: Error) => void = () => undefined;
  private readonly attempts: BatchAttempts;
  private gaveUp: Error | null = null;
  private stopped = false;
  private started = false;
  private drains = 0;
  private handled = 0;
  private restarts = 0;
  private session: KafkaSession | null = null;
  private loop: Promise<void> | null = null;
  private endSession: () => void = () => undefined;

  constructor(
    private readonly subscribe: SubscribeOptions,
    private readonly options: SubscriptionOptions,
  ) {
    this.attempts = new BatchAttempts(subscribe);
    this.failed = new Promise<never>((_, reject) => (this.giveUp = reject));
    // Who listens to `failed` still hears it; who does not must not bring the process down through it.
    this.failed.catch(() => undefined);
  }

  async drain(): Promise<number> {
    const before = this.handled;
    this.drains++;
    try {
      // Who wants to know what it holds may have to read again what the group had committed: that takes a session.
      if (this.subscribe.onAssigned === undefined && (await this.isEmpty())) return 0;
      this.run();
      while (!this.isOver && !(await this.isDrained())) await sleep(LOOK_MS);
    } finally {
      this.drains--;
      if (!this.isWanted) await this.leave();
    }
    if (this.gaveUp !== null) throw this.gaveUp;
    return this.handled - before;
  }

  start(): void {
    if (this.isOver) throw this.gaveUp ?? new Error('The subscription was stopped.');
    this.started = true;
    this.run();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.leave();
  }

  private get isOver(): boolean {
    return this.stopped || this.gaveUp !== null;
  }

  private get isWanted(): boolean {
    return !this.isOver && (this.started || this.drains > 0);
  }

  private async isEmpty(): Promise<boolean> {
    // While the brokers are away nobody knows; the session's restarts decide how long to wait for them.
    return (await this.options.waiting().catch(() => 1)) === 0;
  }

  private async isDrained(): Promise<boolean> {
    const { session } = this;
    return session !== null && (await session.isCaughtUp()) && (await this.isEmpty());
  }

  private run(): void {
    this.loop ??= this.sessions().finally(() => {
      this.loop = null;
      // Somebody may have asked for a session when the loop had just seen that nobody did.
      if (this.isWanted) this.run();
    });
  }

  private async leave(): Promise<void> {
    this.endSession();
    await this.loop;
  }

  /** One session after the other, while there is need of one. */
  private async sessions(): Promise<void> {
    // A turn later: whoever called is done with its own bookkeeping then.
    await Promise.resolve();
    while (this.isWanted) {
      const begin = performance.now();
      const error = await this.oneSession();
      if (error === null) continue;
      if (performance.now() - begin > STEADY_MS) this.restarts = 0;
      await this.restartAfter(error);
    }
  }

  /** @returns what broke the session; null when it was no longer needed. */
  private async oneSession(): Promise<Error | null> {
    const { options } = this;
    const { client, retry, groupId, sessionTimeoutMs, rebalanceTimeoutMs } = options;
    let crashed: (error: Error) => void = () => undefined;
    const ended = new Promise<Error | null>((resolve) => {
      crashed = resolve;
      this.endSession = () => resolve(null);
    });
    // It may have become superfluous before there was anything to end.
    if (!this.isWanted) return null;
    const session = new KafkaSession({
      ...{ client, retry, groupId, sessionTimeoutMs, rebalanceTimeoutMs, subscribe: this.subscribe },
      committed: options.committed,
      events: {
        handle: (batch) => this.handle(batch),
        joined: (partitions) => options.notes.joined(partitions),
        committed: (records) => this.noteCommit(records),
        refused: () => options.notes.refused(),
        crashed,
      },
    });
    this.session = session;
    try {
      await options.ensureTopic();
      // A group that is rebalancing lets a newcomer wait for up to a minute; a stop must not.
      const opening = session.open().then(() => ended);
      opening.catch(() => undefined);
      return await Promise.race([opening, ended]);
    } catch (error) {
      return error instanceof Error ? error : new Error(String(error));
    } finally {
      this.session = null;
      await session.close();
      options.notes.left();
      this.attempts.forget();
    }
  }

  private async restartAfter(error: Error): Promise<void> {
    const { group, topic } = this.subscribe;
    this.restarts++;
    this.options.notes.brokeDown(this.restarts, error);
    if (this.restarts > this.options.maxRestarts) {
      const what = `Group ${group} gave up topic ${topic} after ${this.restarts} attempts`;
      this.end(new Error(`${what}: ${reasonOf(error)}`, { cause: error }));
      return;
    }
    await this.sleepUnlessEnded(Math.min(LONGEST_BACKOFF_MS, 100 * 2 ** this.restarts));
  }

  private async handle(batch: LogBatch): Promise<number | null> {
    if (this.isOver) return UNTIL_THE_END_MS;
    try {
      await this.subscribe.handle(batch);
      this.attempts.succeeded(batch.partition);
      return null;
    } catch (error) {
      this.options.notes.rejected();
      const pauseMs = this.attempts.failed(batch.partition);
      if (pauseMs !== null || this.stopped) return pauseMs ?? UNTIL_THE_END_MS;
      this.end(this.attempts.givenUp(batch.partition, error));
      return UNTIL_THE_END_MS;
    }
  }

  private noteCommit(records: number): void {
    this.handled += records;
    this.restarts = 0;
    this.options.notes.committed();
  }

  private end(reason: Error): void {
    if (this.gaveUp !== null) return;
    this.gaveUp = reason;
    this.giveUp(reason);
    this.endSession();
  }

  private sleepUnlessEnded(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.endSession = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
