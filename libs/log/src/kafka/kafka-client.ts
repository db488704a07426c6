import type { Logger } from '@mingjian/runtime';
import { Kafka, logLevel, type ISocketFactory, type LogEntry, type RetryOptions } from 'kafkajs';
import { connectionOf, type KafkaSettings } from './kafka-settings';

/** Retries of a write: about a quarter of a minute, then whoever wrote decides. A restart of a broker takes less. */
export const WRITE_RETRY: RetryOptions = { initialRetryTime: 100, maxRetryTime: 2_000, retries: 10 };

/**
 * Retries of everything else: a few seconds. Somebody waits for an answer; and a consumer whose coordinator died does not
 * look for the new one before it has given the old one up.
 */
export const USUAL_RETRY: RetryOptions = { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 };

/**
 * A client of the brokers.
 * @throws Error naming a setting that cannot be used.
 */
export function kafkaClient(
  settings: KafkaSettings,
  logger: Logger,
  retry: RetryOptions,
  socketFactory?: ISocketFactory,
): Kafka {
  return new Kafka({
    ...connectionOf(settings),
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    retry,
    ...(socketFactory === undefined ? {} : { socketFactory }),
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

/** Kafka's name for what went wrong, of the error or of the one that it wraps; empty where it is none of Kafka's. */
export function typeOf(error: unknown): string {
  if (!(error instanceof Error)) return '';
  if ('type' in error && typeof error.type === 'string') return error.type;
  return typeOf(error.cause);
}
