import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { SystemClock } from '@mingjian/runtime';
import { spawnTypescript } from '../../../../../libs/runtime/src/testing/spawn-typescript';
import { localTime } from '../testing/department-at-work';
import { exchangeFeed, EXCHANGE_MAPPING } from '../testing/exchange-table';
import { FeedSite } from '../testing/feed-site';

const SCRIPT = join(__dirname, '../testing/feed-until-killed.ts');
const ACCEPTED = Date.parse('2026-09-14T10:00:00+08:00') / 1000;
const ROWS = 600;
const numbers = Array.from({ length: ROWS }, (_, n) => `C-${String(n).padStart(4, '0')}`);

/** Processes are killed and started on real clocks; nothing here depends on how fast they are. */
describe('a collector that is killed while a feed runs', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-feed-kill-'));
    writeFileSync(join(home, 'mapping.yaml'), EXCHANGE_MAPPING);
  });
  afterEach(() => rmSync(home, { recursive: true }));

  async function killAfter(batches: number): Promise<void> {
    const child = spawnTypescript(SCRIPT, [home, 'feed.yaml']);
    await child.untilLines(batches);
    await child.kill();
  }

  /** Another process takes the feed when the lease of the dead one is over, and runs it to its end. */
  async function finish(feed: string): Promise<FeedSite> {
    const site = await FeedSite.open(new SystemClock(), home);
    const runner = site.runner('feed.yaml');
    for (;;) {
      const { outcome } = await runner.runOnce(feed);
      if (outcome === 'done') {
        await runner.stop();
        return site;
      }
      expect(outcome).toBe('standby');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it('has lost no row of a table and contradicts none, though rows changed before it was started again', async () => {
    const database = new Database(join(home, 'exchange.db'));
    database.exec(
      'CREATE TABLE EX_SL (YWLSH TEXT PRIMARY KEY, SJBBH INTEGER, SLSJ TEXT, BJSJ TEXT, BLR TEXT, GXSJ TEXT)',
    );
    const insert = database.prepare("INSERT INTO EX_SL VALUES (?, 1, ?, NULL, '0417', ?)");
    numbers.forEach((no, n) => insert.run(no, localTime(ACCEPTED), localTime(ACCEPTED + n)));
    writeFileSync(
      join(home, 'feed.yaml'),
      exchangeFeed('sqlite', 'exchange.db')
        .replace('batch: 4', 'batch: 20')
        .replace('key:', 'pace: 2000\nkey:'),
    );
    for (const batches of [3, 5, 2]) {
      await killAfter(batches);
      // Whatever was under way says something else now.
      database
        .prepare("UPDATE EX_SL SET BLR = BLR || 'x' WHERE CAST(substr(YWLSH, 3) AS INTEGER) % 3 = 0")
        .run();
    }
    const site = await finish('housing-table');
    // Changes that did not move the watermark are for a backfill.
    await site.store.write((tx) =>
      tx.execute('UPDATE feed_state SET request = ?', [
        JSON.stringify({ from: localTime(ACCEPTED - 1), until: localTime(ACCEPTED + ROWS) }),
      ]),
    );
    await site.close();
    const after = await finish('housing-table');
    const at = new Date(ACCEPTED * 1000).toISOString();
    expect(await after.standing()).toEqual(
      numbers.map((no, n) => `${no} case.accepted ${at} ${n % 3 === 0 ? '0417xxx' : '0417'}`),
    );
    expect(await after.contradictions()).toEqual([]);
    await after.close();
    database.close();
  });

  it('has lost no record of a file, and lists its rejects once', async () => {
    mkdirSync(join(home, 'drop'));
    const lines = numbers.map((no, n) => `${no},${n % 50 === 7 ? 'soon' : '2026-09-14 10:00:00'},,0417`);
    const file = join(home, 'drop/a.csv');
    writeFileSync(file, `YWLSH,SLSJ,BJSJ,BLR\n${lines.join('\n')}\n`);
    utimesSync(file, 1_750_000_000, 1_750_000_000);
    writeFileSync(
      join(home, 'feed.yaml'),
      'feed: housing-drop\nkind: folder\nmapping: mapping.yaml\nfolder: drop\nbatch: 20\npace: 2000\n',
    );
    for (const batches of [3, 5, 2]) await killAfter(batches);
    const site = await finish('housing-drop');
    const good = numbers.filter((_, n) => n % 50 !== 7);
    expect((await site.standing()).map((line) => line.split(' ')[0])).toEqual(good);
    expect(site.read('drop/done/a.csv.rejects.csv').trim().split('\r\n')).toHaveLength(
      1 + ROWS - good.length,
    );
    expect(readdirSync(join(home, 'drop'))).toEqual(['done']);
    await site.close();
  });
});
