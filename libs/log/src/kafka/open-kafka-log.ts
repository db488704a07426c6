import type { Clock, Logger } from '@mingjian/runtime';
import type { Kafka, RetryOptions } from 'kafkajs';
import type { Registry } from 'prom-client';
import type { EventLog, NewRecord, SubscribeOptions, Subscription } from '../event-log';
import { partitionOfKey } from '../murmur2';
import { Asking } from './asking';
import { committedOffsets } from './committed-offsets';
import { ConsumerNotes } from './consumer-notes';
import { KafkaAppender } from './kafka-appender';
import { kafkaClient, USUAL_RETRY, WRITE_RETRY } from './kafka-client';
import { KafkaMetrics } from './kafka-metrics';
import type { KafkaSettings } from './kafka-settings';
import { KafkaSubscription } from './kafka-subscription';
import { KafkaTopics } from './kafka-topics';
import { rewindGroup } from './rewind-group';
import { tlsHint } from './tls-hint';

export interface KafkaLogOptions {
  settings: KafkaSettings;
  /** Stamps the metric of the last commit only; records are stamped by the brokers. */
  clock: Clock;
  logger: Logger;
  /** Where the consumers are counted; a registry serves one log. */
  registry?: Registry;
  /** How long requests are tried again; by default a write about a quarter of a minute, all else a few seconds. */
  retry?: RetryOptions;
}

/**
 * The name of a group at the brokers: one for each topic it reads. Members of one Kafka group that read different topics
 * would be given partitions of topics that they do not read, and those of others would be read by nobody.
 */
export function groupIdOf(group: string, topic: string): string {
  return `${group}.${topic}`;
}

/**
 * The event log on Apache Kafka. Meets the contract of the port.
 * Guarantees beyond it: consumers of one group share the partitions, each read by one at a time.
 * Not guaranteed: that one call of `append` is written whole or not at all. One that rejected may have been written in
 * part, or wholly; to append it again makes repeats, which change no verdict.
 */
class KafkaLog implements EventLog {
  readonly isShared = true;
  private readonly appender: KafkaAppender;
  private readonly topics: KafkaTopics;
  private readonly metrics: KafkaMetrics | null;
  private readonly subscriptions = new Set<KafkaSubscription>();
  private closed = false;

  constructor(
    private readonly kafka: Kafka,
    private readonly brokers: Asking,
    private readonly options: KafkaLogOptions,
  ) {
    const { kafkaPartitions, kafkaReplicationFactor, kafkaCompression } = options.settings;
    this.topics = new KafkaTopics(brokers, kafkaPartitions, kafkaReplicationFactor, kafkaCompression);
    this.metrics = options.registry === undefined ? null : new KafkaMetrics(options.registry);
    this.appender = new KafkaAppender({
      kafka,
      retry: options.retry ?? WRITE_RETRY,
      topics: this.topics,
      compression: kafkaCompression,
      partitionOf: (key) => this.partitionOf(key),
    });
  }

  get partitions(): number {
    return this.options.settings.kafkaPartitions;
  }

  append(topic: string, records: readonly NewRecord[]): Promise<void> {
    return this.appender.append(topic, records);
  }

  subscribe(subscribe: SubscribeOptions): Subscription {
    if (this.closed) throw new Error('The event log is closed.');
    const { settings, clock, logger } = this.options;
    const { group, topic } = subscribe;
    const subscription = new KafkaSubscription(subscribe, {
      client: (socketFactory) =>
        kafkaClient(settings, logger, this.options.retry ?? USUAL_RETRY, socketFactory),
      retry: this.options.retry ?? USUAL_RETRY,
      groupId: groupIdOf(group, topic),
      sessionTimeoutMs: settings.kafkaSessionTimeoutMs,
      rebalanceTimeoutMs: settings.kafkaRebalanceTimeoutMs,
      maxRestarts: settings.kafkaMaxRestarts,
      notes: new ConsumerNotes({ group, topic }, { clock, logger, metrics: this.metrics }),
      committed: () => this.committed(group, topic),
      waiting: async () => [...(await this.lag(group, topic)).values()].reduce((sum, n) => sum + n, 0),
      ensureTopic: () => this.topics.ensure(topic),
    });
    this.subscriptions.add(subscription);
    return subscription;
  }

  async lag(group: string, topic: string): Promise<Map<number, number>> {
    await this.topics.ensure(topic);
    // Commits first: what is appended in between then counts as waiting, and never the other way round.
    const committed = await this.committed(group, topic);
    const ends = await this.brokers.ask((admin) => admin.fetchTopicOffsets(topic));
    const lag = ends.map(({ partition, low, high }): [number, number] => {
      const from = Math.max(committed.get(partition) ?? 0, Number(low));
      return [partition, Math.max(0, Number(high) - from)];
    });
    return new Map(lag.sort(([a], [b]) => a - b));
  }

  async rewind(group: string, topic: string, partition: number, offset: number): Promise<boolean> {
    await this.topics.ensure(topic);
    const at = (await this.committed(group, topic)).get(partition) ?? 0;
    if (at <= offset) return false;
    await rewindGroup(this.kafka, this.brokers, {
      groupId: groupIdOf(group, topic),
      topic,
      partition,
      offset,
    });
    return true;
  }

  partitionOf(key: string): number {
    return partitionOfKey(key, this.partitions);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    await this.appender.close();
    await this.brokers.close();
  }

  private committed(group: string, topic: string): Promise<Map<number, number>> {
    return committedOffsets(this.brokers, groupIdOf(group, topic), topic);
  }
}

/**
 * Opens the log on Kafka. Topics are made at their first use.
 * @throws Error naming the brokers when none can be reached, or the setting that cannot be used.
 */
export async function openKafkaLog(options: KafkaLogOptions): Promise<EventLog> {
  const { settings, logger } = options;
  const kafka = kafkaClient(settings, logger, options.retry ?? USUAL_RETRY);
  const brokers = new Asking(kafka);
  try {
    await brokers.ask((admin) => admin.describeCluster());
  } catch (error) {
    // What OpenSSL says ends with a line end.
    const reason = (error instanceof Error ? error.message : String(error)).trim();
    const hint = tlsHint(reason, settings) ?? 'see MINGJIAN_KAFKA_BROKERS and the settings beside it';
    throw new Error(`Kafka at ${settings.kafkaBrokers.join(', ')} cannot be used: ${reason} — ${hint}`, {
      cause: error,
    });
  }
  return new KafkaLog(kafka, brokers, options);
}
