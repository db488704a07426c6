import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { LogRecord } from '../event-log';
import { CuttableSockets } from './cut-sockets';
import { KafkaAssignment } from './kafka-assignment';
import { isFenced } from './kafka-client';
import { recordOf } from './record-of';
import type { SessionOptions } from './session-options';

/** How long a fetch waits for news at the broker. A partition whose pause is over waits for it, too. */
const FETCH_WAIT_MS = 200;
/** Often enough that a rebalance, or the death of another member, is noticed within about a second. */
const HEARTBEAT_MS = 1_000;

/**
 * One membership of a consumer group, from joining to leaving. A session that broke is not mended: the next is a new one.
 *
 * The group's rebalances wait for the batch in flight: nothing is handled but inside the client's own call for a batch,
 * and it joins again only when that has ended. So a batch is either handled and committed in the generation that it was
 * read in, or abandoned whole. Only a handler that takes longer than the rebalance time-out is overtaken; its commit is
 * then refused, which is no failure of the batch.
 */
export class KafkaSession {
  private readonly consumer: Consumer;
  private readonly assignment: KafkaAssignment;
  private readonly sockets = new CuttableSockets();
  private readonly timers = new Set<NodeJS.Timeout>();
  private closing = false;
  private hasJoined = false;
  /** Why the group must be joined again; batches that the client still has in hand are left alone meanwhile. */
  private lost: Error | null = null;

  constructor(private readonly options: SessionOptions) {
    const { subscribe } = options;
    this.assignment = new KafkaAssignment({
      subscribe,
      committed: options.committed,
      seek: (partition, offset) =>
        this.consumer.seek({ topic: subscribe.topic, partition, offset: String(offset) }),
      failed: (error) => this.crash(error),
    });
    this.consumer = options.client(this.sockets.factory).consumer({
      groupId: options.groupId,
      sessionTimeout: options.sessionTimeoutMs,
      rebalanceTimeout: options.rebalanceTimeoutMs,
      heartbeatInterval: HEARTBEAT_MS,
      maxWaitTimeInMs: FETCH_WAIT_MS,
      maxBytesPerPartition: 512 * 1024,
      maxBytes: 2 * 1024 ** 2,
      allowAutoTopicCreation: false,
      // Starting anew is our business: the client would do so for ever, and nobody would notice.
      retry: { ...options.retry, restartOnFailure: async () => false },
    });
  }

  /** Joins the group and begins to read. @throws Error when the brokers cannot be reached. */
  async open(): Promise<void> {
    const { consumer, options } = this;
    const { topic } = options.subscribe;
    consumer.on(consumer.events.GROUP_JOIN, ({ payload }) => {
      const partitions = payload.memberAssignment[topic] ?? [];
      this.lost = null;
      this.hasJoined = true;
      this.assignment.joined(partitions);
      options.events.joined(partitions.length);
    });
    consumer.on(consumer.events.CRASH, ({ payload }) => this.crash(payload.error));
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      // One batch of a partition at a time, of so many partitions: while the database works on one batch, the handler
      // thinks about another.
      partitionsConsumedConcurrently: options.subscribe.concurrency ?? 1,
      eachBatch: (payload) => this.take(payload),
    });
  }

  /** Finishes the batch in flight, leaves the group, and resolves when the subscriber knows. */
  async close(): Promise<void> {
    this.closing = true;
    // Not a member yet: there is nothing to finish, and nothing to wait for.
    if (!this.hasJoined) this.sockets.cut();
    await this.consumer.disconnect().catch(() => undefined);
    // Last: the batch in flight may have set one more.
    for (const timer of this.timers) clearTimeout(timer);
    this.assignment.left();
    await this.assignment.settled();
  }

  /** Whether the subscriber holds its partitions, and nothing is being read again that the group had read before. */
  async isCaughtUp(): Promise<boolean> {
    await this.assignment.settled();
    return this.hasJoined && this.assignment.isCaughtUp;
  }

  /** Cuts what was fetched of one partition into batches, and has each handled and committed. */
  private async take(payload: EachBatchPayload): Promise<void> {
    const { batch } = payload;
    await this.whileBeating(payload, () => this.assignment.settled());
    const { maxBatch } = this.options.subscribe;
    for (let from = 0; from < batch.messages.length; from += maxBatch) {
      if (this.lost !== null) throw this.lost;
      if (!payload.isRunning() || payload.isStale() || this.closing) return;
      const messages = batch.messages.slice(from, from + maxBatch);
      if (!(await this.handle(messages, payload))) return;
      await this.beat(payload);
    }
  }

  /** @returns whether the partition may go on. */
  private async handle(messages: KafkaMessage[], payload: EachBatchPayload): Promise<boolean> {
    const { topic, partition } = payload.batch;
    const records = messages.map((message) => recordOf(topic, partition, message));
    const pauseMs = await this.whileBeating(payload, () =>
      this.options.events.handle({ topic, partition, records }),
    );
    if (pauseMs !== null) {
      this.leaveAlone(payload.pause(), pauseMs);
      return false;
    }
    await this.commit(records, payload);
    return true;
  }

  private async commit(records: LogRecord[], payload: EachBatchPayload): Promise<void> {
    const last = records[records.length - 1];
    if (last === undefined) return;
    const { topic, partition, offset } = last;
    const place = { partition, offset: String(offset + 1) };
    try {
      await payload.commitOffsetsIfNecessary({ topics: [{ topic, partitions: [place] }] });
    } catch (error) {
      if (isFenced(error)) this.options.events.refused();
      throw this.noted(error);
    }
    payload.resolveOffset(String(offset));
    this.assignment.passed(partition, offset + 1);
    this.options.events.committed(records.length);
  }

  /** A rejected batch is read again after a pause, while the other partitions go on. */
  private leaveAlone(resume: () => void, pauseMs: number): void {
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      resume();
    }, pauseMs);
    this.timers.add(timer);
  }

  /** Keeps the membership alive during work. What it hears of the group is acted upon when the work is done. */
  private async whileBeating<T>(payload: EachBatchPayload, work: () => Promise<T>): Promise<T> {
    let last: Promise<void> = Promise.resolve();
    const timer = setInterval(() => {
      last = this.beat(payload).catch(() => undefined);
    }, HEARTBEAT_MS);
    try {
      return await work();
    } finally {
      clearInterval(timer);
      await last;
    }
  }

  private async beat(payload: EachBatchPayload): Promise<void> {
    try {
      await payload.heartbeat();
    } catch (error) {
      throw this.noted(error);
    }
  }

  private noted(error: unknown): Error {
    const known = error instanceof Error ? error : new Error(String(error));
    if (isFenced(known)) this.lost = known;
    return known;
  }

  private crash(error: unknown): void {
    if (this.closing) return;
    this.closing = true;
    this.options.events.crashed(error instanceof Error ? error : new Error(String(error)));
  }
}
