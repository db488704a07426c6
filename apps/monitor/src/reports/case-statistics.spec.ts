import { join } from 'node:path';
import type { StepEvent } from '@mingjian/contracts';
import { caseStatistics, countMonth, RowScope, staleMonths, type GroupSums } from '@mingjian/store';
import { countByScript } from '../testing/count-by-script';
import { cityEvents, demoCityDir } from '../testing/demo-city';
import { openSite, removeSite, type Site } from '../testing/site';

const MONTH = '2026-03';

describe('statistics of a simulated city', () => {
  const dir = demoCityDir();
  let site: Site;
  let events: StepEvent[];
  beforeAll(async () => {
    site = await openSite('2026-06-30T10:00', { dir, settings: { calendars: join(dir, 'calendars') } });
    events = cityEvents({
      city: 'fangchenggang',
      seed: 'statistics',
      from: '2026-03-02',
      to: '2026-03-06',
      misconduct: ['over-promise', 'filed-again'],
    });
    await site.receive(...events);
  }, 240_000);
  afterAll(async () => {
    await site.close();
    removeSite(dir);
  });

  const byDepartment = (months = [MONTH]): Promise<GroupSums[]> =>
    caseStatistics(site.store, 'department', { months, scope: RowScope.everything });
  const counted = async (): Promise<Record<string, object>> =>
    Object.fromEntries<object>(
      (await byDepartment()).map(({ key, sums }) => [
        String(key),
        {
          accepted: sums.accepted,
          decided: sums.decided,
          withoutResult: sums.withoutResult,
          usedDays: sums.usedDays,
          sameDay: sums.sameDay,
          ratings: sums.ratings,
          badRatings: sums.badRatings,
        },
      ]),
    );

  it('are those that a script counts from the step events', async () => {
    const expected = Object.fromEntries(countByScript(events, MONTH));
    expect(Object.keys(expected).length).toBeGreaterThan(5);
    expect(await counted()).toEqual(expected);
  });

  it('are the same after the month has been counted, and after everything is judged again', async () => {
    const fresh = await byDepartment();
    for (const month of await staleMonths(site.store))
      await site.store.write((transaction) => countMonth(transaction, month, site.clock.now()));
    expect(await staleMonths(site.store)).toEqual([]);
    const sorted = (groups: GroupSums[]): string[] => groups.map((group) => JSON.stringify(group)).sort();
    expect(sorted(await byDepartment())).toEqual(sorted(fresh));
    const caseNos = [...new Set(events.map(({ subject }) => subject))];
    await site.monitor.judge.judgeAgain(caseNos, site.clock.now());
    expect(await staleMonths(site.store)).toEqual([]);
  });

  it('are of the rows that somebody may read alone, and of all months together the sum of the months', async () => {
    const [first] = await byDepartment();
    const scope = RowScope.ofDepartments([first!.key!]);
    const seen = await caseStatistics(site.store, 'department', { months: [MONTH], scope });
    expect(seen).toEqual([first]);
    const months = [MONTH, '2026-04', '2026-05', '2026-06'];
    const all = await caseStatistics(site.store, 'month', { months, scope: RowScope.everything });
    const whole = (await byDepartment(months)).reduce((sum, { sums }) => sum + sums.decided, 0);
    expect(all.reduce((sum, { sums }) => sum + sums.decided, 0)).toBe(whole);
    expect(whole).toBeGreaterThan(300);
  });

  it('follow a case whose decision is taken back: its month is stale and has one decided case less', async () => {
    const decided = events.find(({ type, time }) => type === 'case.decided' && time.startsWith(MONTH))!;
    const before = (await byDepartment()).reduce((sum, { sums }) => sum + sums.decided, 0);
    await site.receive({
      ...decided,
      id: `${decided.id}/retraction`,
      type: 'event.retracted',
      data: { retracts: decided.id },
    });
    expect(await staleMonths(site.store)).toContain(MONTH);
    expect((await byDepartment()).reduce((sum, { sums }) => sum + sums.decided, 0)).toBe(before - 1);
  });
});
