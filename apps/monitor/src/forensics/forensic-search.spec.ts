import type { StepEvent } from '@mingjian/contracts';
import { decodePatternFinding, RowScope, type PatternFindingRow } from '@mingjian/store';
import { ForensicsController } from '../api/forensics.controller';
import { accepted, event, openSite, removeSite, type Site } from '../testing/site';

const NOW = '2026-09-30T20:00';

/** A case decided at night, and told of at once. */
function nightly(caseNo: string, day: string): StepEvent[] {
  return [
    accepted(caseNo, `${day}T10:00`),
    event('case.decided', caseNo, `${day}T23:30`, { result: 'granted', officer: '0417' }),
  ];
}

async function findings(site: Site): Promise<PatternFindingRow[]> {
  const rows = await site.store.query<object>('SELECT * FROM pattern_finding ORDER BY id');
  return rows.map(decodePatternFinding);
}

const shown = (rows: readonly PatternFindingRow[]): string[] =>
  rows
    .filter(({ kind }) => kind !== 'zero-case-month')
    .map(({ period, kind, subject, supersededAt }) =>
      [period, kind, subject, ...(supersededAt === null ? [] : ['superseded'])].join(' '),
    );

describe('the daily search for made-up times', () => {
  let site: Site;
  beforeEach(async () => (site = await openSite(NOW)));
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  it('writes what it finds once a day, however often it is asked', async () => {
    await site.receive(...nightly('C-1', '2026-09-14'));
    expect(await site.monitor.forensics.runOnce()).toMatchObject({
      cases: 1,
      found: expect.any(Number) as number,
    });
    expect(await site.monitor.forensics.runOnce()).toBeNull();
    expect(shown(await findings(site))).toEqual(['2026-09 outside-hours C-1']);
  });

  it('keeps what it finds again on the next day, and adds what is new', async () => {
    await site.receive(...nightly('C-1', '2026-09-14'));
    await site.monitor.forensics.runOnce();
    await site.receive(...nightly('C-2', '2026-09-15'));
    site.clock.moveTo(Date.parse('2026-10-01T20:00:00+08:00'));
    await site.monitor.forensics.runOnce();
    expect(shown(await findings(site))).toEqual(['2026-09 outside-hours C-1', '2026-09 outside-hours C-2']);
  });

  it('supersedes what a retraction has taken away, and finds it anew when it comes back', async () => {
    const [start, decided] = nightly('C-1', '2026-09-14') as [StepEvent, StepEvent];
    await site.receive(start, decided);
    await site.monitor.forensics.runOnce();
    const retraction = event('event.retracted', 'C-1', '2026-09-30T21:00', { retracts: decided.id });
    await site.receive(retraction);
    site.clock.moveTo(Date.parse('2026-10-01T20:00:00+08:00'));
    await site.monitor.forensics.runOnce();
    expect(shown(await findings(site))).toEqual(['2026-09 outside-hours C-1 superseded']);
    await site.receive(event('case.decided', 'C-1', '2026-09-14T23:40', { result: 'granted' }));
    site.clock.moveTo(Date.parse('2026-10-02T20:00:00+08:00'));
    await site.monitor.forensics.runOnce();
    expect(shown(await findings(site))).toEqual([
      '2026-09 outside-hours C-1 superseded',
      '2026-09 outside-hours C-1',
    ]);
  });

  it('finds many decisions of one officer in a few minutes, and names the officer and the cases', async () => {
    for (let n = 10; n < 30; n++) {
      const caseNo = `C-${n}`;
      await site.receive(
        accepted(caseNo, '2026-09-14T10:00'),
        event('case.decided', caseNo, `2026-09-18T16:40:${n}`, { result: 'granted', officer: '0417' }),
      );
    }
    await site.monitor.forensics.runOnce();
    const [bulk] = (await findings(site)).filter(({ kind }) => kind === 'bulk-closing');
    expect(bulk).toMatchObject({
      scope: 'officer',
      subject: 'housing/0417',
      period: '2026-09',
      code: 'FLOW-6',
    });
    expect(JSON.parse(bulk!.cases)).toHaveLength(20);
    expect(JSON.parse(bulk!.figures)).toMatchObject({ count: 20, withinMs: 19_000, batches: 1 });
  });

  it('asks a department for the month in which it took in nothing', async () => {
    await site.receive(accepted('C-1', '2026-07-14T10:00'));
    await site.monitor.forensics.runOnce();
    const zero = (await findings(site)).filter(({ kind }) => kind === 'zero-case-month');
    expect(zero.map(({ period, subject, severity }) => `${period} ${subject} ${severity}`)).toEqual([
      '2026-08 housing warning',
    ]);
  });

  it('leaves it to the monitor that judges the first shard', async () => {
    await site.receive(...nightly('C-1', '2026-09-14'));
    site.monitor.shards.give([0]);
    expect(await site.monitor.forensics.runOnce()).toBeNull();
    expect(await findings(site)).toEqual([]);
  });

  it('counts new findings by department and code', async () => {
    await site.receive(...nightly('C-1', '2026-09-14'));
    await site.monitor.forensics.runOnce();
    const metrics = await site.registry.metrics();
    expect(metrics).toMatch(/mingjian_findings_total\{department="housing",code="TIM-1"\} 1/);
    expect(metrics).toMatch(/mingjian_forensics_cases_total 1/);
  });

  it('shows them to who may read the department, with a sentence in Chinese', async () => {
    await site.receive(...nightly('C-1', '2026-09-14'));
    await site.monitor.forensics.runOnce();
    const api = new ForensicsController(site.monitor);
    const query = { limit: 50, kind: 'outside-hours', period: '2026-09' };
    const list = async (scope: RowScope): Promise<object[]> =>
      ((await api.list(query, scope)) as { findings: object[] }).findings;
    expect(await list(RowScope.everything)).toMatchObject([
      {
        code: 'TIM-1',
        subject: 'C-1',
        cases: ['C-1'],
        text: '夜间办理1次',
        at: '2026-09-14T23:30:00.000+08:00',
      },
    ]);
    expect(await list(RowScope.ofDepartments(['housing']))).toHaveLength(1);
    expect(await list(RowScope.ofDepartments(['market']))).toEqual([]);
  });
});
