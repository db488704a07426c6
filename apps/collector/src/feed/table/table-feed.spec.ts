import { join } from 'node:path';
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import Database from 'libsql';
import { listFeedStates, pauseFeed, requestOfFeed } from '@mingjian/store';
import { exchangeFeed, EXCHANGE_MAPPING } from '../testing/exchange-table';
import { FeedSite } from '../testing/feed-site';

const AT = Date.parse('2026-09-14T10:00:00+08:00');

/** A time of the exchange database, so many seconds behind ten o'clock. */
function local(seconds: number): string {
  return new Date(AT + 8 * 3_600_000 + seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

describe('a feed of a table', () => {
  let site: FeedSite;
  let clock: TestClock;
  let database: Database.Database;
  beforeEach(async () => {
    clock = new TestClock(AT + 3_600_000);
    site = await FeedSite.open(clock);
    database = new Database(join(site.home, 'exchange.db'));
    database.exec(
      'CREATE TABLE EX_SL (YWLSH TEXT, SJBBH INTEGER, SLSJ TEXT, BJSJ TEXT, BLR TEXT, GXSJ TEXT, PRIMARY KEY (YWLSH, SJBBH))',
    );
    site.write('mapping.yaml', EXCHANGE_MAPPING);
    site.write('feed.yaml', exchangeFeed('sqlite', 'exchange.db'));
  });
  afterEach(async () => {
    database.close();
    await site.dispose();
  });

  /** Writes a version of a row, stamped so many seconds after ten. */
  function put(
    no: string,
    at: number,
    more: { version?: number; decided?: number; officer?: string } = {},
  ): void {
    const { version = 1, decided, officer = '0417' } = more;
    database
      .prepare('INSERT OR REPLACE INTO EX_SL VALUES (?, ?, ?, ?, ?, ?)')
      .run(no, version, local(0), decided === undefined ? null : local(decided), officer, local(at));
  }
  const accepted = (no: string, officer = '0417'): string =>
    `${no} case.accepted 2026-09-14T02:00:00.000Z ${officer}`;
  const decided = (no: string, at: number, officer = '0417'): string =>
    `${no} case.decided ${new Date(AT + at * 1000).toISOString()} ${officer}`;

  it('brings every row in once, page by page, also rows of one instant', async () => {
    for (let n = 10; n < 33; n++) put(`C-${n}`, n < 25 ? 60 : n);
    const runner = site.runner('feed.yaml');
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 23 });
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 0 });
    const { events, repeats } = await site.published();
    expect([events.size, repeats]).toEqual([23, 0]);
  });

  it('publishes nothing for rows that it reads again unchanged, or whose stamp alone has changed', async () => {
    put('C-1', 10);
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-table');
    put('C-1', 400);
    await runner.runOnce('housing-table');
    expect((await site.published()).events.size).toBe(1);
  });

  it('sees a row that was committed late, or stamped by a clock that is behind, within the overlap', async () => {
    put('C-1', 1200);
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-table');
    put('C-2', 1200 - 590);
    await runner.runOnce('housing-table');
    expect(await site.standing()).toEqual([accepted('C-1'), accepted('C-2')]);
  });

  it('is not led past rows by a writer whose clock is ahead of the database', async () => {
    database
      .prepare("INSERT INTO EX_SL VALUES ('C-9', 1, ?, NULL, '0417', '2999-01-01 00:00:00')")
      .run(local(0));
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-table');
    const now = database.prepare("SELECT strftime('%Y-%m-%d %H:%M:%S', 'now', '+8 hours') AS now").get() as {
      now: string;
    };
    database.prepare("INSERT INTO EX_SL VALUES ('C-1', 1, ?, NULL, '0417', ?)").run(local(0), now.now);
    await runner.runOnce('housing-table');
    expect(await site.standing()).toEqual([accepted('C-1'), accepted('C-9')]);
  });

  it('sees an update that does not move the watermark when it reads a wider window again', async () => {
    site.write('feed.yaml', exchangeFeed('sqlite', 'exchange.db', 'rescan: { every: 1h, window: 2d }'));
    put('C-1', -86_400);
    put('C-2', 0);
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-table');
    put('C-1', -86_400, { officer: '0999' });
    await runner.runOnce('housing-table');
    expect(await site.standing()).toContain(accepted('C-1'));
    clock.moveTo(clock.now() + 3_600_000);
    await runner.runOnce('housing-table');
    expect(await site.standing()).toContain(accepted('C-1', '0999'));
  });

  it('corrects what changed under a new id, retracts the former, and does so again and back', async () => {
    const runner = site.runner('feed.yaml');
    put('C-1', 10, { decided: 100 });
    await runner.runOnce('housing-table');
    for (const seconds of [200, 100]) {
      put('C-1', 10 + seconds, { decided: seconds });
      await runner.runOnce('housing-table');
      expect(await site.standing()).toEqual([accepted('C-1'), decided('C-1', seconds)]);
    }
    const { events, repeats } = await site.published();
    expect([...events.values()].map(({ id }) => id).sort()).toEqual([
      ...['C-1/accepted', 'C-1/decided', 'C-1/decided~2', 'C-1/decided~2~retracted', 'C-1/decided~3'],
      'C-1/decided~retracted',
    ]);
    expect(repeats).toBe(0);
  });

  it('takes an event back that a row no longer means, and brings it again under a new id', async () => {
    const runner = site.runner('feed.yaml');
    put('C-1', 10, { decided: 100 });
    await runner.runOnce('housing-table');
    put('C-1', 20);
    await runner.runOnce('housing-table');
    expect(await site.standing()).toEqual([accepted('C-1')]);
    put('C-1', 30, { decided: 100 });
    await runner.runOnce('housing-table');
    expect(await site.standing()).toEqual([accepted('C-1'), decided('C-1', 100)]);
  });

  it('takes nothing back because of a mistake in a column, and tells of the mistake', async () => {
    const runner = site.runner('feed.yaml');
    put('C-1', 10, { decided: 100 });
    await runner.runOnce('housing-table');
    database.prepare("UPDATE EX_SL SET BJSJ = 'soon', GXSJ = ?").run(local(20));
    await runner.runOnce('housing-table');
    expect(await site.standing()).toEqual([accepted('C-1'), decided('C-1', 100)]);
    expect((await site.published()).rejected).toEqual(['housing-table: EX_SL[YWLSH=C-1]']);
  });

  it('counts the newest version of a row, in whatever order versions come', async () => {
    const runner = site.runner('feed.yaml');
    put('C-1', 30, { version: 10, officer: 'ten' });
    await runner.runOnce('housing-table');
    put('C-1', 40, { version: 9, officer: 'nine' });
    await runner.runOnce('housing-table');
    expect(await site.standing()).toEqual([accepted('C-1', 'ten')]);
    put('C-1', 50, { version: 11, officer: 'eleven' });
    for (let n = 0; n < 3; n++) await runner.runOnce('housing-table');
    expect(await site.standing()).toEqual([accepted('C-1', 'eleven')]);
    expect((await site.published()).events.size).toBe(3);
  });

  it('waits longer after each failure, says so once, and goes on where it was', async () => {
    put('C-1', 10);
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-table');
    database.exec('ALTER TABLE EX_SL RENAME TO AWAY');
    const pauses: number[] = [];
    for (let n = 0; n < 9; n++) {
      const run = await runner.runOnce('housing-table');
      pauses.push(run.outcome === 'failed' ? run.retryAt - clock.now() : -1);
      clock.moveTo(clock.now() + 60_000);
    }
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60].map((seconds) => seconds * 1000));
    const [state] = await listFeedStates(site.store);
    expect(state).toMatchObject({ failures: 9, lastError: expect.stringContaining('EX_SL') as string });
    expect(site.lines.filter((line) => line.includes('A feed failed'))).toHaveLength(1);
    database.exec('ALTER TABLE AWAY RENAME TO EX_SL');
    put('C-2', 11);
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 1 });
    expect((await listFeedStates(site.store))[0]).toMatchObject({ failures: 0, lastError: '' });
    expect(await site.standing()).toEqual([accepted('C-1'), accepted('C-2')]);
  });

  it('is run by one process at a time; another takes it when the first is silent, and that one cannot write any more', async () => {
    put('C-1', 10);
    const first = site.runner('feed.yaml', { owner: 'first' });
    const second = site.runner('feed.yaml', { owner: 'second' });
    expect(await first.runOnce('housing-table')).toMatchObject({ outcome: 'done' });
    expect(await second.runOnce('housing-table')).toEqual({ outcome: 'standby' });
    clock.moveTo(clock.now() + 30_000);
    put('C-2', 11);
    expect(await second.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 1 });
    put('C-3', 12);
    expect(await first.runOnce('housing-table')).toEqual({ outcome: 'standby' });
    await second.stop();
    expect(await first.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 1 });
    expect((await site.published()).repeats).toBe(0);
  });

  it('rests while it is paused, and reads a period again when it is asked to, through the mapping as it is now', async () => {
    put('C-1', 10);
    put('C-2', 5000);
    let runner = site.runner('feed.yaml');
    await runner.runOnce('housing-table');
    await site.store.write((tx) => pauseFeed(tx, 'housing-table', true));
    expect(await runner.runOnce('housing-table')).toEqual({ outcome: 'paused' });
    await site.store.write((tx) => pauseFeed(tx, 'housing-table', false));
    await runner.stop();
    site.write('mapping.yaml', EXCHANGE_MAPPING.replaceAll("officer: '{BLR}'", "officer: 'W-{BLR}'"));
    runner = site.runner('feed.yaml');
    const request = JSON.stringify({ from: local(0), until: local(100) });
    await site.store.write((tx) => requestOfFeed(tx, 'housing-table', request));
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done' });
    expect(await site.standing()).toEqual([accepted('C-1', 'W-0417'), accepted('C-2')]);
    expect((await listFeedStates(site.store))[0]?.request).toBe('');
  });

  it('reads a period again also where the watermark is a text without separators', async () => {
    database.exec(
      "CREATE TABLE EX_TEXT AS SELECT * FROM EX_SL; INSERT INTO EX_TEXT SELECT 'C-1', 1, '2026-09-14 10:00:00', NULL, '0417', '20260914100000'",
    );
    database.exec("INSERT INTO EX_TEXT SELECT 'C-2', 1, SLSJ, NULL, BLR, '20260915100000' FROM EX_TEXT");
    site.write('feed.yaml', exchangeFeed('sqlite', 'exchange.db').replace('EX_SL', 'EX_TEXT'));
    const runner = site.runner('feed.yaml');
    await runner.runOnce('housing-table');
    const request = JSON.stringify({ from: '2026-09-15 00:00:00.000', until: '2026-09-16 00:00:00.000' });
    await site.store.write((tx) => requestOfFeed(tx, 'housing-table', request));
    // What is read again counts as changed, whether or not it says something else.
    expect(await runner.runOnce('housing-table')).toMatchObject({ outcome: 'done', changed: 1 });
    expect(await site.standing()).toEqual([accepted('C-1'), accepted('C-2')]);
  });

  it('fails, with the column, on rows that nothing names', async () => {
    database.exec(
      "CREATE TABLE EX_VIEW AS SELECT * FROM EX_SL; INSERT INTO EX_VIEW (SJBBH, GXSJ) VALUES (1, '2026-09-14 10:00:00')",
    );
    site.write('feed.yaml', exchangeFeed('sqlite', 'exchange.db').replace('EX_SL', 'EX_VIEW'));
    expect(await site.runner('feed.yaml').runOnce('housing-table')).toMatchObject({ outcome: 'failed' });
    expect((await listFeedStates(site.store))[0]?.lastError).toContain('A row has nothing in column YWLSH');
  });
});
