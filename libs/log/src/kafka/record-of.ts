import type { KafkaMessage } from 'kafkajs';
import type { LogRecord } from '../event-log';

/** A record as the port knows it. What is no UTF-8 comes with replacement characters, and a missing key or value is empty. */
export function recordOf(topic: string, partition: number, message: KafkaMessage): LogRecord {
  return {
    topic,
    partition,
    offset: Number(message.offset),
    key: message.key?.toString('utf8') ?? '',
    value: message.value?.toString('utf8') ?? '',
    appendedAt: Number(message.timestamp),
  };
}
