import { accepted, openSite, removeSite } from '../../apps/monitor/src/testing/site';

const CASES = 4_000;
const BATCH = 200;

describe('defect 8: a sweep that leaves out what goes beyond its cap', () => {
  it('defect 8: lights all that are due at one instant, batch by batch, and lets events in between them', async () => {
    const site = await openSite('2026-09-14T10:00:05', { settings: { sweepBatch: BATCH } });
    await site.receive(...Array.from({ length: CASES }, (_, n) => accepted(`C-${n}`, '2026-09-14T10:00')));
    site.clock.moveTo(Date.parse('2026-09-22T00:00:00+08:00'));

    const order: string[] = [];
    const { metrics } = site.monitor;
    const count = metrics.count.bind(metrics);
    metrics.count = (judgement) => {
      count(judgement);
      order.push(judgement.changes.length > 0 ? 'swept' : 'received');
    };
    const sweeping = site.monitor.sweep.runOnce(site.clock.now());
    await site.receive(accepted('late-comer', '2026-09-21T10:00'));
    expect(await sweeping).toEqual({ cases: CASES, changes: CASES, failed: 0 });

    // The event did not wait for the end of the sweep.
    expect(order.filter((what) => what === 'swept').length).toBeGreaterThanOrEqual(CASES / BATCH);
    expect(order.indexOf('received')).toBeLessThan(order.length - 5);
    expect(
      await site.store.query(
        "SELECT COUNT(*) AS n, COUNT(DISTINCT case_no) AS cases FROM light_change WHERE to_light = 'yellow'",
      ),
    ).toEqual([{ n: CASES, cases: CASES }]);
    expect(await site.monitor.sweep.runOnce(site.clock.now())).toEqual({ cases: 0, changes: 0, failed: 0 });
    await site.close();
    removeSite(site.dir);
  });
});
