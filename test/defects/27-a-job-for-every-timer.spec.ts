import { accepted, openSite, removeSite, type Site } from '../../apps/monitor/src/testing/site';

const CASES = 8_000;
const MINUTE = 60_000;

/** There is no table of timers: the next instant of a case stands in its row, and one index finds the earliest. */
describe('defect 27: a table of timers that grows until it is slow', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite('2026-09-14T10:00:05');
    for (let first = 0; first < CASES; first += 1_000)
      await site.receive(
        ...Array.from({ length: 1_000 }, (_, n) => accepted(`C-${first + n}`, '2026-09-14T10:00')),
      );
  }, 120_000);
  afterAll(async () => {
    await site.close();
    removeSite(site.dir);
  });

  async function sizes(): Promise<Record<string, number>> {
    const tables = await site.store.query<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    );
    const counted: Record<string, number> = {};
    for (const { name } of tables) {
      const [row] = await site.store.query<{ n: number }>(`SELECT COUNT(*) AS n FROM "${name}"`);
      counted[name] = row!.n;
    }
    return counted;
  }

  it('defect 27: sweeps over many open cases touch none of them and leave no row behind', async () => {
    const before = await sizes();
    expect(before.case_file).toBe(CASES);
    for (let sweep = 0; sweep < 200; sweep++) {
      site.clock.moveTo(site.clock.now() + MINUTE);
      expect((await site.monitor.sweep.runOnce(site.clock.now())).cases).toBe(0);
    }
    expect(await sizes()).toEqual(before);
  });

  it('defect 27: what is due, and what is due first, is found in an index and not by looking at every case', async () => {
    const plan = async (sql: string): Promise<string> =>
      (await site.store.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`))
        .map(({ detail }) => detail)
        .join('; ');
    const asked: string[] = [];
    const query = site.store.query.bind(site.store);
    site.store.query = (sql, parameters) => {
      asked.push(sql);
      return query(sql, parameters);
    };
    await site.monitor.timer.start();
    site.store.query = query;
    const [earliest] = asked.filter((sql) => sql.includes('next_change_at'));
    for (const sql of [
      earliest!,
      "SELECT case_no FROM case_file WHERE shard = 0 AND next_change_at <= 'x' ORDER BY next_change_at, case_no LIMIT 5",
    ]) {
      expect(await plan(sql)).toMatch(/SEARCH case_file USING COVERING INDEX ix_case_file_/);
      expect(await plan(sql)).not.toMatch(/SCAN case_file/);
    }
  });
});
