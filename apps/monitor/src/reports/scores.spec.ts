import { join } from 'node:path';
import { insertComplaint, RowScope, type ComplaintRow } from '@mingjian/store';
import { at, event, openSite, removeSite, rulesetText, type Site } from '../testing/site';
import { scoresOfMonth, type ScoresOfMonth } from './scores-of-month';
import { statisticsTable } from './statistics-table';

const SCHEME = join(__dirname, '../../../../rulesets/schemes/county-monthly.yaml');
const HOUSING = { item: 'A0101', department: 'housing' };

/* Two departments; the item is promised in seven working days. */
describe('scores of a month', () => {
  let site: Site;
  beforeAll(async () => {
    site = await openSite('2026-10-01T09:00', { settings: { scoreScheme: SCHEME } });
    site.writeRuleset(
      `${rulesetText()
        .replace('{ name: 住房和城乡建设局 }', '{ name: 住房和城乡建设局, district: town }')
        .replace(
          'departments:',
          'districts:\n  city: { name: 甲市, level: city }\n  town: { name: 甲镇, level: town, parent: city }\ndepartments:',
        )}    delegated: { to: [town] }\n`,
    );
    await site.monitor.followRules();
    const applicant = 'abcdef0123456789';
    await site.receive(
      // Filed, given back after six days, filed again and granted six days later: twelve days, and never late by a clock.
      event('case.accepted', 'FIRST', '2026-09-01T10:00', { ...HOUSING, applicant }),
      event('case.returned', 'FIRST', '2026-09-09T10:00', HOUSING),
      event('case.accepted', 'AGAIN', '2026-09-09T11:00', { ...HOUSING, applicant }),
      event('case.decided', 'AGAIN', '2026-09-17T10:00', { ...HOUSING, result: 'granted', officer: 'O-1' }),
      // Another applicant was given back early and filed again: everyday life.
      event('case.accepted', 'EARLY', '2026-09-01T10:00', { ...HOUSING, applicant: `${applicant}00` }),
      event('case.returned', 'EARLY', '2026-09-02T10:00', HOUSING),
      event('case.accepted', 'LATER', '2026-09-02T11:00', { ...HOUSING, applicant: `${applicant}00` }),
      event('case.decided', 'LATER', '2026-09-04T10:00', { ...HOUSING, result: 'granted', officer: 'O-2' }),
      // Late, and lit.
      event('case.accepted', 'LATE', '2026-09-01T10:00', HOUSING),
      event('case.decided', 'LATE', '2026-09-24T10:00', { ...HOUSING, result: 'granted', officer: 'O-1' }),
    );
  }, 120_000);
  afterAll(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const scores = (scope = RowScope.everything): Promise<ScoresOfMonth | null> =>
    scoresOfMonth(site.store, site.monitor.rules.current, SCHEME, '2026-09', scope, site.clock.now());
  const housing = async () => (await scores())!.units.find(({ department }) => department === 'housing')!;

  it('count a case that was given back and filed again as one, and name the first filing', async () => {
    const line = (await housing()).lines.find(({ id }) => id === 'refiled')!;
    expect(line.points).toBe(-10);
    expect(line.evidence).toEqual([
      { caseNo: 'AGAIN', light: null, rule: 'refiled', at: at('2026-09-17T10:00'), earlierCase: 'FIRST' },
    ]);
  });

  it('lead from every point to the case, the clock and the light', async () => {
    const { lines } = await housing();
    const red = lines.find(({ id }) => id === 'red')!;
    expect(red.evidence).toMatchObject([{ caseNo: 'LATE', rule: 'promise' }]);
    const [light] = await site.store.query<{ to_light: string; case_no: string }>(
      'SELECT to_light, case_no FROM light_change WHERE id = ?',
      [red.evidence[0]!.light],
    );
    expect(light).toEqual({ to_light: 'red', case_no: 'LATE' });
    expect(lines.find(({ id }) => id === 'on-time')!.evidence.map(({ caseNo }) => caseNo)).toEqual([
      'LATE',
      'AGAIN',
    ]);
    expect(lines.find(({ id }) => id === 'result')!.evidence.map(({ caseNo }) => caseNo)).toEqual([
      'EARLY',
      'FIRST',
    ]);
  });

  it('list a department without a case, with no total, and to a department only its own', async () => {
    const all = (await scores())!.units.map(({ department, total }) => [department, total === null]);
    expect(all).toEqual([
      ['housing', false],
      ['market', true],
    ]);
    const own = await scores(RowScope.ofDepartments(['housing']));
    expect(own!.units.map(({ department }) => department)).toEqual(['housing']);
  });

  it('take back what an appeal took away: the late case is in time, net', async () => {
    await site.store.write(async (transaction) => {
      await transaction.execute(
        'INSERT INTO upheld_light (case_no, identity, appeal_id, department, to_light, became_at, upheld_at) ' +
          "VALUES ('LATE', '1 yellow red promise', 1, 'housing', 'red', '2026-09-11 00:00:00.000', '2026-09-25 00:00:00.000')",
      );
    });
    const { lines } = await housing();
    expect(lines.find(({ id }) => id === 'on-time')!.evidence.map(({ caseNo }) => caseNo)).toEqual(['AGAIN']);
    const rules = site.monitor.rules.current;
    const request = { months: ['2026-09'], by: 'department' } as const;
    const { total, zeroUnits } = await statisticsTable(site.store, rules, request, RowScope.everything);
    expect(total.sums).toMatchObject({ promised: 3, latePromise: 1, upheld: 1 });
    expect([total.figures.onTimeRate, total.figures.onTimeRateNet]).toEqual([2 / 3, 1]);
    expect(zeroUnits).toEqual([{ key: 'market', name: '市场监督管理局' }]);
  });

  it('are rolled up by level: what a town handles counts in its city, and what is delegated is counted', async () => {
    const rules = site.monitor.rules.current;
    const of = async (level: 'city' | 'town', district?: string) => {
      const request = { months: ['2026-09'], by: 'district', level, district } as const;
      const { lines, delegated } = await statisticsTable(site.store, rules, request, RowScope.everything);
      return [lines.map(({ name, sums }) => [name, sums.decided]), delegated.decides];
    };
    expect(await of('city')).toEqual([[['甲市', 3]], 1]);
    expect(await of('town', 'city')).toEqual([[['甲镇', 3]], 1]);
    expect(await of('town', 'elsewhere')).toEqual([[], 1]);
  });

  it('by officer are of who decided', async () => {
    const rules = site.monitor.rules.current;
    const request = { months: ['2026-09'], by: 'officer', department: 'housing' } as const;
    const { lines } = await statisticsTable(site.store, rules, request, RowScope.everything);
    expect(lines.filter(({ key }) => key !== null).map(({ key, sums }) => [key, sums.decided])).toEqual([
      ['O-1', 2],
      ['O-2', 1],
    ]);
  });

  it('show complaints by what they are about, to whoever may see the department, and never the confidential ones', async () => {
    const complaint = (no: number, change: Partial<ComplaintRow> = {}): Omit<ComplaintRow, 'id'> => ({
      ...{ no: `投诉〔2026〕${no}号`, policy: 'window', channel: 'window', externalNo: null, kind: 'delay' },
      ...{ department: 'housing', handler: null, confidential: false, title: '超时', state: 'accepted' },
      ...{ light: 'green', clock: null, dueAt: null, provisional: false, nextChangeAt: null, person: null },
      ...{
        realName: false,
        repeatOf: null,
        caseNo: null,
        contradicts: false,
        verdict: null,
        satisfaction: null,
      },
      ...{ reopened: 0, version: 1, registeredAt: at('2026-09-10T10:00'), endedAt: null },
      ...change,
    });
    await site.store.write(async (transaction) => {
      await insertComplaint(transaction, complaint(1, { verdict: 'valid', endedAt: at('2026-09-12T10:00') }));
      await insertComplaint(transaction, complaint(2, { repeatOf: 1 }));
      await insertComplaint(transaction, complaint(3, { confidential: true }));
      await insertComplaint(transaction, complaint(4, { registeredAt: at('2026-10-01T00:00') }));
    });
    const request = { months: ['2026-09'], by: 'department' } as const;
    const of = async (scope: RowScope) =>
      (await statisticsTable(site.store, site.monitor.rules.current, request, scope)).complaints;
    expect(await of(RowScope.everything)).toEqual([
      { kind: 'delay', registered: 2, valid: 1, ended: 1, repeated: 1 },
    ]);
    expect(await of(RowScope.ofDepartments(['market']))).toEqual([]);
  });
});
