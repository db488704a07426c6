import { createLogger, SystemClock } from '@mingjian/runtime';
import type { EventLog } from '../../event-log';
import { KafkaSettings } from '../kafka-settings';
import { openKafkaLog, type KafkaLogOptions } from '../open-kafka-log';

/** A log on the brokers of a test; `settings` are as in the environment, without their prefix. */
export function openTestLog(
  brokers: readonly string[],
  settings: Readonly<Record<string, unknown>> = {},
  more: Pick<KafkaLogOptions, 'registry' | 'retry'> = {},
): Promise<EventLog> {
  return openKafkaLog({
    settings: KafkaSettings.parse({
      kafkaBrokers: brokers.join(','),
      kafkaPartitions: 4,
      // The shortest that brokers grant: a test waits for it.
      kafkaSessionTimeoutMs: 6_000,
      ...settings,
    }),
    clock: new SystemClock(),
    logger: createLogger({ level: process.env.MINGJIAN_TEST_LOG ?? 'silent' }),
    ...more,
  });
}
