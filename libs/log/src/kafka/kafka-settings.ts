import { readFileSync } from 'node:fs';
import type { KafkaConfig } from 'kafkajs';
import { z } from 'zod';

const SASL_MECHANISMS = ['none', 'plain', 'scram-sha-256', 'scram-sha-512'] as const;

const count = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const list = z
  .string()
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .refine((parts) => parts.length > 0, 'host:port, several separated by commas');
const flag = z.enum(['true', 'false']).transform((text) => text === 'true');
const file = z.string().min(1).optional();

/**
 * What the Kafka adapter needs to be told. Read like every setting (`loadConfig(KafkaSettings)`): the variable of
 * `kafkaBrokers` is `MINGJIAN_KAFKA_BROKERS`. Secrets are named by their files, never given as text: an environment can be
 * read by whoever may look at the process.
 */
export const KafkaSettings = z.object({
  kafkaBrokers: list.describe('Brokers to begin with, host:port, separated by commas.'),
  kafkaClientId: z.string().min(1).default('mingjian').describe('Name of this process in the logs of Kafka.'),
  kafkaPartitions: count(1, 1024).default(8).describe('Partitions of each topic; fixed when it is created.'),
  kafkaReplicationFactor: count(1, 9)
    .optional()
    .describe('Copies of each topic that is created; by default three, or as many as there are brokers.'),
  kafkaCompression: z
    .enum(['none', 'gzip'])
    .default('gzip')
    .describe('Compression of what is written, and kept in topics that are created: none or gzip.'),
  kafkaTls: flag.default(false).describe('Whether the connection is TLS: true or false.'),
  kafkaTlsCaFile: file.describe('Certificates that are trusted, PEM; by default those of the system.'),
  kafkaTlsCertFile: file.describe('Certificate of this client for mutual TLS, PEM.'),
  kafkaTlsKeyFile: file.describe('Key of that certificate, PEM.'),
  kafkaSaslMechanism: z
    .enum(SASL_MECHANISMS)
    .default('none')
    .describe(
      'How this client proves who it is: none, plain (only over TLS), scram-sha-256 or scram-sha-512.',
    ),
  kafkaSaslUsername: z.string().min(1).optional().describe('User name for SASL.'),
  kafkaSaslPasswordFile: file.describe(
    'File with the password for SASL; one line end at its end is ignored.',
  ),
  kafkaSessionTimeoutMs: count(6_000, 300_000)
    .default(15_000)
    .describe('A silent consumer loses its partitions after this time, milliseconds.'),
  kafkaRebalanceTimeoutMs: count(6_000, 900_000)
    .default(60_000)
    .describe('Longest time that a batch in flight may hold up a rebalance, milliseconds.'),
  kafkaMaxRestarts: count(0, 1000)
    .default(20)
    .describe('Restarts of a consumer in a row, without any progress, before the process gives up.'),
});
export type KafkaSettings = z.infer<typeof KafkaSettings>;

/**
 * The part of the settings that says how to reach the brokers, in the client's words; reads the files of secrets.
 * @throws Error naming the setting that is missing, does not fit another, or names a file that cannot be read.
 */
export function connectionOf(
  settings: KafkaSettings,
): Pick<KafkaConfig, 'brokers' | 'clientId' | 'ssl' | 'sasl'> {
  const sasl = saslOf(settings);
  return {
    brokers: settings.kafkaBrokers,
    clientId: settings.kafkaClientId,
    ...(settings.kafkaTls ? { ssl: tlsOf(settings) } : {}),
    ...(sasl === undefined ? {} : { sasl }),
  };
}

function tlsOf(settings: KafkaSettings): { ca?: string[]; cert?: string; key?: string } {
  const { kafkaTlsCaFile, kafkaTlsCertFile, kafkaTlsKeyFile } = settings;
  if ((kafkaTlsCertFile === undefined) !== (kafkaTlsKeyFile === undefined))
    throw new Error('Mutual TLS needs both MINGJIAN_KAFKA_TLS_CERT_FILE and MINGJIAN_KAFKA_TLS_KEY_FILE.');
  return {
    ...(kafkaTlsCaFile === undefined ? {} : { ca: [secret('MINGJIAN_KAFKA_TLS_CA_FILE', kafkaTlsCaFile)] }),
    ...(kafkaTlsCertFile === undefined
      ? {}
      : { cert: secret('MINGJIAN_KAFKA_TLS_CERT_FILE', kafkaTlsCertFile) }),
    ...(kafkaTlsKeyFile === undefined ? {} : { key: secret('MINGJIAN_KAFKA_TLS_KEY_FILE', kafkaTlsKeyFile) }),
  };
}

function saslOf(settings: KafkaSettings): KafkaConfig['sasl'] {
  const { kafkaSaslMechanism: mechanism, kafkaSaslUsername: username, kafkaSaslPasswordFile } = settings;
  if (mechanism === 'none') return undefined;
  if (username === undefined || kafkaSaslPasswordFile === undefined)
    throw new Error(
      `SASL ${mechanism} needs both MINGJIAN_KAFKA_SASL_USERNAME and MINGJIAN_KAFKA_SASL_PASSWORD_FILE.`,
    );
  if (mechanism === 'plain' && !settings.kafkaTls)
    throw new Error(
      'SASL plain would send the password in the clear: set MINGJIAN_KAFKA_TLS=true, or use scram-sha-512.',
    );
  const password = secret('MINGJIAN_KAFKA_SASL_PASSWORD_FILE', kafkaSaslPasswordFile).replace(/\r?\n$/, '');
  switch (mechanism) {
    case 'plain':
      return { mechanism, username, password };
    case 'scram-sha-256':
      return { mechanism, username, password };
    case 'scram-sha-512':
      return { mechanism, username, password };
  }
}

function secret(variable: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${variable}: ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`, {
      cause: error,
    });
  }
}
