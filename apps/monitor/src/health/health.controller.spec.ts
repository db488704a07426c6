import { accepted, openSite, removeSite, type Site } from '../testing/site';
import { HealthController } from './health.controller';

describe('health', () => {
  let site: Site;
  let health: HealthController;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00');
    health = new HealthController(site.monitor);
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  it('is not ready before the flow runs, and ready when it does', async () => {
    await expect(health.readyz()).rejects.toMatchObject({ status: 503 });
    await site.monitor.start();
    expect(await health.readyz()).toEqual({ status: 'ready' });
  });

  it('is alive while nothing waits, however long nothing happens', async () => {
    await site.monitor.start();
    await site.monitor.intake.stop();
    site.clock.moveTo(site.clock.now() + 100_000);
    expect(await health.healthz()).toMatchObject({ status: 'ok', waiting: 0 });
  });

  it('is stuck when records wait and the intake does not move', async () => {
    await site.monitor.start();
    await site.monitor.intake.stop();
    await site.send(accepted('C-1', '2026-09-14T10:00'));
    expect(await health.healthz()).toMatchObject({ status: 'ok', waiting: 1 });
    site.clock.moveTo(site.clock.now() + 61_000);
    await expect(health.healthz()).rejects.toMatchObject({
      status: 503,
      response: { status: 'stuck', waiting: 1 },
    });
  });

  it('is stuck when the sweep does not run although the safety net should have', async () => {
    await site.monitor.start();
    site.monitor.timer.stop();
    site.clock.moveTo(site.clock.now() + 121_000);
    await expect(health.healthz()).rejects.toMatchObject({ status: 503 });
    await site.monitor.timer.sweepNow();
    expect(await health.healthz()).toMatchObject({ status: 'ok' });
  });
});
