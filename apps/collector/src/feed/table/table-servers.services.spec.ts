import { createServer, type AddressInfo } from 'node:net';
import { TOPICS, type SourceClockReading } from '@mingjian/contracts';
import { createLogger, SystemClock } from '@mingjian/runtime';
import { createConnection } from 'mysql2/promise';
import { Client } from 'pg';
import { Server } from '../../../../../libs/store/src/testing/database-server';
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import { describeWithServices } from '../../../../../test/services/with-services';
import { describeWithTool } from '../../../../../test/services/with-tool';
import { checkJoinedTables } from '../testing/check-joined-tables';
import { SourceClocks } from '../../source-health/source-clocks';
import { collectTopic } from '../../testing/collect-log';
import { CuttableProxy } from '../testing/cuttable-proxy';
import { departmentAtWork, localTime, standingOf } from '../testing/department-at-work';
import { exchangeFeed, EXCHANGE_MAPPING } from '../testing/exchange-table';
import { FeedSite } from '../testing/feed-site';
import { HAS_POSTGRES, OwnPostgres } from '../testing/own-postgres';

const AT = Date.parse('2026-09-14T10:00:00+08:00');

/** A department's database: how to write into it, and how the feed reaches it. */
interface Exchange {
  driver: string;
  address: string;
  run(sql: string, values?: unknown[]): Promise<void>;
  cut(): Promise<void>;
  mend(): Promise<void>;
  dispose(): Promise<void>;
}

async function onMariadb(rootUrl: string): Promise<Exchange> {
  const server = new Server(rootUrl);
  const url = new URL(await server.create());
  const proxy = new CuttableProxy({ host: url.hostname, port: Number(url.port) });
  const port = await proxy.open();
  const writer = await createConnection({ uri: url.href.replace(/^mariadb:/, 'mysql:') });
  const way = new URL(url);
  way.hostname = '127.0.0.1';
  way.port = String(port);
  return {
    driver: 'mariadb',
    address: way.href,
    run: async (sql, values = []) => void (await writer.query(sql, values)),
    cut: () => proxy.cut(),
    mend: async () => void (await proxy.open()),
    dispose: async () => {
      await writer.end();
      await proxy.cut();
      await server.drop(url.href);
    },
  };
}

async function onPostgres(): Promise<Exchange> {
  const server = OwnPostgres.start(await freePort());
  const proxy = new CuttableProxy({ host: '127.0.0.1', port: server.port });
  const port = await proxy.open();
  const writer = new Client({ connectionString: server.url() });
  await writer.connect();
  return {
    driver: 'postgres',
    address: server.url(port),
    run: async (sql, values = []) => {
      let n = 0;
      const named = sql.replace(/\?/g, () => `$${++n}`).replaceAll('`', '"');
      await writer.query(named, values);
    },
    cut: () => proxy.cut(),
    mend: async () => void (await proxy.open()),
    dispose: async () => {
      await writer.end();
      await proxy.cut();
      server.stop();
    },
  };
}

/** What a feed of a table on a real server must do. */
function checkExchange(open: () => Promise<Exchange>): void {
  let exchange: Exchange;
  let site: FeedSite;
  let clock: TestClock;
  beforeEach(async () => {
    clock = new TestClock(AT);
    exchange = await open();
    site = await FeedSite.open(clock);
    // Passwords of this test's servers are not secret; a site names a file.
    process.env.MINGJIAN_TEST_EXCHANGE = exchange.address;
    site.write('mapping.yaml', EXCHANGE_MAPPING);
    site.write(
      'feed.yaml',
      exchangeFeed(exchange.driver, '${MINGJIAN_TEST_EXCHANGE}').replace('batch: 4', 'batch: 12'),
    );
  });
  afterEach(async () => {
    delete process.env.MINGJIAN_TEST_EXCHANGE;
    await exchange.dispose();
    await site.dispose();
  });

  it('knows an hour of the department as it was, though the way to the database was cut for ten minutes', async () => {
    await exchange.run(
      'CREATE TABLE `EX_SL` (`YWLSH` VARCHAR(32), `SJBBH` BIGINT, `SLSJ` VARCHAR(19), `BJSJ` VARCHAR(19), `BLR` VARCHAR(8), `GXSJ` TIMESTAMP, PRIMARY KEY (`YWLSH`, `SJBBH`))',
    );
    const outcomes: string[] = [];
    const runner = site.runner('feed.yaml');
    const rows = await departmentAtWork({
      seed: 11,
      clock,
      put: async ({ no, version, acceptedAt, decidedAt, officer, stamp }) => {
        await exchange.run('DELETE FROM `EX_SL` WHERE `YWLSH` = ? AND `SJBBH` = ?', [no, version]);
        await exchange.run('INSERT INTO `EX_SL` VALUES (?, ?, ?, ?, ?, ?)', [
          ...[no, version, localTime(acceptedAt), decidedAt === null ? null : localTime(decidedAt), officer],
          localTime(stamp),
        ]);
      },
      poll: async () => void outcomes.push((await runner.runOnce('housing-table')).outcome),
      outage: (isAway) => (isAway ? exchange.cut() : exchange.mend()),
    });
    const { repeats, rejected } = await site.published();
    expect(await site.standing()).toEqual(standingOf(rows));
    expect([repeats, rejected]).toEqual([0, []]);
    expect(outcomes.filter((outcome) => outcome === 'failed')).toHaveLength(20);
    expect(site.lines.join('')).not.toContain(new URL(exchange.address).password || 'no password here');
  });

  it('asks for the time of the database with each poll, and tells once a minute by how much it is off', async () => {
    await exchange.run(
      'CREATE TABLE `EX_SL` (`YWLSH` VARCHAR(32), `SJBBH` BIGINT, `SLSJ` VARCHAR(19), `BJSJ` VARCHAR(19), `BLR` VARCHAR(8), `GXSJ` TIMESTAMP, PRIMARY KEY (`YWLSH`, `SJBBH`))',
    );
    const runner = site.runner('feed.yaml', {
      clocks: new SourceClocks(site.log, createLogger({ level: 'silent' })),
    });
    // Ours stands still: the difference is what the machine's clock says beside it.
    const expected = new SystemClock().now() - clock.now();
    for (let n = 0; n < 3; n++)
      expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done' });
    clock.moveTo(clock.now() + 60_000);
    await runner.runOnce('housing-table');
    const readings = await collectTopic<SourceClockReading>(site.log, TOPICS.sourceHeartbeats);
    expect(readings).toMatchObject([
      { source: 'urn:dept:420684:housing', data: { way: 'table', withinMs: 0 } },
      { type: 'source.clock', receivedat: new Date(AT + 60_000).toISOString() },
    ]);
    const [first] = readings;
    const offset = Date.parse(first?.time ?? '') - Date.parse(first?.receivedat ?? '');
    expect(Math.abs(offset - expected)).toBeLessThan(60_000);
  });

  it('keeps to rows of one instant to the last digit, long numbers and names in Chinese', async () => {
    const table = '办件受理';
    site.write(
      'feed.yaml',
      exchangeFeed(exchange.driver, '${MINGJIAN_TEST_EXCHANGE}')
        .replace('table: EX_SL', `table: ${table}`)
        .replace('key: YWLSH\nversion: SJBBH', 'key: [流水号]'),
    );
    site.write('mapping.yaml', EXCHANGE_MAPPING.replaceAll('{YWLSH}', '{流水号}'));
    await exchange.run(
      `CREATE TABLE \`${table}\` (\`流水号\` BIGINT PRIMARY KEY, \`SLSJ\` VARCHAR(19), \`BJSJ\` VARCHAR(19), \`BLR\` VARCHAR(8), \`GXSJ\` TIMESTAMP(6))`,
    );
    const numbers = Array.from({ length: 11 }, (_, n) => String(9_007_199_254_740_990n + BigInt(n)));
    for (const number of numbers)
      await exchange.run(`INSERT INTO \`${table}\` VALUES (?, ?, NULL, ?, ?)`, [
        ...[number, localTime(AT / 1000), '0417', '2026-09-14 10:00:00.123456'],
      ]);
    const runner = site.runner('feed.yaml');
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 11 });
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 0 });
    expect((await site.standing()).map((line) => line.split(' ')[0])).toEqual([...numbers].sort());
  });
}

describeWithServices('a feed of a table in MariaDB', ['mariadb'], ({ mariadb }) => {
  checkExchange(() => onMariadb(mariadb.rootUrl));
  checkJoinedTables(() => onMariadb(mariadb.rootUrl));
});

// A package of the distribution, not one of `npm run services`.
const missing = HAS_POSTGRES ? null : 'needs PostgreSQL: apt-get install postgresql';
describeWithTool('a feed of a table in PostgreSQL', missing, () => {
  checkExchange(onPostgres);
  checkJoinedTables(onPostgres);
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
