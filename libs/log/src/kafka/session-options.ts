import type { ISocketFactory, Kafka, RetryOptions } from 'kafkajs';
import type { LogBatch, SubscribeOptions } from '../event-log';

/** What a session tells its subscription. */
export interface SessionEvents {
  /** Handles a batch. @returns null when it is done, or how long to leave its partition alone, milliseconds. */
  handle(batch: LogBatch): Promise<number | null>;
  joined(partitions: number): void;
  committed(records: number): void;
  /** A commit was refused, because the group has changed hands; the batch comes again, here or elsewhere. */
  refused(): void;
  /** The session is over and will not mend itself. Called once, never after `close`. */
  crashed: (error: Error) => void;
}

export interface SessionOptions {
  /** A client whose connections are made by the factory. */
  client: (socketFactory: ISocketFactory) => Kafka;
  retry: RetryOptions;
  groupId: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  subscribe: SubscribeOptions;
  events: SessionEvents;
  /** The next offsets that the group has committed. */
  committed: () => Promise<ReadonlyMap<number, number>>;
}
