import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEmbeddedLog } from '@mingjian/log';
import { Settings, SystemClock, type Shutdown } from '@mingjian/runtime';
import { listFeedStates, loadFeedMappings, openMysqlStore, type Store } from '@mingjian/store';
import { Kafka, logLevel } from 'kafkajs';
import Database from 'libsql';
import { Server } from '../../../../../libs/store/src/testing/database-server';
import { describeWithServices } from '../../../../../test/services/with-services';
import { startCollector } from '../../collector-process';
import { collectLog } from '../../testing/collect-log';
import { approveMapping } from '../testing/approve-mapping';
import { exchangeFeed, EXCHANGE_MAPPING } from '../testing/exchange-table';

/** What is approved is read with within so long. */
const WITHIN_MS = 5_000;
const CHANGED = EXCHANGE_MAPPING.replaceAll('A0101', 'B0202');

describeWithServices('a collector and a store on MariaDB', ['mariadb', 'kafka'], ({ mariadb, kafka }) => {
  const server = new Server(mariadb.rootUrl);
  const clock = new SystemClock();
  const department = new Kafka({
    clientId: 'department',
    brokers: kafka.brokers,
    logLevel: logLevel.NOTHING,
  });
  const topic = `dept.test.${randomBytes(6).toString('hex')}`;
  const producer = department.producer();
  let home: string;
  let database: Database.Database;
  let databaseUrl: string;
  let store: Store;
  let shutdown: Shutdown;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-approved-'));
    database = new Database(join(home, 'exchange.db'));
    database.exec(
      'CREATE TABLE EX_SL (YWLSH TEXT PRIMARY KEY, SJBBH INTEGER, SLSJ TEXT, BJSJ TEXT, BLR TEXT, GXSJ TEXT)',
    );
    const admin = department.admin();
    await admin.connect();
    await admin.createTopics({ topics: [{ topic, numPartitions: 1 }], waitForLeaders: true });
    await admin.disconnect();
    await producer.connect();
    writeFileSync(join(home, 'mapping.yaml'), EXCHANGE_MAPPING);
    const feeds = {
      'table.yaml': exchangeFeed('sqlite', '../exchange.db').replace('every: 30s', 'every: 1s'),
      'topic.yaml': `feed: housing-topic\nkind: topic\nmapping: mapping.yaml\nbrokers: ${JSON.stringify(kafka.brokers)}\ntopic: ${topic}\ngroup: ${topic}\n`,
    };
    const folder = join(home, 'feeds');
    mkdirSync(folder);
    for (const [name, text] of Object.entries(feeds))
      writeFileSync(join(folder, name), text.replace('mapping.yaml', '../mapping.yaml'));
    databaseUrl = await server.create();
    store = await openMysqlStore({ url: databaseUrl });
    const settings = Settings.parse({
      ...{ dataDir: home, databaseUrl, feeds: folder, port: 0, logLevel: 'silent' },
    });
    ({ shutdown } = await startCollector({ settings, kafka: null }));
  });
  afterAll(async () => {
    await shutdown.run('the test ends');
    await producer.disconnect();
    database.close();
    await store.close();
    await server.drop(databaseUrl);
    rmSync(home, { recursive: true });
  });

  const send = async (no: string): Promise<void> => {
    const row = { YWLSH: no, SLSJ: '2026-09-14 10:00:00', BJSJ: null, BLR: '0417' };
    await producer.send({ topic, messages: [{ key: no, value: JSON.stringify(row) }] });
  };
  const put = (no: string): void =>
    void database
      .prepare("INSERT INTO EX_SL VALUES (?, 1, '2026-09-14 10:00:00', NULL, '0417', '2026-09-14 10:00:00')")
      .run(no);
  const items = async (): Promise<Record<string, unknown>> => {
    const log = openEmbeddedLog({ file: join(home, 'log.db'), partitions: 8, clock });
    const { events } = await collectLog(log);
    await log.close();
    return Object.fromEntries(events.map(({ subject, data }) => [subject, data.item]));
  };
  const until = async (holds: () => Promise<boolean>): Promise<void> => {
    while (!(await holds())) await pause(100);
  };

  it('reads with an approved mapping within five seconds, a topic that is never at its end too, with the leases kept', async () => {
    put('TABLE-1');
    await send('TOPIC-1');
    await until(async () => Object.keys(await items()).length === 2);
    expect(await loadFeedMappings(store)).toMatchObject([
      { feed: 'housing-table', origin: 'file', draftId: null },
      { feed: 'housing-topic', origin: 'file', draftId: null },
    ]);
    const approvedAt = clock.now();
    await approveMapping(store, CHANGED, { base: EXCHANGE_MAPPING, draft: 12, at: approvedAt });
    await until(async () => (await loadFeedMappings(store)).every(({ draftId }) => draftId === 12));
    for (const { toldAt } of await loadFeedMappings(store))
      // The look itself, the end of a run and the write take their time beside the pause between two looks.
      expect(toldAt - approvedAt).toBeLessThan(WITHIN_MS + 3_000);
    put('TABLE-2');
    await send('TOPIC-2');
    await until(async () => Object.keys(await items()).length === 4);
    expect(await items()).toEqual({
      ...{ 'TABLE-1': 'A0101', 'TOPIC-1': 'A0101', 'TABLE-2': 'B0202', 'TOPIC-2': 'B0202' },
    });
    expect(await listFeedStates(store)).toMatchObject([
      { feed: 'housing-table', epoch: 1, failures: 0 },
      { feed: 'housing-topic', epoch: 1, failures: 0 },
    ]);
  });
});
