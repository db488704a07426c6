import type { TimelineEvent } from '@mingjian/contracts';
import { describeWithServices } from '../../../../test/services/with-services';
import { openMysqlStore } from '../open-mysql-store';
import { RowScope } from '../row-scope';
import type { Store } from '../store';
import { Server } from '../testing/database-server';
import { caseStatistics, combinedStatistics, type GroupSums } from './case-statistics';
import { DIMENSIONS, type Dimension } from './fact-sums';
import { casesTouchedSince, lightsSince, upheldSince } from './facts-since';
import { countMonth, factRevisions, staleMonths } from './month-count.store';
import { saveServiceCounts, serviceSums } from './service-count.store';

const CASES = 30_000;
const MONTHS = Array.from({ length: 12 }, (_, month) => `2026-${String(month + 1).padStart(2, '0')}`);

/** A year of cases by the server's own sequence: forty departments, 400 items, 900 officers in 20 districts. */
const FACTS = `INSERT INTO case_fact (case_no, shard, accepted_month, ended_month, accepted_at, ended_at, district, hall, department,
    item_code, item_class, post, officer, outcome, applicant, decided, promise_days, statutory_days, used_days, late_promise,
    late_statutory, early, same_day, saved_days, suspended_days, reopened, late_reopened, late_held, incomplete, ratings,
    bad_ratings, grade_sum)
  SELECT CONCAT('C-', seq), seq MOD 8, CONCAT('2026-', LPAD(1 + seq MOD 12, 2, '0')), CONCAT('2026-', LPAD(1 + seq MOD 12, 2, '0')),
    '2026-03-02', '2026-03-09', CONCAT('D', seq MOD 20), 'hall', CONCAT('dept-', seq MOD 40), CONCAT('I', seq MOD 400),
    ELT(1 + seq MOD 3, 'promised', 'on-the-spot', 'joint'), CONCAT('P', seq MOD 120), CONCAT('O', seq MOD 900), 'granted', NULL,
    seq MOD 50 <> 0, 7, 20, seq MOD 9, seq MOD 9 > 7, 0, seq MOD 9 < 7, seq MOD 9 = 0, 0, 0, 0, 0, 0, seq MOD 40 = 0, 1,
    seq MOD 200 = 0, 5 FROM seq_1_to_${CASES}`;

describeWithServices('statistics on MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);
  let store: Store;
  let url: string;
  beforeAll(async () => {
    url = await server.create();
    store = await openMysqlStore({ url });
    await store.write(async (transaction) => {
      await transaction.execute(FACTS);
      await transaction.execute(
        `INSERT INTO fact_mark (month, shard, revision) VALUES ${MONTHS.map((month) => `('${month}', 0, 1)`).join(', ')}`,
      );
    });
  }, 120_000);
  afterAll(async () => {
    await store.close();
    await server.drop(url);
  });

  const filter = { months: MONTHS, scope: RowScope.everything };
  const dimensions = [...(Object.keys(DIMENSIONS) as Dimension[]), 'month' as const];
  const sorted = (groups: GroupSums[]): string[] => groups.map((group) => JSON.stringify(group)).sort();

  it('are the same from the cases and from counted months, by every dimension', async () => {
    const fresh = new Map<string, string[]>();
    for (const by of dimensions) fresh.set(by, sorted(await caseStatistics(store, by, filter)));
    expect(await staleMonths(store)).toEqual(MONTHS);
    for (const month of MONTHS) await store.write((transaction) => countMonth(transaction, month, 0));
    expect(await staleMonths(store)).toEqual([]);
    for (const by of dimensions)
      expect(sorted(await caseStatistics(store, by, filter))).toEqual(fresh.get(by));
  }, 120_000);

  it('by several dimensions at once add up to those by one', async () => {
    const combined = await combinedStatistics(store, ['item', 'post'], filter);
    const decided = (groups: readonly { sums: { decided: number } }[]): number =>
      groups.reduce((sum, { sums }) => sum + sums.decided, 0);
    expect(combined.length).toBeGreaterThan(400);
    expect(decided(combined)).toBe(decided(await caseStatistics(store, 'item', filter)));
  });

  it('take counts of convenience items once, the later one, and ask what became known since', async () => {
    const told = (id: string, occurredAt: number, count: number): TimelineEvent => ({
      ...{
        source: 'urn:dept:tax',
        id,
        type: 'service.counted',
        caseNo: '2026-03-02/tax',
        occurredAt,
        receivedAt: null,
      },
      data: { count, date: '2026-03-02', department: 'tax', item: 'G0101' },
    });
    await store.write((transaction) =>
      saveServiceCounts(transaction, [told('a', 1_000, 40), told('b', 2_000, 41)]),
    );
    await store.write((transaction) => saveServiceCounts(transaction, [told('a', 1_000, 40)]));
    expect(await serviceSums(store, ['2026-03'], RowScope.everything)).toEqual([
      { month: '2026-03', department: 'tax', item: 'G0101', district: null, hall: null, counted: 41 },
    ]);
    const span = { from: 0, until: Date.UTC(2026, 11, 31), knownAt: 0 };
    for (const all of [true, false]) expect(await casesTouchedSince(store, span, all)).toEqual([]);
    expect(await lightsSince(store, span, RowScope.everything)).toEqual([]);
    expect(await upheldSince(store, '2026-03', 0)).toEqual([]);
  });

  it('of counted months read no case: a page costs as much as there are combinations, not cases', async () => {
    await store.query('ANALYZE TABLE case_fact, month_sum');
    const [plan] = await store.query<{ table: string; rows: number | string }>(
      "EXPLAIN SELECT department, SUM(decided) FROM month_sum WHERE month IN ('2026-03', '2026-04') GROUP BY department",
    );
    expect(plan).toMatchObject({ table: 'month_sum', key: 'ix_month_sum_month' });
    const [ofMonth] = await store.query<object>(
      "EXPLAIN SELECT * FROM case_fact WHERE ended_month = '2026-03' AND department = 'dept-3' AND late_promise = 1",
    );
    expect(ofMonth).toMatchObject({ key: 'ix_case_fact_ended' });
    expect((await factRevisions(store)).size).toBe(12);
  });
});
