import { accepted, openSite, removeSite, rulesetText, type Site } from '../../apps/monitor/src/testing/site';

const CASES = 3_000;
const MINUTE = 60_000;

/** Accepted on Friday evening, on Saturday or on Sunday: the hours of all of them begin on Monday at 09:00. */
describe('defect 13: a thundering herd', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-11T16:00');
    site.writeRuleset(rulesetText('{ limit: 8wh, yellowBefore: [], redAfter: 0wd }'));
    await site.monitor.followRules();
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  it('defect 13: of cases accepted all over a weekend is lit at one instant, each once, by one wake-up', async () => {
    const friday = Date.parse('2026-09-11T17:00:00+08:00');
    const text = (minutes: number): string =>
      new Date(friday + minutes * MINUTE + 8 * 3_600_000).toISOString().slice(0, 16);
    await site.monitor.timer.start();
    site.clock.moveTo(Date.parse('2026-09-14T08:59:00+08:00'));
    await site.receive(...Array.from({ length: CASES }, (_, n) => accepted(`C-${n}`, text(n % 3_800))));
    // Eight working hours from Monday 09:00 end on Tuesday at 10:30, whenever in the weekend they began.
    expect(await site.store.query('SELECT DISTINCT next_change_at FROM case_file')).toEqual([
      { next_change_at: '2026-09-15 02:30:00.001' },
    ]);
    site.clock.moveTo(Date.parse('2026-09-15T10:30:00+08:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    expect(await site.lights()).toEqual([]);

    site.clock.moveTo(Date.parse('2026-09-15T10:30:00.001+08:00'));
    // The run asked for here begins after the one that the clock woke, which has left nothing to do.
    expect((await site.monitor.sweep.runOnce(site.clock.now())).cases).toBe(0);
    const lit = await site.store.query(
      'SELECT became_at, detected_at, to_light, COUNT(*) AS changes, COUNT(DISTINCT case_no) AS cases FROM light_change ' +
        'GROUP BY became_at, detected_at, to_light',
    );
    const instant = '2026-09-15 02:30:00.001';
    expect(lit).toEqual([
      { became_at: instant, detected_at: instant, to_light: 'red', changes: CASES, cases: CASES },
    ]);
  });
});
