import { HealthController } from '../../apps/monitor/src/health/health.controller';
import { accepted, openSite, removeSite, type Site } from '../../apps/monitor/src/testing/site';

const MINUTE = 60_000;

describe('defect 9: a sweep that no longer runs', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00');
    await site.monitor.start();
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const lastSweep = async (): Promise<number> => {
    const text = await site.registry.getSingleMetricAsString('mingjian_last_progress_timestamp_seconds');
    return 1000 * Number(/stage="sweep"\} (\S+)/.exec(text)![1]);
  };

  it('defect 9: has a heartbeat that stands still, and fails the health check although the process is up', async () => {
    const health = new HealthController(site.monitor);
    site.clock.moveTo(site.clock.now() + MINUTE);
    await site.monitor.timer.sweepNow();
    const beat = site.clock.now();
    expect(await lastSweep()).toBe(beat);
    expect(await health.healthz()).toMatchObject({ status: 'ok' });

    site.monitor.timer.stop();
    site.clock.moveTo(site.clock.now() + 10 * MINUTE);
    expect(await lastSweep()).toBe(beat);
    await expect(health.healthz()).rejects.toMatchObject({ status: 503, response: { status: 'stuck' } });

    site.clock.moveTo(site.clock.now() + MINUTE);
    await site.monitor.timer.sweepNow();
    expect(await lastSweep()).toBe(site.clock.now());
    expect(await health.healthz()).toMatchObject({ status: 'ok' });
  });

  it('defect 9: beats also where nothing is due, so that silence is never taken for health', async () => {
    for (let minute = 0; minute < 5; minute++) {
      site.clock.moveTo(site.clock.now() + MINUTE);
      await site.monitor.timer.sweepNow();
      expect(await lastSweep()).toBe(site.clock.now());
    }
  });

  it('defect 9: looks a bounded number of cases over, however many there are', async () => {
    await site.receive(...Array.from({ length: 300 }, (_, n) => accepted(`C-${n}`, '2026-09-14T10:00')));
    let asked = 0;
    const query = site.store.query.bind(site.store);
    site.store.query = (sql, parameters) => {
      asked++;
      return query(sql, parameters);
    };
    await site.monitor.secondOpinion.runOnce();
    // Five cases at a time, each with its timeline and rows.
    expect(asked).toBeGreaterThan(0);
    expect(asked).toBeLessThan(40);
  });
});
