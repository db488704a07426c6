import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  accepted,
  event,
  openSite,
  removeSite,
  rulesetText,
  type Site,
} from '../../apps/monitor/src/testing/site';

/** Whoever sends, sends for `time` and `event`; what a recomputation writes carries its own reason. */
const SENT = ['time', 'event'];

describe('defect 28: a recomputation that sends again', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00:05');
    await site.receive(accepted('C-1', '2026-09-14T10:00'), accepted('C-2', '2026-09-14T10:00'));
    site.clock.moveTo(Date.parse('2026-09-22T09:00:00+08:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  interface Written {
    id: number;
    reason: string;
  }
  const written = (): Promise<Written[]> =>
    site.store.query('SELECT id, reason FROM light_change ORDER BY id');

  /** What the recomputation wrote, by reason. */
  async function reasonsOf(recompute: () => Promise<void>): Promise<string[]> {
    const before = (await written()).at(-1)!.id;
    await recompute();
    return (await written()).filter(({ id }) => id > before).map(({ reason }) => reason);
  }

  it('defect 28: by other rules marks every light change as brought by the rule', async () => {
    expect((await written()).map(({ reason }) => reason)).toEqual(['time', 'time']);
    const reasons = await reasonsOf(async () => {
      site.writeRuleset(rulesetText('3wd'));
      await site.monitor.followRules();
    });
    expect(reasons).toEqual(['rule', 'rule', 'rule', 'rule']);
    expect(reasons.filter((reason) => SENT.includes(reason))).toEqual([]);
  });

  it('defect 28: by another calendar marks every light change as brought by the calendar', async () => {
    const file = join(site.dir, 'calendar.yaml');
    const reasons = await reasonsOf(async () => {
      // A make-up Saturday: everything is due one day earlier.
      writeFileSync(file, `${readFileSync(file, 'utf8')}days: [{ date: 2026-09-19, work: true }]\n`);
      await site.monitor.followRules();
    });
    expect(reasons).toEqual(['calendar', 'calendar']);
  });

  it('defect 28: by late data marks what belongs into the past as brought by late data', async () => {
    const reasons = await reasonsOf(() =>
      site.receive(
        event('event.retracted', 'C-1', '2026-09-22T09:00', {
          retracts: 'C-1/case.accepted/2026-09-14T10:00',
        }),
        accepted('C-1', '2026-09-10T10:00'),
      ),
    );
    expect(reasons).toEqual(['late_data', 'late_data']);
  });

  it('defect 28: that changes nothing writes nothing, however often it is done', async () => {
    const reasons = await reasonsOf(async () => {
      for (let n = 1; n <= 5; n++) {
        site.writeRuleset(`${rulesetText()}${'#'.repeat(n)}\n`);
        await site.monitor.followRules();
        await site.monitor.rejudge.runOnce();
        await site.monitor.sweep.runOnce(site.clock.now());
      }
    });
    expect(reasons).toEqual([]);
  });

  it('defect 28: leaves what time brings afterwards to be sent as ever', async () => {
    site.writeRuleset(rulesetText('9wd'));
    await site.monitor.followRules();
    const reasons = await reasonsOf(async () => {
      site.clock.moveTo(Date.parse('2026-09-30T09:00:00+08:00'));
      await site.monitor.sweep.runOnce(site.clock.now());
    });
    expect(new Set(reasons)).toEqual(new Set(['time']));
  });
});
