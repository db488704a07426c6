/* eslint-disable jest/no-export -- a helper for suites is not itself a suite */
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import { listFeedStates } from '@mingjian/store';
import { collectLog } from '../../testing/collect-log';
import { exchangeWriter, JOINED_TABLES, joinedFeeds } from './joined-exchange';
import { FeedSite } from './feed-site';

const AT = Date.parse('2026-09-14T12:00:00+08:00');
const DAY_MS = 86_400_000;

/** A department's database: how to write into it, and how the feed reaches it. */
export interface JoinedExchange {
  driver: string;
  address: string;
  run(sql: string, values?: unknown[]): Promise<void>;
  dispose(): Promise<void>;
}

/** What feeds of joined tables must do, whatever the database. */
export function checkJoinedTables(open: (home: string) => Promise<JoinedExchange>): void {
  let exchange: JoinedExchange;
  let site: FeedSite;
  let clock: TestClock;
  let write: ReturnType<typeof exchangeWriter>;
  beforeEach(async () => {
    clock = new TestClock(AT);
    site = await FeedSite.open(clock);
    exchange = await open(site.home);
    process.env.MINGJIAN_TEST_JOINED = exchange.address;
    for (const table of JOINED_TABLES) await exchange.run(table);
    write = exchangeWriter((sql, values) => exchange.run(sql, values));
    for (const [name, text] of Object.entries(joinedFeeds(exchange.driver, '${MINGJIAN_TEST_JOINED}')))
      site.write(name, text);
  });
  afterEach(async () => {
    delete process.env.MINGJIAN_TEST_JOINED;
    await exchange.dispose();
    await site.dispose();
  });

  const run = async (name: 'sl' | 'spcl') => {
    const runner = site.runner(`${name}.yaml`);
    try {
      return await runner.runOnce(`gdbs-${name}`);
    } finally {
      await runner.stop();
    }
  };
  const events = async () => (await collectLog(site.log)).events;
  const told = async (): Promise<string[]> =>
    (await events()).map(
      ({ type, subject, id, data }) => `${type} ${subject} ${id} ${data.item ?? data.step ?? ''}`,
    );
  const ended = async () =>
    (await collectLog(site.log)).quarantine.map(({ reason, releasedat, resolvedat, endedby, endedwith }) =>
      [
        ...[reason, releasedat === undefined ? '' : 'released', resolvedat === undefined ? '' : 'resolved'],
        ...[endedby ?? '', endedwith ?? ''],
      ]
        .filter((text) => text !== '')
        .join(' '),
    );

  it('takes from another table what a row has no field for: the item, and the case', async () => {
    await write.apply('1', 'A0101', '2026-09-14 09:00:01');
    await write.accept('1', '2026-09-14 10:00:01');
    await write.step('1', '2026-09-14 11:00:01');
    expect(await run('sl')).toMatchObject({ outcome: 'done', changed: 1, waiting: 0 });
    expect(await run('spcl')).toMatchObject({ outcome: 'done', changed: 1, waiting: 0 });
    expect(await told()).toEqual(['case.accepted S-1 SL/Y-1/1 A0101', 'step.finished S-1 SPCL/Y-1/1/1 审核']);
    for (const name of ['sl', 'spcl'] as const)
      expect(await run(name)).toMatchObject({ outcome: 'done', changed: 0 });
  });

  it('lets a row wait for one that comes days later, tells of it, and brings it in then: once, over restarts', async () => {
    await write.step('1', '2026-09-14 11:00:01');
    expect(await run('spcl')).toMatchObject({ outcome: 'done', changed: 1, waiting: 1 });
    expect([await told(), await ended()]).toEqual([[], ['waiting']]);
    expect((await listFeedStates(site.store))[0]).toMatchObject({ events: 0, rejects: 1 });
    // Others come meanwhile: what is read again by the watermark is far behind the one that waits.
    clock.moveTo(AT + 2 * DAY_MS);
    for (let n = 2; n < 12; n++) {
      await write.accept(String(n), '2026-09-16 11:00:00');
      await write.step(String(n), '2026-09-16 11:00:01');
    }
    expect(await run('spcl')).toMatchObject({ outcome: 'done', changed: 10, waiting: 1 });
    expect(await told()).toHaveLength(10);
    await write.accept('1', '2026-09-17 09:00:00');
    expect(await run('spcl')).toMatchObject({ outcome: 'done', changed: 1, waiting: 0 });
    expect(await told()).toContain('step.finished S-1 SPCL/Y-1/1/1 审核');
    expect(await ended()).toEqual(['waiting', 'waiting released feed gdbs-spcl SPCL/Y-1/1/1']);
    expect(await run('spcl')).toMatchObject({ changed: 0, waiting: 0 });
    expect(await told()).toHaveLength(11);
    expect((await listFeedStates(site.store))[0]).toMatchObject({ events: 11, rejects: 1 });
  });

  it('takes the newest version of the other row, and hears when that is corrected soon after', async () => {
    await write.apply('1', 'A0101', '2026-09-14 09:00:01');
    await write.apply('1', 'B0202', '2026-09-14 09:00:02', 2);
    await write.accept('1', '2026-09-14 10:00:01');
    await run('sl');
    expect(await told()).toEqual(['case.accepted S-1 SL/Y-1/1 B0202']);
    await write.apply('1', 'C0303', '2026-09-14 10:00:30', 3);
    await run('sl');
    expect((await told()).slice(1)).toEqual([
      'case.accepted S-1 SL/Y-1/1~2 C0303',
      'event.retracted S-1 SL/Y-1/1~retracted ',
    ]);
    expect(await site.contradictions()).toEqual([]);
  });

  it('does not choose between two rows that have the key, and goes on with the others', async () => {
    await write.accept('1', '2026-09-14 10:00:01', 'S-9');
    for (const no of ['1', '2']) {
      await write.accept(no, '2026-09-14 10:00:01');
      await write.step(no, '2026-09-14 11:00:01');
    }
    await run('spcl');
    expect(await told()).toEqual(['step.finished S-2 SPCL/Y-2/1/1 审核']);
    expect((await collectLog(site.log)).quarantine).toMatchObject([
      { reason: 'unmappable', expected: 'one row of SL known by "Y-1"', got: 'several' },
    ]);
  });

  it('marks what was mended in the table as resolved, and keeps it', async () => {
    await write.accept('1', '2026-09-14 10:00:00');
    await write.step('1', '2026-09-14 11:00:01', 'soon');
    await run('spcl');
    expect(await ended()).toEqual(['unmappable']);
    await exchange.run(
      "UPDATE `EX_GDBS_SPCL` SET `SPSJ` = '2026-09-14 11:00:00', `INSERTTIME` = '2026-09-14 11:30:00'",
    );
    await run('spcl');
    expect(await told()).toEqual(['step.finished S-1 SPCL/Y-1/1/1 审核']);
    expect(await ended()).toEqual(['unmappable', 'unmappable resolved feed gdbs-spcl SPCL/Y-1/1/1']);
  });
}
