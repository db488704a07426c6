import { mkdirSync, mkdtempSync, utimesSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import kafkajs from 'kafkajs';

const require = createRequire(import.meta.url);
const { FeedRunner, loadFeeds, Publisher } = require('../../dist/apps/collector/src');
const { createLogger, SystemClock } = require('../../dist/libs/runtime/src');
const { openMysqlStore } = require('../../dist/libs/store/src');

const TOPIC = 'mingjian.step-events';
const SOURCE_TOPIC = 'dept.bench';
/** Records of one step of a feed, and of one request of the bare producer. */
const BATCH = 1000;
const DATABASE = 'mingjian_feeds';

const MAPPING = `
mapping: bench
format: FORMAT
source: urn:dept:420684:housing
zone: Asia/Shanghai
times: ['yyyy-MM-dd HH:mm:ss']
events:
  - type: case.accepted
    id: '{NO}/accepted'
    subject: '{NO}'
    time: '{ACCEPTED}'
    data: { item: A0101, department: housing, officer: '{OFFICER}' }
`;

/**
 * A department's records → mapped → durable in Kafka with the position in MariaDB, per kind of feed, one record an event;
 * against a bare producer that sends the same events in requests of the same size. The table is read a second time, too:
 * nothing has changed then, which is what a feed does most of its life.
 */
export async function feeds(rig, isQuick) {
  const count = isQuick ? 10_000 : 50_000;
  const home = mkdtempSync(join(tmpdir(), 'mingjian-bench-feeds-'));
  await rig.freshTopics();
  await rig.freshDatabase(DATABASE);
  const rows = Array.from({ length: count }, (_, n) => ({
    NO: `420684-2026-${String(n).padStart(7, '0')}`,
    ACCEPTED: '2026-09-14 10:00:00',
    OFFICER: String(n % 97),
    WRITTEN: `2026-09-14 1${Math.floor((n / count) * 9)}:00:00`,
  }));
  const store = await openMysqlStore({ url: rig.urlOf(DATABASE) });
  const log = await rig.openLog();
  await log.lag('bench', TOPIC);
  const bare = await bareProducer(rig, rows);
  const measured = [];
  try {
    await fillTable(rig, rows);
    fillFolder(home, rows);
    await fillTopic(rig, rows);
    writeDocuments(home, rig);
    const runner = new FeedRunner({
      feeds: loadFeeds(join(home, 'feeds')),
      store,
      publisher: new Publisher(log, BATCH, null),
      clock: new SystemClock(),
      settings: { futureToleranceSeconds: 300, intakeBatch: BATCH },
      logger: createLogger({ level: 'error' }),
      metrics: null,
    });
    for (const [name, what] of [
      ['bench-table', 'table of MariaDB, all rows new'],
      ['bench-table', 'table of MariaDB, all rows unchanged'],
      ['bench-folder', 'drop folder, CSV'],
      ['bench-topic', 'topic of Kafka'],
    ]) {
      if (what.endsWith('unchanged')) await readAgain(store);
      const begin = performance.now();
      const run = await runner.runOnce(name);
      if (run.outcome !== 'done') throw new Error(`${name}: ${run.outcome} ${String(run.error)}`);
      measured.push([what, Math.round((count * 1000) / (performance.now() - begin))]);
    }
    await runner.stop();
  } finally {
    await log.close();
    await store.close();
  }
  return measured.map(([what, perSecond]) => ({
    what: `feed, ${what}, ${BATCH} a step`,
    measured: `${perSecond.toLocaleString('en')} records/s, ${Math.round((perSecond / bare) * 100)} % of bare`,
    bar: `none; bare ${bare.toLocaleString('en')}/s`,
    ...{ perSecond, bare },
    met: null,
  }));
}

async function fillTable(rig, rows) {
  await rig.root.query(
    'CREATE TABLE exchange (NO VARCHAR(32) PRIMARY KEY, ACCEPTED VARCHAR(19), OFFICER VARCHAR(8), WRITTEN DATETIME, KEY (WRITTEN, NO))',
  );
  for (let from = 0; from < rows.length; from += 5000)
    await rig.root.query('INSERT INTO exchange VALUES ?', [
      rows.slice(from, from + 5000).map((row) => Object.values(row)),
    ]);
}

/** Back to the beginning, with what every row was still known. */
async function readAgain(store) {
  await store.write((transaction) =>
    transaction.execute("UPDATE feed_state SET position = '' WHERE feed = 'bench-table'"),
  );
}

function fillFolder(home, rows) {
  mkdirSync(join(home, 'drop'));
  const file = join(home, 'drop', 'a.csv');
  // Other cases than the table's: nobody tells them apart here, but a reader of the topic could.
  const lines = rows.map(({ NO, ACCEPTED, OFFICER }) => `F-${NO},${ACCEPTED},${OFFICER}`);
  writeFileSync(file, `NO,ACCEPTED,OFFICER\n${lines.join('\n')}\n`);
  utimesSync(file, 1_750_000_000, 1_750_000_000);
}

async function fillTopic(rig, rows) {
  const admin = rig.kafka.admin();
  await admin.connect();
  if ((await admin.listTopics()).includes(SOURCE_TOPIC)) await admin.deleteTopics({ topics: [SOURCE_TOPIC] });
  await admin.createTopics({ topics: [{ topic: SOURCE_TOPIC, numPartitions: 4 }], waitForLeaders: true });
  await admin.disconnect();
  const producer = rig.kafka.producer();
  await producer.connect();
  for (let from = 0; from < rows.length; from += BATCH)
    await producer.send({
      topic: SOURCE_TOPIC,
      messages: rows
        .slice(from, from + BATCH)
        .map((row) => ({ key: row.NO, value: JSON.stringify({ ...row, NO: `T-${row.NO}` }) })),
    });
  await producer.disconnect();
}

function writeDocuments(home, rig) {
  mkdirSync(join(home, 'feeds', 'mappings'), { recursive: true });
  for (const format of ['csv', 'ndjson'])
    writeFileSync(join(home, 'feeds/mappings', `${format}.yaml`), MAPPING.replace('FORMAT', format));
  process.env.MINGJIAN_BENCH_EXCHANGE = rig.urlOf(DATABASE);
  const shared = (kind, mapping) =>
    `feed: bench-${kind}\nkind: ${kind}\nmapping: mappings/${mapping}.yaml\nbatch: ${BATCH}\n`;
  const write = (kind, text) => writeFileSync(join(home, 'feeds', `${kind}.yaml`), text);
  write(
    'table',
    `${shared('table', 'csv')}database: { driver: mariadb, url: '\${MINGJIAN_BENCH_EXCHANGE}' }
table: exchange
key: NO
watermark: { columns: WRITTEN }
`,
  );
  write('folder', `${shared('folder', 'csv')}folder: ../drop\n`);
  write(
    'topic',
    `${shared('topic', 'ndjson')}brokers: ${JSON.stringify(rig.brokers)}\ntopic: ${SOURCE_TOPIC}\ngroup: bench-feeds\n`,
  );
}

async function bareProducer(rig, rows) {
  const producer = rig.kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  const send = (chunk) =>
    producer.send({
      ...{ topic: TOPIC, acks: -1, compression: kafkajs.CompressionTypes.GZIP },
      messages: chunk.map((row) => ({ key: row.NO, value: JSON.stringify(eventOf(row)) })),
    });
  await send(rows.slice(0, BATCH));
  const begin = performance.now();
  for (let from = 0; from < rows.length; from += BATCH) await send(rows.slice(from, from + BATCH));
  const result = Math.round((rows.length * 1000) / (performance.now() - begin));
  await producer.disconnect();
  return result;
}

function eventOf({ NO, OFFICER }) {
  return {
    specversion: '1.0',
    id: `B-${NO}/accepted`,
    source: 'urn:dept:420684:bare',
    type: 'case.accepted',
    subject: `B-${NO}`,
    time: '2026-09-14T10:00:00.000+08:00',
    data: { item: 'A0101', department: 'housing', officer: OFFICER },
    receivedat: '2026-09-14T02:00:00.000Z',
  };
}
