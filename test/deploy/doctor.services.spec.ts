import { TOPICS } from '@mingjian/contracts';
import { Kafka, logLevel } from 'kafkajs';
import { Server } from '../../libs/store/src/testing/database-server';
import { OwnServices } from '../services/own-services';
import { describeWithServices } from '../services/with-services';
import { BackupSite } from './backup-site';

jest.setTimeout(300_000);

interface Told {
  name: string;
  ok: boolean;
  found: string;
  advice: string;
}

describeWithServices('mingjian doctor with real engines', ['kafka', 'mariadb'], ({ mariadb }) => {
  const services = new OwnServices();
  const server = new Server(mariadb.rootUrl);
  let brokers: string[];
  let url: string;
  let site: BackupSite;

  beforeAll(async () => {
    ({ brokers } = await services.start('kafka'));
    url = await server.create();
    site = new BackupSite({
      MINGJIAN_PORT: '0',
      MINGJIAN_DATABASE_URL: url,
      MINGJIAN_KAFKA_BROKERS: brokers.join(','),
      MINGJIAN_KAFKA_PARTITIONS: '4',
    });
  });
  afterAll(async () => {
    site.remove();
    await server.drop(url);
    await services.dispose();
  });

  async function checks(): Promise<Map<string, Told>> {
    const { out, err } = await site.call('data', 'doctor', '--json');
    if (out === '') throw new Error(err);
    const { checks: told } = JSON.parse(out) as { checks: Told[] };
    return new Map(told.map((one) => [one.name, one]));
  }

  it('finds empty engines well and leaves them empty', async () => {
    const told = await checks();
    expect(told.get('store')).toMatchObject({
      ok: true,
      found: expect.stringContaining('MariaDB') as string,
    });
    expect(told.get('store')!.found).toContain('empty');
    expect(told.get('durability')!.found).toContain('READ-COMMITTED');
    // The clock of this spec stands in another month: that is seen.
    expect(told.get('database clock')).toMatchObject({ ok: false });
    expect(told.get('event log')).toMatchObject({ ok: true });
    expect(told.get(TOPICS.stepEvents)!.found).toContain('not there');
    expect(told.get('group')).toMatchObject({ ok: true });
    // Asked again: nothing was made.
    expect((await checks()).get('store')!.found).toContain('empty');
    expect((await checks()).get(TOPICS.stepEvents)!.found).toContain('not there');
  });

  it('sees a topic with another number of partitions, and what to set', async () => {
    const admin = new Kafka({ brokers, logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.createTopics({
      waitForLeaders: true,
      topics: [{ topic: TOPICS.stepEvents, numPartitions: 3, replicationFactor: 1 }],
    });
    await admin.disconnect();
    const told = await checks();
    expect(told.get(TOPICS.stepEvents)).toMatchObject({ ok: false });
    expect(told.get(TOPICS.stepEvents)!.advice).toContain('MINGJIAN_KAFKA_PARTITIONS=3');
  });

  it('says which engine does not answer, and no password', async () => {
    const away = new URL(url);
    away.port = '1';
    away.password = 'very-secret';
    process.env.MINGJIAN_DATABASE_URL = away.href;
    process.env.MINGJIAN_KAFKA_BROKERS = '127.0.0.1:1';
    const told = await checks();
    process.env.MINGJIAN_DATABASE_URL = url;
    process.env.MINGJIAN_KAFKA_BROKERS = brokers.join(',');
    expect(told.get('store')).toMatchObject({ ok: false });
    expect(told.get('event log')).toMatchObject({ ok: false });
    expect(JSON.stringify([...told.values()])).not.toContain('very-secret');
  });
});
