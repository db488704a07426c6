import { CompressionTypes, type Kafka, type Producer, type RecordMetadata, type RetryOptions } from 'kafkajs';
import type { NewRecord } from '../event-log';
import { MAX_MESSAGE_BYTES, type KafkaTopics } from './kafka-topics';

/** What goes out in one request, bytes of keys and values; a request holds one batch for each partition. */
const SEND_BYTES = 4 * 1024 ** 2;
/** Requests for one batch before whoever appended is told that it failed. */
const MAX_ATTEMPTS = 5;
/** What the brokers add to a record, and more. */
const OVERHEAD_BYTES = 512;

interface Append {
  /** Records not yet acknowledged. */
  open: number;
  resolve: () => void;
  reject: (reason: unknown) => void;
}

interface Outgoing extends NewRecord {
  topic: string;
  partition: number;
  bytes: number;
  append: Append;
}

export interface AppenderOptions {
  kafka: Kafka;
  retry: RetryOptions;
  topics: KafkaTopics;
  compression: 'none' | 'gzip';
  partitionOf: (key: string) => number;
}

/**
 * Writes records with an idempotent producer that waits for all replicas in sync.
 *
 * One request at a time, and what is appended meanwhile goes out together with the next. That is a matter of safety
 * first: the client numbers the batches of a partition, and takes a number back when a request fails. A second request
 * in flight could then be given a number that the broker has seen, be taken for a repeat, and be acknowledged without
 * having been written. For the same reason a producer whose request failed for good is not used again.
 */
export class KafkaAppender {
  private waiting: Outgoing[] = [];
  private working: Promise<void> | null = null;
  private producer: Producer | null = null;
  private closed = false;

  constructor(private readonly options: AppenderOptions) {}

  /** Resolves when every record is acknowledged by all replicas in sync. */
  append(topic: string, records: readonly NewRecord[]): Promise<void> {
    if (this.closed) return Promise.reject(new Error('The event log is closed.'));
    if (records.length === 0) return Promise.resolve();
    return new Promise((resolve, reject) => {
      const append: Append = { open: records.length, resolve, reject };
      const outgoing = records.map(({ key, value }) => ({
        topic,
        partition: this.options.partitionOf(key),
        key,
        value,
        bytes: Buffer.byteLength(key) + Buffer.byteLength(value),
        append,
      }));
      const large = outgoing.find(({ bytes }) => bytes + OVERHEAD_BYTES > MAX_MESSAGE_BYTES);
      if (large !== undefined) {
        reject(
          new Error(`A record of ${large.bytes} bytes is larger than a topic takes (${MAX_MESSAGE_BYTES}).`),
        );
        return;
      }
      for (const record of outgoing) this.waiting.push(record);
      this.working ??= this.work();
    });
  }

  /** Waits for what was appended, and appends nothing after. */
  async close(): Promise<void> {
    this.closed = true;
    await this.working;
    await this.producer?.disconnect();
    this.producer = null;
  }

  private async work(): Promise<void> {
    // Calls of one turn share a request.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) {
      const chunk = takeChunk(this.waiting);
      this.waiting = this.waiting.slice(chunk.length);
      try {
        await this.send(chunk);
        for (const { append } of chunk) if (--append.open === 0) append.resolve();
      } catch (error) {
        for (const { append } of chunk) append.reject(error);
        await this.discardProducer();
      }
    }
    this.working = null;
  }

  /**
   * Sends until every partition is acknowledged. The client answers for the brokers that it has heard of: where the leader
   * of a partition moves to one of them between two attempts, the rest of the request is forgotten, and the answer looks
   * like success. What was forgotten goes out again, as the same batch with the same number: written twice it would be
   * taken for a repeat.
   */
  private async send(chunk: readonly Outgoing[]): Promise<void> {
    let left = chunk;
    for (let attempt = 1; left.length > 0; attempt++) {
      const acknowledged = await this.request(left);
      left = withoutAcknowledged(left, acknowledged);
      const [first] = left;
      if (first !== undefined && attempt === MAX_ATTEMPTS)
        throw new Error(
          `Kafka did not acknowledge partition ${first.partition} of ${first.topic}; the records may or may not be there, append them again.`,
        );
    }
  }

  private async request(records: readonly Outgoing[]): Promise<RecordMetadata[]> {
    const byTopic = new Map<string, Outgoing[]>();
    for (const record of records) {
      const same = byTopic.get(record.topic);
      if (same === undefined) byTopic.set(record.topic, [record]);
      else same.push(record);
    }
    for (const topic of byTopic.keys()) await this.options.topics.ensure(topic);
    this.producer ??= await this.openProducer();
    return this.producer.sendBatch({
      acks: -1,
      compression: this.options.compression === 'gzip' ? CompressionTypes.GZIP : CompressionTypes.None,
      topicMessages: [...byTopic].map(([topic, ofTopic]) => ({
        topic,
        messages: ofTopic.map(({ key, value, partition }) => ({ key, value, partition })),
      })),
    });
  }

  private async openProducer(): Promise<Producer> {
    const producer = this.options.kafka.producer({
      idempotent: true,
      maxInFlightRequests: 1,
      allowAutoTopicCreation: false,
      retry: this.options.retry,
      createPartitioner:
        () =>
        ({ message }) =>
          message.partition ?? 0,
    });
    await producer.connect();
    return producer;
  }

  private async discardProducer(): Promise<void> {
    const producer = this.producer;
    this.producer = null;
    await producer?.disconnect().catch(() => undefined);
  }
}

function takeChunk(waiting: readonly Outgoing[]): Outgoing[] {
  let bytes = 0;
  let end = 0;
  while (end < waiting.length) {
    bytes += (waiting[end]?.bytes ?? 0) + OVERHEAD_BYTES;
    if (end > 0 && bytes > SEND_BYTES) break;
    end++;
  }
  return waiting.slice(0, end);
}

function withoutAcknowledged(
  records: readonly Outgoing[],
  acknowledged: readonly RecordMetadata[],
): readonly Outgoing[] {
  const told = new Set(
    acknowledged
      .filter(({ errorCode }) => errorCode === 0)
      .map(({ topicName, partition }) => `${topicName}/${partition}`),
  );
  return records.filter(({ topic, partition }) => !told.has(`${topic}/${partition}`));
}
