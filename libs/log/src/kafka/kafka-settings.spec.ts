import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadConfig } from '@mingjian/runtime';
import { connectionOf, KafkaSettings } from './kafka-settings';

const settings = (given: Record<string, string> = {}): KafkaSettings =>
  KafkaSettings.parse({ kafkaBrokers: 'a:9092', ...given });
const password = join(mkdtempSync(join(tmpdir(), 'mingjian-secrets-')), 'password');
writeFileSync(password, 'geheim\n');

describe('the settings of Kafka', () => {
  it('are read from the environment like all others', () => {
    const read = loadConfig(
      KafkaSettings,
      { MINGJIAN_KAFKA_BROKERS: 'a:9092, b:9092', MINGJIAN_KAFKA_PARTITIONS: '12' },
      '/nowhere',
    );
    expect(read).toMatchObject({ kafkaBrokers: ['a:9092', 'b:9092'], kafkaPartitions: 12, kafkaTls: false });
  });

  it('take the password from a file, without the end of its line', () => {
    const given = settings({
      kafkaSaslMechanism: 'scram-sha-512',
      kafkaSaslUsername: 'mingjian',
      kafkaSaslPasswordFile: password,
    });
    expect(connectionOf(given).sasl).toEqual({
      mechanism: 'scram-sha-512',
      username: 'mingjian',
      password: 'geheim',
    });
  });

  it.each([
    [{ kafkaSaslMechanism: 'scram-sha-256' }, 'needs both MINGJIAN_KAFKA_SASL_USERNAME and'],
    [
      { kafkaSaslMechanism: 'plain', kafkaSaslUsername: 'u', kafkaSaslPasswordFile: password },
      'would send the password in the clear',
    ],
    [{ kafkaTls: 'true', kafkaTlsCertFile: password }, 'MINGJIAN_KAFKA_TLS_KEY_FILE'],
    [
      { kafkaTls: 'true', kafkaTlsCaFile: '/nowhere/ca.pem' },
      'MINGJIAN_KAFKA_TLS_CA_FILE: /nowhere/ca.pem cannot be read (ENOENT).',
    ],
  ])('are refused when they do not fit together: %j', (given, reason) => {
    expect(() => connectionOf(settings(given))).toThrow(reason);
  });
});
