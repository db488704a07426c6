import { join } from 'node:path';
import Database from 'libsql';
import { TestClock } from '../../../../../libs/runtime/src/testing/test-clock';
import { departmentAtWork, localTime, standingOf, type ExchangeRow } from '../testing/department-at-work';
import { exchangeFeed, EXCHANGE_MAPPING } from '../testing/exchange-table';
import { FeedSite } from '../testing/feed-site';

const AT = Date.parse('2026-09-14T10:00:00+08:00');

describe('an hour of a department, with late commits, corrections, clocks that differ and ten minutes without the database', () => {
  it.each([1, 2])(
    'is known in the end as it was, nothing missed and nothing double (seed %i)',
    async (seed) => {
      const clock = new TestClock(AT);
      const site = await FeedSite.open(clock);
      const file = join(site.home, 'exchange.db');
      const database = new Database(file);
      database.exec(
        'CREATE TABLE EX_SL (YWLSH TEXT, SJBBH INTEGER, SLSJ TEXT, BJSJ TEXT, BLR TEXT, GXSJ TEXT, PRIMARY KEY (YWLSH, SJBBH))',
      );
      site.write('mapping.yaml', EXCHANGE_MAPPING);
      // Small pages: most runs take several.
      site.write('feed.yaml', exchangeFeed('sqlite', 'exchange.db').replace('batch: 4', 'batch: 12'));
      let runner = site.runner('feed.yaml', { owner: 'first' });
      const outcomes = new Map<string, number>();
      let polls = 0;
      let table = 'EX_SL';
      const rows = await departmentAtWork({
        seed,
        clock,
        put: async ({ no, version, acceptedAt, decidedAt, officer, stamp }: ExchangeRow) => {
          database
            .prepare(`INSERT OR REPLACE INTO ${table} VALUES (?, ?, ?, ?, ?, ?)`)
            .run(
              no,
              version,
              localTime(acceptedAt),
              decidedAt === null ? null : localTime(decidedAt),
              officer,
              localTime(stamp),
            );
        },
        poll: async () => {
          // Now and then another process takes over, without the first having said that it ends.
          if (++polls % 25 === 0) {
            clock.moveTo(clock.now() + 30_000);
            runner = site.runner('feed.yaml', { owner: `other-${polls}` });
          }
          const { outcome } = await runner.runOnce('housing-table');
          outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
        },
        // For the reader it is gone; the department writes on.
        outage: async (isAway) => {
          database.exec(`ALTER TABLE ${table} RENAME TO ${isAway ? 'AWAY' : 'EX_SL'}`);
          table = isAway ? 'AWAY' : 'EX_SL';
        },
      });
      database.close();
      const { repeats, rejected } = await site.published();
      expect(await site.standing()).toEqual(standingOf(rows));
      expect([repeats, rejected]).toEqual([0, []]);
      expect(outcomes.get('failed')).toBe(20);
      expect(rows.length).toBeGreaterThan(100);
      await site.dispose();
    },
  );
});
