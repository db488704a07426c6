import { readFileSync } from 'node:fs';
import type { TopicFeed } from '@mingjian/contracts';
import type { Logger } from '@mingjian/runtime';
import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';

/** A client of a department's brokers. @throws the error of the file system where a secret cannot be read. */
export function topicClient(feed: TopicFeed, logger: Logger): Kafka {
  const { brokers, tls, sasl } = feed;
  return new Kafka({
    clientId: 'mingjian-collector',
    brokers,
    connectionTimeout: 5_000,
    requestTimeout: 30_000,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 5 },
    ...(tls === undefined ? {} : { ssl: certificates(tls) }),
    ...(sasl === undefined ? {} : { sasl: credentials(sasl) }),
    logLevel: logLevel.WARN,
    // The client calls an error whatever it will try again; what comes of it is told by the runner.
    logCreator:
      () =>
      ({ namespace, log }) =>
        logger.debug({ client: namespace, feed: feed.feed }, log.message),
  });
}

function certificates(tls: NonNullable<TopicFeed['tls']>): KafkaConfig['ssl'] {
  const { caFile, certFile, keyFile } = tls;
  return {
    ca: [readFileSync(caFile, 'utf8')],
    ...(certFile === undefined ? {} : { cert: readFileSync(certFile, 'utf8') }),
    ...(keyFile === undefined ? {} : { key: readFileSync(keyFile, 'utf8') }),
  };
}

function credentials(sasl: NonNullable<TopicFeed['sasl']>): KafkaConfig['sasl'] {
  const { username } = sasl;
  const password = readFileSync(sasl.passwordFile, 'utf8').replace(/\r?\n$/, '');
  switch (sasl.mechanism) {
    case 'plain':
      return { mechanism: 'plain', username, password };
    case 'scram-sha-256':
      return { mechanism: 'scram-sha-256', username, password };
    case 'scram-sha-512':
      return { mechanism: 'scram-sha-512', username, password };
  }
}
