import { setTimeout as pause } from 'node:timers/promises';
import { TOPICS } from '@mingjian/contracts';
import type { Asking } from './asking';
import { typeOf } from './kafka-client';

/** Largest record, bytes: a body that is refused goes to quarantine whole, and the largest body is a setting. */
export const MAX_MESSAGE_BYTES = 16 * 1024 ** 2;

/** How long a new topic may take to have its leaders. */
const PATIENCE_MS = 15_000;

/** Copies of a topic where there are brokers enough: one may be away for its upgrade and another may fail. */
const USUAL_COPIES = 3;

/**
 * Makes the topics that are used, once each, with the settings that the product counts on.
 * A topic that is there is left as it is; only its number of partitions is checked, because with another number the same
 * key would go elsewhere and its order would be lost.
 */
export class KafkaTopics {
  private readonly known = new Map<string, Promise<void>>();

  constructor(
    private readonly brokers: Asking,
    private readonly partitions: number,
    private readonly replicationFactor: number | undefined,
    private readonly compression: 'none' | 'gzip',
  ) {}

  /** @throws Error when the topic has another number of partitions, or cannot be made. */
  ensure(topic: string): Promise<void> {
    let known = this.known.get(topic);
    if (known === undefined) {
      known = this.make(topic);
      this.known.set(topic, known);
      // What failed is tried again by the next who needs it.
      known.catch(() => this.known.delete(topic));
    }
    return known;
  }

  private async make(topic: string): Promise<void> {
    // Looked up first: on a careful site this client may not create topics, and need not where they are there.
    if (!(await this.brokers.ask((admin) => admin.listTopics())).includes(topic)) await this.create(topic);
    const found = await this.partitionsOf(topic);
    if (found !== this.partitions)
      throw new Error(
        `Kafka topic ${topic}: expected ${found} partitions, got ${this.partitions} — a topic keeps the number it was made with; set MINGJIAN_KAFKA_PARTITIONS=${found}`,
      );
  }

  /** A topic that was just made is not known to every broker at once, nor does each partition have its leader. */
  private async partitionsOf(topic: string): Promise<number> {
    const giveUpAt = performance.now() + PATIENCE_MS;
    for (;;) {
      try {
        const { topics } = await this.brokers.ask((admin) => admin.fetchTopicMetadata({ topics: [topic] }));
        const partitions = topics[0]?.partitions ?? [];
        if (partitions.every(({ leader }) => leader >= 0)) return partitions.length;
      } catch (error) {
        if (performance.now() > giveUpAt || !isNotYetKnown(error)) throw error;
      }
      if (performance.now() > giveUpAt)
        throw new Error(`Kafka topic ${topic} has no leader for one of its partitions.`);
      await pause(50);
    }
  }

  private async create(topic: string): Promise<void> {
    const { brokers } = await this.brokers.ask((admin) => admin.describeCluster());
    const copies = this.replicationFactor ?? Math.min(USUAL_COPIES, brokers.length);
    // False means that another process was faster, which is as good.
    await this.brokers.ask((admin) =>
      admin.createTopics({
        waitForLeaders: false,
        topics: [
          {
            topic,
            numPartitions: this.partitions,
            replicationFactor: copies,
            configEntries: Object.entries(settingsOf(topic, copies, this.compression)).map(
              ([name, value]) => ({
                name,
                value,
              }),
            ),
          },
        ],
      }),
    );
  }
}

function isNotYetKnown(error: unknown): boolean {
  return ['UNKNOWN_TOPIC_OR_PARTITION', 'LEADER_NOT_AVAILABLE'].includes(typeOf(error));
}

/** Settings of a topic that is created; `docs/operations.md` says what follows from them. */
function settingsOf(topic: string, copies: number, compression: 'none' | 'gzip'): Record<string, string> {
  return {
    // The instant at which the log took a record is the log's, not the writer's.
    'message.timestamp.type': 'LogAppendTime',
    // Not the writer's choice: the broker turns what others wrote with a codec that we cannot read into one that we can.
    'compression.type': compression === 'gzip' ? 'gzip' : 'uncompressed',
    'max.message.bytes': String(MAX_MESSAGE_BYTES),
    // With one copy missing writing goes on; with two it stops rather than acknowledge what one machine alone has.
    'min.insync.replicas': String(Math.max(1, copies - 1)),
    'unclean.leader.election.enable': 'false',
    // Every verdict can be rebuilt from the log: nothing of it goes by itself. Of a source's signs of life only the
    // newest matters.
    ...(topic === TOPICS.sourceHeartbeats
      ? { 'cleanup.policy': 'compact' }
      : { 'cleanup.policy': 'delete', 'retention.ms': '-1', 'retention.bytes': '-1' }),
  };
}
