import { StepEvent } from '@mingjian/contracts';
import { RowScope } from '@mingjian/store';
import { at, event, openSite, removeSite, rulesetText, type Site } from '../testing/site';
import { statisticsTable, type StatisticsTable } from './statistics-table';

const DAY = '2026-09-14';
const counted = (subject: string, time: string, count: number, more: object = {}) =>
  event(
    'service.counted',
    subject,
    time,
    { item: 'Z1', department: 'market', date: DAY, count, window: '3', ...more },
    { id: `${subject}@${time}` },
  );

/* What this spec guarantees: convenience items that are counted by the day are a volume and no case; a count told again holds once, the
   later one, whatever the order; who may not see a department sees no count of it. */
describe('convenience items counted by the day', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-20T09:00');
    site.writeRuleset(
      rulesetText().replace('市场监督管理局 }', '市场监督管理局, district: town, hall: centre }'),
    );
    await site.monitor.followRules();
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const table = (
    by: 'department' | 'district' | 'hall' | 'item' | 'class' | 'month' | 'officer',
    scope = RowScope.everything,
    more: { department?: string; item?: string; district?: string } = {},
  ): Promise<StatisticsTable> =>
    statisticsTable(site.store, site.monitor.rules.current, { months: ['2026-09'], by, ...more }, scope);
  const services = async (...asked: Parameters<typeof table>) =>
    Object.fromEntries((await table(...asked)).lines.map(({ key, services: n }) => [String(key), n]));

  it('are added up by what a count tells, and are in no figure of cases', async () => {
    await site.receive(
      counted('a', `${DAY}T18:00`, 40),
      counted('b', `${DAY}T18:00`, 2, { item: 'Z2', district: 'village' }),
    );
    expect(await services('department')).toEqual({ market: 42 });
    expect(await services('district')).toEqual({ town: 40, village: 2 });
    expect(await services('hall')).toEqual({ centre: 42 });
    expect(await services('item')).toEqual({ Z1: 40, Z2: 2 });
    expect(await services('class')).toEqual({ convenience: 42 });
    expect(await services('month')).toEqual({ '2026-09': 42 });
    expect(await services('officer')).toEqual({});
    expect(await services('department', RowScope.everything, { item: 'Z2' })).toEqual({ market: 2 });
    expect((await table('officer')).total.services).toBe(42);
    const { total, zeroUnits } = await table('department');
    expect(Object.values(total.sums).every((sum) => sum === 0)).toBe(true);
    expect(zeroUnits.map(({ key }) => key)).toEqual(['housing']);
    for (const rows of ['case_file', 'step_event', 'case_fact'])
      expect(await site.store.query(`SELECT * FROM ${rows}`)).toEqual([]);
  });

  it('hold once: told again, the later count replaces the earlier one, in every order', async () => {
    const [first, second, other] = [
      counted('a', `${DAY}T18:00`, 40),
      counted('a', '2026-09-15T09:00', 41),
      { ...counted('a', `${DAY}T18:00`, 7), source: 'urn:dept:other' },
    ];
    await site.receive(second, other, first);
    expect(await services('department')).toEqual({ market: 48 });
    await site.receive(first);
    await site.receive(second, first);
    expect(await services('department')).toEqual({ market: 48 });
  });

  it('are seen by who may see the department', async () => {
    await site.receive(counted('a', `${DAY}T18:00`, 40));
    expect(await services('department', RowScope.ofDepartments(['housing']))).toEqual({});
    expect((await table('month', RowScope.ofDepartments(['housing']))).total.services).toBe(0);
    expect(await services('department', RowScope.ofDepartments(['market']))).toEqual({ market: 40 });
  });

  it('are a sign of life of their source', async () => {
    await site.receive(counted('a', `${DAY}T18:00`, 40));
    const [contact] = await site.store.query<{ source: string }>('SELECT source FROM source_contact');
    expect(contact?.source).toBe('urn:dept:housing');
    expect(site.clock.now()).toBeGreaterThan(at(`${DAY}T18:00`));
  });

  it('say what was counted, where, and how many; a date that is none is refused', () => {
    const { data, ...rest } = counted('a', `${DAY}T18:00`, 40);
    expect(StepEvent.safeParse({ ...rest, data }).success).toBe(true);
    for (const member of ['count', 'date', 'item', 'department'])
      expect(StepEvent.safeParse({ ...rest, data: { ...data, [member]: undefined } }).success).toBe(false);
    for (const wrong of [{ count: -1 }, { count: 1.5 }, { date: '2026-02-30' }, { date: '14.9.2026' }])
      expect(StepEvent.safeParse({ ...rest, data: { ...data, ...wrong } }).success).toBe(false);
  });
});
