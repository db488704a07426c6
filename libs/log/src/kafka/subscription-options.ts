import type { ISocketFactory, Kafka, RetryOptions } from 'kafkajs';
import type { ConsumerNotes } from './consumer-notes';

/** What a subscription takes from the log it belongs to. */
export interface SubscriptionOptions {
  /** A client whose connections are made by the factory. */
  client: (socketFactory: ISocketFactory) => Kafka;
  retry: RetryOptions;
  groupId: string;
  sessionTimeoutMs: number;
  rebalanceTimeoutMs: number;
  maxRestarts: number;
  notes: ConsumerNotes;
  /** The next offsets that the group has committed; a partition without a commit is missing. */
  committed: () => Promise<ReadonlyMap<number, number>>;
  /** Records that the group has not committed, over all partitions. */
  waiting(): Promise<number>;
  ensureTopic(): Promise<void>;
}
