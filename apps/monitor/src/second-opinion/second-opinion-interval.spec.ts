import { SchedulerRegistry } from '@nestjs/schedule';
import { Identity } from '../identity/identity';
import { MonitorModule } from '../monitor.module';
import { accepted, openSite, removeSite, type Site } from '../testing/site';

describe('the rhythm of the second opinion', () => {
  let site: Site;
  const openWith = async (secondOpinionIntervalMs: number): Promise<[MonitorModule, SchedulerRegistry]> => {
    site = await openSite('2026-09-14T10:00:05', { settings: { secondOpinionIntervalMs } });
    const schedule = new SchedulerRegistry();
    const { store, wall: clock, logger, settings } = site.monitor.ports;
    const identity = new Identity({ store, clock, logger, settings: settings.access });
    return [new MonitorModule(site.monitor, schedule, identity), schedule];
  };
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  it('is off when its setting is 0', async () => {
    const [module, schedule] = await openWith(0);
    await module.onApplicationBootstrap();
    expect(schedule.getIntervals()).not.toContain('monitor-second-opinion');
    await module.onModuleDestroy();
  });

  it('asks by itself while the monitor runs, and no more once it has stopped', async () => {
    const [module, schedule] = await openWith(1);
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    const check = site.monitor.secondOpinion;
    const runOnce = check.runOnce.bind(check);
    const first = new Promise((resolve) => {
      check.runOnce = () => {
        const run = runOnce();
        resolve(run);
        return run;
      };
    });
    await module.onApplicationBootstrap();
    expect(await first).toEqual({ checked: 1, mismatches: 0 });
    await module.onModuleDestroy();
    expect(schedule.getIntervals()).toEqual([]);
    expect(await runOnce()).toEqual({ checked: 0, mismatches: 0 });
  });
});
