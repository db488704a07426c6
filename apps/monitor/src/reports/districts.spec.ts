import type { DistrictLevel } from '@mingjian/contracts';
import { RowScope } from '@mingjian/store';
import { event, openSite, removeSite, type Site } from '../testing/site';
import { statisticsTable, type StatisticsTable } from './statistics-table';

/* 市、镇、村 after 诸暨: the housing office of the city hands one item down to a town, which decides, and lets villages take in another. */
const RULES = `
ruleset: test
version: '1'
inForceFrom: 2020-01-01
calendar: office
districts:
  city: { name: 甲市, level: city }
  north: { name: 北镇, level: town, parent: city }
  south: { name: 南镇, level: town, parent: city }
  village: { name: 一村, level: village, parent: north }
departments:
  housing: { name: 住房和城乡建设局, district: city }
  north-office: { name: 北镇政府, district: north }
  village-point: { name: 一村服务点, district: village }
items:
  A1: { name: 农房审批, department: housing, promise: 7wd, delivery: none, delegated: { to: [north] } }
  A2: { name: 证明, department: housing, promise: 7wd, delivery: none, delegated: { to: [village], as: collects } }
  A3: { name: 施工许可, department: housing, promise: 7wd, delivery: none }
`;

describe('statistics of three levels', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite('2026-10-01T09:00');
    site.writeRuleset(RULES);
    await site.monitor.followRules();
    const done = (no: string, data: { item: string; department: string; district?: string }) => [
      event('case.accepted', no, '2026-09-01T10:00', data),
      event('case.decided', no, '2026-09-03T10:00', { ...data, result: 'granted' }),
    ];
    await site.receive(
      // In the city by the office itself: not delegated, although the item is.
      ...done('AT-HOME', { item: 'A1', department: 'housing' }),
      // By the town, and in a village of the town.
      ...done('TOWN', { item: 'A1', department: 'north-office' }),
      ...done('VILLAGE', { item: 'A1', department: 'village-point' }),
      // Taken in by the village for the office, which decides.
      ...done('COLLECTED', { item: 'A2', department: 'housing', district: 'village' }),
      // An item that nobody handed down, handled in the town.
      ...done('OTHER', { item: 'A3', department: 'north-office' }),
    );
  }, 60_000);
  afterAll(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const table = (
    by: 'department' | 'district' | 'item',
    more: { level?: DistrictLevel; district?: string; department?: string } = {},
    scope = RowScope.everything,
  ): Promise<StatisticsTable> =>
    statisticsTable(site.store, site.monitor.rules.current, { months: ['2026-09'], by, ...more }, scope);
  const decided = ({ lines }: StatisticsTable) =>
    Object.fromEntries(lines.map(({ name, sums }) => [name, sums.decided]));

  it('roll up: a village counts in its town, a town in its city, each case once', async () => {
    expect(decided(await table('district'))).toEqual({ 甲市: 1, 北镇: 2, 一村: 2 });
    expect(decided(await table('district', { level: 'town' }))).toEqual({ 甲市: 1, 北镇: 4 });
    expect(decided(await table('district', { level: 'city' }))).toEqual({ 甲市: 5 });
    expect((await table('district', { level: 'town' })).total.sums.decided).toBe(5);
  });

  it('of one town are those of the town and its villages', async () => {
    expect(decided(await table('department', { district: 'north' }))).toEqual({
      住房和城乡建设局: 1,
      北镇政府: 2,
      一村服务点: 1,
    });
    expect(decided(await table('department', { district: 'south' }))).toEqual({});
  });

  it('count what was handed down under the department that owns the item and under the district that handled it', async () => {
    const byDepartment = await table('department');
    expect(
      byDepartment.lines.flatMap(({ name, delegated }) => (delegated ? [[name, delegated]] : [])),
    ).toEqual([['住房和城乡建设局', { accepted: 3, decided: 3, byOthers: 2 }]]);
    const byTown = await table('district', { level: 'town' });
    expect(byTown.lines.flatMap(({ name, delegated }) => (delegated ? [[name, delegated]] : []))).toEqual([
      ['北镇', { accepted: 3, decided: 3, byOthers: 0 }],
    ]);
    for (const { delegated, total } of [byDepartment, byTown, await table('item')]) {
      expect(delegated).toMatchObject({
        decides: 1,
        collects: 1,
        cases: { decides: { decided: 2 }, collects: { decided: 1 } },
      });
      expect(total.sums.decided).toBe(5);
    }
  });

  it('show somebody of a town no department above it, and no case of another', async () => {
    const town = RowScope.ofDepartments(['north-office', 'village-point']);
    const seen = await table('department', {}, town);
    expect(decided(seen)).toEqual({ 北镇政府: 2, 一村服务点: 1 });
    expect(seen.lines.every(({ delegated }) => delegated === null)).toBe(true);
    expect(seen.delegated.cases).toEqual({
      decides: { accepted: 2, decided: 2 },
      collects: { accepted: 0, decided: 0 },
    });
  });
});
