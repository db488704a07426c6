import { join } from 'node:path';
import type { StepEvent } from '@mingjian/contracts';
import { RowScope, type Store } from '@mingjian/store';
import { cityEvents, demoCityDir } from '../../testing/demo-city';
import { openSite, removeSite, type Site } from '../../testing/site';
import { monthFigures } from '../bulletin-figures';
import type { ReportRules } from '../report-rules';
import { statisticsTable } from '../statistics-table';
import { rulesOfThen } from './rules-of-then';
import { withStoreOfThen } from './store-of-then';

const ALL = RowScope.everything;
const MONTH = '2026-03';
const SCHEME = join(__dirname, '../../../../../rulesets/schemes/county-monthly.yaml');
const DAY_MS = 86_400_000;

/* What this spec guarantees: of a simulated city, at instants that nobody chose, what the live store said of a month at that instant is
   what the store says was known then, once everything has come in. */
describe('a simulated month as it was known', () => {
  const dir = demoCityDir();
  let site: Site;
  const said = new Map<number, string>();

  async function reportsOf(from: Store, rules: ReportRules, now: number): Promise<string> {
    const by = async (dimension: 'department' | 'officer') =>
      statisticsTable(from, rules, { months: [MONTH], by: dimension }, ALL);
    const sources = { from, rules, scoreScheme: SCHEME };
    return JSON.stringify([
      await by('department'),
      await by('officer'),
      await monthFigures(sources, { month: MONTH, now, scope: ALL }),
    ]);
  }

  beforeAll(async () => {
    site = await openSite('2026-03-01T10:00', { dir, settings: { calendars: join(dir, 'calendars') } });
    const events = cityEvents({
      city: 'fangchenggang',
      seed: 'as known then',
      from: '2026-03-02',
      to: '2026-03-04',
      misconduct: ['over-promise', 'filed-again', 'late-upload', 'reopened'],
    });
    const received = (event: StepEvent): number => Date.parse(event.receivedat!);
    const start = received(events[0]!);
    // Odd instants of the month; no rule knows them.
    const instants = [1.137, 4.71, 9.913, 17.29, 26.6].map((days) => Math.floor(start + days * DAY_MS));
    let after = -Infinity;
    for (const instant of [...instants, Infinity]) {
      const some = events.filter((event) => received(event) > after && received(event) <= instant);
      if (instant !== Infinity) site.clock.moveTo(instant);
      else site.clock.moveTo(received(events[events.length - 1]!));
      await site.receive(...some);
      await site.monitor.sweep.runOnce(site.clock.now());
      if (instant !== Infinity)
        said.set(instant, await reportsOf(site.store, site.monitor.rules.current, instant));
      after = instant;
    }
  }, 300_000);
  afterAll(async () => {
    await site.close();
    removeSite(site.dir);
  });

  it('says at every instant what it said then, down to the light behind every deduction', async () => {
    for (const [instant, then] of said) {
      const rules = await rulesOfThen(site.store, site.monitor.rules.current, instant);
      const known = await withStoreOfThen(site.store, rules, instant, ({ store }) =>
        reportsOf(store, rules, instant),
      );
      expect(JSON.parse(known)).toEqual(JSON.parse(then));
      expect(known).toBe(then);
    }
    // They are instants that differ.
    expect(new Set(said.values()).size).toBe(said.size);
  }, 300_000);
});
