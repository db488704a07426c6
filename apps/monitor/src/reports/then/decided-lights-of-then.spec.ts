import { lightStatistics, RowScope, type Queryable } from '@mingjian/store';
import { INSPECTOR } from '../../testing/people';
import { accepted, at, openSite, removeSite, rulesetText, type Site } from '../../testing/site';
import { lightsOfMonth } from '../evidence-rows';
import { rulesOfThen } from './rules-of-then';
import { withStoreOfThen } from './store-of-then';

const ALL = RowScope.everything;
const [SINCE, UNTIL] = [at('2026-09-01T00:00'), at('2026-10-01T00:00')];

/* What this spec guarantees: lights that wait for a person count, in what was known at an instant, as far as a person had decided then. */
describe('lights that a person confirms, as they were known', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-01T09:00');
    site.writeRuleset(
      rulesetText().replace("'1'", "'2'").replace('items:', 'switches: { issue: confirmed }\nitems:'),
    );
    await site.monitor.followRules();
  }, 60_000);
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const said = async (from: Queryable): Promise<object> => ({
    statistics: await lightStatistics(from, SINCE, UNTIL, ALL),
    evidence: await lightsOfMonth(from, SINCE, UNTIL, ALL),
  });
  const pass = async (time: string): Promise<void> => {
    site.clock.moveTo(at(time));
    await site.monitor.sweep.runOnce(site.clock.now());
  };

  it('count from when they were issued, and no longer from when they were cancelled', async () => {
    await site.receive(accepted('C-1', '2026-09-01T10:00'), accepted('C-2', '2026-09-01T10:00'));
    const told: [number, object][] = [];
    const note = async (): Promise<void> => void told.push([site.clock.now(), await said(site.store)]);
    const decide = async (time: string, caseNo: string, decision: 'issued' | 'cancelled'): Promise<void> => {
      await pass(time);
      const [light] = await site.store.query<{ id: number }>(
        "SELECT id FROM light_change WHERE case_no = ? AND clock = 'promise' AND to_light = 'red'",
        [caseNo],
      );
      const reason = decision === 'cancelled' ? '系统故障' : undefined;
      await site.monitor.acts.cards.decide(light!.id, { decision, reason }, INSPECTOR, ALL);
      await note();
    };
    await pass('2026-09-14T10:00');
    await note();
    await decide('2026-09-15T10:00', 'C-1', 'issued');
    await decide('2026-09-16T10:00', 'C-2', 'cancelled');
    for (const [instant, then] of told) {
      const rules = await rulesOfThen(site.store, site.monitor.rules.current, instant);
      expect(await withStoreOfThen(site.store, rules, instant, ({ store }) => said(store))).toEqual(then);
    }
    expect(told.map(([, then]) => (then as { evidence: unknown[] }).evidence.length)).toEqual([0, 1, 1]);
  });
});
