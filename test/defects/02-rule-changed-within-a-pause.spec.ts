import {
  accepted,
  event,
  openSite,
  removeSite,
  rulesetText,
  type Site,
} from '../../apps/monitor/src/testing/site';

const SUSPENDED = event('case.suspended', 'C-1', '2026-09-16T10:00', {
  ground: '鉴定',
  notice: '特别程序告知 1 号',
  approver: '王局长',
  daysApplied: 3,
});
const RESUMED = event('case.resumed', 'C-1', '2026-09-21T10:00');

/** Accepted on Monday 14 September; from Wednesday 16 to Monday 21 three working days are taken out. */
describe('defect 2: a rule that changes while a clock is held', () => {
  const sites: Site[] = [];
  const open = async (now: string): Promise<Site> => {
    const site = await openSite(now);
    sites.push(site);
    return site;
  };
  afterEach(async () => {
    for (const site of sites.splice(0)) {
      await site.close();
      removeSite(site.dir);
    }
  });

  async function rows(site: Site): Promise<string[]> {
    return [await site.verdictDigest(), await site.storedDigest(), ...(await site.lights())];
  }

  it.each([
    ['shorter', '5wd', '2026-09-24 15:59:59.999'],
    ['longer', '10wd', '2026-10-01 15:59:59.999'],
    ['in hours', '26wh', '2026-09-23 02:00:00.000'],
  ])(
    'defect 2: a promise made %s within the pause: the pause counts once, as if judged from scratch',
    async (_what, promise, dueAt) => {
      const site = await open('2026-09-14T10:00:05');
      await site.receive(accepted('C-1', '2026-09-14T10:00'));
      site.clock.moveTo(Date.parse('2026-09-16T10:00:05+08:00'));
      await site.receive(SUSPENDED);
      site.clock.moveTo(Date.parse('2026-09-18T09:00:00+08:00'));
      site.writeRuleset(rulesetText(promise));
      await site.monitor.followRules();
      // Held: no due instant under the new rule either.
      expect(await site.store.query('SELECT clock_lights FROM case_file')).toEqual([
        { clock_lights: expect.stringContaining('promise=green') },
      ]);
      site.clock.moveTo(Date.parse('2026-09-21T10:00:05+08:00'));
      await site.receive(RESUMED);
      await site.monitor.sweep.runOnce(site.clock.now());

      const calm = await open('2026-09-21T10:00:05');
      calm.writeRuleset(rulesetText(promise));
      await calm.monitor.followRules();
      await calm.receive(accepted('C-1', '2026-09-14T10:00'), SUSPENDED, RESUMED);
      await calm.monitor.sweep.runOnce(calm.clock.now());
      expect((await rows(site)).slice(0, 2)).toEqual((await rows(calm)).slice(0, 2));

      for (const each of [site, calm]) {
        each.clock.moveTo(Date.parse('2026-11-30T09:00:00+08:00'));
        await each.monitor.sweep.runOnce(each.clock.now());
        expect(
          await each.store.query(
            "SELECT DISTINCT due_at FROM light_change WHERE clock = 'promise' AND to_light = 'red' AND superseded_at IS NULL",
          ),
        ).toEqual([{ due_at: dueAt }]);
      }
      expect((await rows(site)).slice(0, 2)).toEqual((await rows(calm)).slice(0, 2));
    },
  );
});
