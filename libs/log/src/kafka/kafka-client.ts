import type { Logger } from '@mingjian/runtime';
import { Kafka, logLevel, type LogEntry, type RetryOptions } from 'kafkajs';
import { connectionOf, type KafkaSettings } from './kafka-settings';

/** Retries of a request: about a quarter of a minute, then whoever asked decides. A restart of a broker takes less. */
export const REQUEST_RETRY: RetryOptions = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 10 };

/** Questions that somebody waits for, and the first connection of a process: a few seconds. */
export const QUESTION_RETRY: RetryOptions = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 };

/**
 * A client of the brokers.
 * @throws Error naming a setting that cannot be used.
 */
export function kafkaClient(settings: KafkaSettings, logger: Logger, retry: RetryOptions): Kafka {
  return new Kafka({
    ...connectionOf(settings),
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    retry,
    logLevel: logLevel.WARN,
    logCreator: () => (entry) => passOn(entry, logger),
  });
}

/**
 * The client calls an error whatever it will try again, every rebalance too. What comes of it is told by us; its own
 * lines are for who looks closely.
 */
function passOn({ namespace, log }: LogEntry, logger: Logger): void {
  const fields = Object.entries(log).filter(([name]) => !OUR_OWN.has(name));
  logger.debug({ client: namespace, ...Object.fromEntries(fields) }, log.message);
}

/** Members of the client's log entries that our lines have already, or that nobody needs. */
const OUR_OWN = new Set(['message', 'timestamp', 'logger', 'stack']);

/** The group has taken partitions away from this member, or is about to: a commit may come too late. */
export function isFenced(error: unknown): boolean {
  return FENCED.has(typeOf(error));
}

const FENCED = new Set([
  'REBALANCE_IN_PROGRESS',
  'ILLEGAL_GENERATION',
  'UNKNOWN_MEMBER_ID',
  'FENCED_INSTANCE_ID',
  'NOT_COORDINATOR_FOR_GROUP',
]);

function typeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'type' in error ? String(error.type) : '';
}
