import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOPICS } from '@mingjian/contracts';
import { CompressionCodecs, CompressionTypes, ConfigResourceTypes, Kafka } from 'kafkajs';
import { describeWithServices } from '../../../../test/services/with-services';
import type { EventLog } from '../event-log';
import { MAX_MESSAGE_BYTES } from './kafka-topics';
import { asSnappy } from './testing/as-snappy';
import { newTopic, roundTrip } from './testing/round-trip';
import { openTestLog } from './testing/test-log';

describeWithServices('the connection to Kafka', ['kafka'], ({ kafka }) => {
  describe('with TLS and SASL', () => {
    let folder: string;
    beforeAll(() => {
      folder = mkdtempSync(join(tmpdir(), 'mingjian-secrets-'));
      writeFileSync(join(folder, 'password'), `${kafka.password}\n`);
      writeFileSync(join(folder, 'wrong'), 'guess');
    });
    afterAll(() => rmSync(folder, { recursive: true }));
    const secure = (mechanism: string, passwordFile = 'password'): Promise<EventLog> =>
      openTestLog(kafka.secureBrokers, {
        kafkaTls: 'true',
        kafkaTlsCaFile: kafka.certificate,
        kafkaSaslMechanism: mechanism,
        kafkaSaslUsername: kafka.user,
        kafkaSaslPasswordFile: join(folder, passwordFile),
      });

    it.each(['plain', 'scram-sha-512'])(
      'writes and reads as the user it proves to be by %s',
      async (mechanism) => {
        const log = await secure(mechanism);
        expect(await roundTrip(log)).toEqual(['办结']);
        await log.close();
      },
    );

    it('says so when the password is wrong', async () => {
      await expect(secure('scram-sha-512', 'wrong')).rejects.toThrow(
        /^Kafka at localhost:\d+ cannot be used: .*[Aa]uthentication failed/,
      );
    });

    it('does not talk to a broker whose certificate it does not trust', async () => {
      const open = openTestLog(kafka.secureBrokers, { kafkaTls: 'true' });
      await expect(open).rejects.toThrow(/cannot be used: .*self-signed certificate/);
    }, 30_000);
  });

  it('compresses, and reads what was not', async () => {
    for (const kafkaCompression of ['gzip', 'none']) {
      const log = await openTestLog(kafka.brokers, { kafkaCompression });
      expect(await roundTrip(log)).toEqual(['办结']);
      await log.close();
    }
  });

  it('reads what another writer compressed with a codec that is not built in', async () => {
    const log = await openTestLog(kafka.brokers);
    const topic = newTopic();
    await log.append(topic, [{ key: 'k', value: 'ours' }]);
    CompressionCodecs[CompressionTypes.Snappy] = () => ({
      compress: async ({ buffer }: { buffer: Buffer }) => asSnappy(buffer),
      decompress: () => {
        throw new Error('no Snappy here');
      },
    });
    const producer = new Kafka({ brokers: kafka.brokers }).producer({
      createPartitioner: () => () => log.partitionOf('k'),
    });
    await producer.connect();
    await producer.send({
      topic,
      compression: CompressionTypes.Snappy,
      messages: [{ key: 'k', value: 'theirs' }],
    });
    await producer.disconnect();
    const values: string[] = [];
    await log
      .subscribe({
        group: 'g',
        topic,
        maxBatch: 10,
        handle: async ({ records }) => void values.push(...records.map(({ value }) => value)),
      })
      .drain();
    expect(values).toEqual(['ours', 'theirs']);
    await log.close();
  });

  it('takes a record as large as a body may be, and refuses what no topic takes', async () => {
    const log = await openTestLog(kafka.brokers, { kafkaCompression: 'none' });
    const topic = newTopic();
    await log.append(topic, [{ key: 'k', value: 'x'.repeat(10 * 1024 ** 2) }]);
    const sizes: number[] = [];
    await log
      .subscribe({
        group: 'g',
        topic,
        maxBatch: 1,
        handle: async ({ records }) => void sizes.push(...records.map(({ value }) => value.length)),
      })
      .drain();
    expect(sizes).toEqual([10 * 1024 ** 2]);
    await expect(log.append(topic, [{ key: 'k', value: 'x'.repeat(MAX_MESSAGE_BYTES) }])).rejects.toThrow(
      'is larger than a topic takes',
    );
    await log.close();
  });

  it('makes topics whose records stay, stamped by the broker', async () => {
    const log = await openTestLog(kafka.brokers);
    const topic = newTopic();
    await log.append(topic, [{ key: 'k', value: 'v' }]);
    await log.close();
    const admin = new Kafka({ brokers: kafka.brokers }).admin();
    await admin.connect();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: ConfigResourceTypes.TOPIC, name: topic }],
    });
    await admin.disconnect();
    const settings = Object.fromEntries(
      (resources[0]?.configEntries ?? []).map(({ configName, configValue }) => [configName, configValue]),
    );
    expect(settings).toMatchObject({
      'cleanup.policy': 'delete',
      'retention.ms': '-1',
      'message.timestamp.type': 'LogAppendTime',
      'unclean.leader.election.enable': 'false',
      'min.insync.replicas': '1',
    });
  });

  it('refuses a topic with another number of partitions, because keys would change their place', async () => {
    const topic = newTopic();
    const four = await openTestLog(kafka.brokers, { kafkaPartitions: 4 });
    await four.append(topic, [{ key: 'k', value: 'v' }]);
    await four.close();
    const eight = await openTestLog(kafka.brokers, { kafkaPartitions: 8 });
    await expect(eight.append(topic, [{ key: 'k', value: 'v' }])).rejects.toThrow(
      `Kafka topic ${topic}: expected 4 partitions, got 8 — a topic keeps the number it was made with; set MINGJIAN_KAFKA_PARTITIONS=4`,
    );
    await eight.close();
  });

  it('keeps of the signs of life of a source only the newest', async () => {
    const log = await openTestLog(kafka.brokers, { kafkaPartitions: 4 });
    await log.lag('nobody', TOPICS.sourceHeartbeats).catch(() => undefined);
    await log.close();
    const admin = new Kafka({ brokers: kafka.brokers }).admin();
    await admin.connect();
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [
        { type: ConfigResourceTypes.TOPIC, name: TOPICS.sourceHeartbeats, configNames: ['cleanup.policy'] },
      ],
    });
    await admin.disconnect();
    expect(resources[0]?.configEntries.map(({ configValue }) => configValue)).toEqual(['compact']);
  });

  it('refuses to append after it was closed, and to set back a group that reads', async () => {
    const log = await openTestLog(kafka.brokers);
    const topic = newTopic();
    await log.append(topic, [{ key: 'k', value: 'v' }]);
    const reader = log.subscribe({ group: 'g', topic, maxBatch: 1, handle: async () => undefined });
    reader.start();
    await reader.drain();
    await expect(log.rewind('g', topic, log.partitionOf('k'), 0)).rejects.toThrow(
      'is being read by 1 consumers; stop them, then set it back',
    );
    await log.close();
    await expect(log.append(topic, [{ key: 'k', value: 'v' }])).rejects.toThrow('The event log is closed.');
  });
});
