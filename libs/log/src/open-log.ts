import { loadConfig, Settings } from '@mingjian/runtime';
import { z } from 'zod';
import { openEmbeddedLog } from './embedded/open-embedded-log';
import type { EventLog } from './event-log';
import { KafkaSettings } from './kafka/kafka-settings';
import { openKafkaLog, type KafkaLogOptions } from './kafka/open-kafka-log';

/** The settings of a process, with those of Kafka where brokers are named. */
export interface ProcessSettings {
  settings: Settings;
  /** Null: the embedded log. */
  kafka: KafkaSettings | null;
}

/** Reads the settings of a process. @throws ConfigError with everything that is wrong, also in what Kafka needs. */
export function loadProcessSettings(): ProcessSettings {
  const { kafkaBrokers } = loadConfig(z.object({ kafkaBrokers: Settings.shape.kafkaBrokers }));
  if (kafkaBrokers === '') return { settings: loadConfig(Settings), kafka: null };
  const both = loadConfig(Settings.extend(KafkaSettings.shape));
  return { settings: { ...both, kafkaBrokers }, kafka: both };
}

/** Opens the log that the settings name: Kafka, or the embedded one in `file`. */
export async function openLog(
  { settings, kafka }: ProcessSettings,
  file: string,
  ports: Omit<KafkaLogOptions, 'settings' | 'retry'>,
): Promise<EventLog> {
  if (kafka !== null) return openKafkaLog({ settings: kafka, ...ports });
  return openEmbeddedLog({ file, partitions: settings.logPartitions, clock: ports.clock });
}
