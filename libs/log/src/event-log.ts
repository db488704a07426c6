/**
 * The event-log port. One contract, two adapters: embedded (SQLite) and Kafka.
 *
 * Terms: a *topic* has numbered *partitions*; records with one key go to one partition and keep their order; an
 * *offset* is a record's place in its partition; a *group* of consumers remembers, per partition, the next offset.
 */
export interface LogRecord {
  topic: string;
  partition: number;
  offset: number;
  key: string;
  value: string;
  /** When the log took the record, epoch milliseconds. */
  appendedAt: number;
}

export interface NewRecord {
  key: string;
  value: string;
}

/** Records of one partition, in order of offset. */
export interface LogBatch {
  topic: string;
  partition: number;
  records: LogRecord[];
}

export interface SubscribeOptions {
  group: string;
  topic: string;
  /** Most records in one batch. */
  maxBatch: number;
  /**
   * Handles one batch. The offset is committed after the promise resolves, never before: a crash in between
   * delivers the batch again (at least once). When it rejects, the batch is delivered again after a pause; after
   * `maxAttempts` rejections in a row the subscription ends and `failed` tells.
   */
  handle(batch: LogBatch): Promise<void>;
  /**
   * Most partitions that are handled at once, each in order and one batch at a time. Default 1. An adapter may handle one
   * after another all the same.
   */
  concurrency?: number;
  /** Rejections in a row of one batch before the subscription gives up. Default 10, about 20 seconds. */
  maxAttempts?: number;
  /** Pause before the second attempt, milliseconds; doubles each time, up to 5 s. Default 100. */
  backoffMs?: number;
  /**
   * Of a shared log: called with the partitions that this consumer handles from now on, before the first record of
   * them. What it returns says, per partition, the next offset that the consumer's own store needs: where that is
   * earlier than the committed one, reading begins there.
   */
  onAssigned?(partitions: readonly number[]): Promise<ReadonlyMap<number, number>>;
  /** Of a shared log: called with the partitions that another consumer handles from now on. */
  onRevoked?(partitions: readonly number[]): void;
}

export interface Subscription {
  /**
   * Handles what is there now, until nothing is left, and returns the number of records.
   * For tests, imports and shutdown: the loop does the same.
   */
  drain(): Promise<number>;
  /** Starts the loop: every new record is handled soon after it was appended. */
  start(): void;
  /** Stops fetching, waits for the batch in flight, and ends. */
  stop(): Promise<void>;
  /** Rejects when the subscription gave up; never resolves otherwise. */
  readonly failed: Promise<never>;
}

export interface EventLog {
  readonly partitions: number;
  /**
   * Whether consumers of one group in several processes share the partitions. Where they do not, all are the one
   * consumer's from the beginning, and nobody is told.
   */
  readonly isShared: boolean;
  /**
   * Resolves when the records are durable: they survive `kill -9` and loss of power.
   * Records of one call keep their order within a key; calls made one after the other do too.
   */
  append(topic: string, records: readonly NewRecord[]): Promise<void>;
  subscribe(options: SubscribeOptions): Subscription;
  /** Records that a group has not committed, per partition. */
  lag(group: string, topic: string): Promise<Map<number, number>>;
  /**
   * Sets a group's place in a partition back to `offset`, so that it reads again what it had committed; a place that is
   * not later stays. To be called while the group has no subscription running.
   * @returns whether the place was later.
   */
  rewind(group: string, topic: string, partition: number, offset: number): Promise<boolean>;
  /** The partition that a key belongs to: murmur2, as Kafka's default partitioner. */
  partitionOf(key: string): number;
  close(): Promise<void>;
}

/** The numbers of all partitions: each is a shard of the cases. */
export function shardsOf({ partitions }: Pick<EventLog, 'partitions'>): number[] {
  return Array.from({ length: partitions }, (_, shard) => shard);
}
