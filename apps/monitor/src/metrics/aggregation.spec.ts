import { accepted, at, event, openSite, removeSite, type Site } from '../testing/site';

/* What this spec guarantees: the gauges of a monitor that was started again say what those of the one before said, because
   they are read from the rows; departments carry their names; the database is measured. */

describe('the metrics of a monitor', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00');
    await site.receive(accepted('C-1', '2026-09-14T10:00'), accepted('C-2', '2026-09-14T10:00'));
    await site.receive(event('case.decided', 'C-2', '2026-09-14T11:00', { result: 'granted' }));
    site.clock.moveTo(at('2026-10-20T10:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const lines = async (pattern: RegExp): Promise<string[]> =>
    (await site.registry.metrics()).split('\n').filter((line) => pattern.test(line));

  it('say the same after a restart', async () => {
    const pattern = /^mingjian_(cases|clocks|overdue_age\w+|orders|appeals|rating_appeals)\{/;
    const before = await lines(pattern);
    expect(before.length).toBeGreaterThan(100);
    expect(before.filter((line) => !line.endsWith(' 0'))).toContain(
      'mingjian_cases{department="housing",item_class="promised",light="red"} 1',
    );
    await site.close();
    site = await openSite('2026-10-20T10:00', { dir: site.dir });
    expect(await lines(pattern)).toEqual(before);
  });

  it('name the departments of the rules, and what is none of them', async () => {
    const named = await lines(/^mingjian_department_info\{/);
    expect(named).toContain(
      'mingjian_department_info{department="housing",name="住房和城乡建设局",district="unknown",hall="unknown"} 1',
    );
    expect(named).toHaveLength(4);
  });

  it('count a rating once, however often it is sent', async () => {
    const rated = event('case.rated', 'C-2', '2026-09-14T12:00', { grade: 1 });
    await site.receive(rated, rated);
    await site.receive(rated);
    expect(await lines(/^mingjian_ratings_total\{department="housing",grade="[15]"/)).toEqual([
      'mingjian_ratings_total{department="housing",grade="1"} 1',
      'mingjian_ratings_total{department="housing",grade="5"} 0',
    ]);
  });

  it('measure the database', async () => {
    const [writes] = await lines(/^mingjian_store_seconds_count\{operation="write"\}/);
    expect(Number(writes?.split(' ')[1])).toBeGreaterThan(1);
    const failed = 'mingjian_store_failures_total{operation="read"}';
    expect(await lines(/^mingjian_store_failures_total\{operation="read"/)).toEqual([`${failed} 0`]);
    await expect(site.store.query('SELECT nothing FROM nowhere')).rejects.toThrow();
    expect(await lines(/^mingjian_store_failures_total\{operation="read"/)).toEqual([`${failed} 1`]);
  });
});
