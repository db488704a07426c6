import type { AppealAct, AppealContent } from '@mingjian/contracts';
import { lightStatistics, RowScope } from '@mingjian/store';
import type { Principal } from '../identity/principal';
import { openAutumnSite } from '../testing/autumn-site';
import { HOUSING_HEAD, INSPECTOR, MARKET_HEAD, OTHER_INSPECTOR } from '../testing/people';
import { reopened } from '../testing/pass-time';
import { accepted, at, event, removeSite, rulesetText, type Site } from '../testing/site';

/* What this spec guarantees: whole lives of appeals and cards. An upheld appeal takes away exactly one light, for good: late
   data, other rules, a restart do not bring it back, and any other light of the case comes as the rules say. */

const ALL = RowScope.everything;

describe('appeals against lights', () => {
  let site: Site;
  beforeEach(async () => {
    // Seven working days after Wednesday 23 September: Saturday 10 October, red from Sunday on.
    site = await openAutumnSite('2026-09-23T10:00');
    await site.receive(accepted('C-1', '2026-09-23T10:00'));
    await pass('2026-10-11T00:00');
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const pass = async (time: string): Promise<void> => {
    site.clock.moveTo(at(time));
    await site.monitor.sweep.runOnce(site.clock.now());
    await site.monitor.acts.sweep.runOnce();
  };
  const restart = async (): Promise<void> => {
    site = await reopened(site);
  };
  const redOf = async (caseNo = 'C-1'): Promise<number> => {
    const [row] = await site.store.query<{ id: number }>(
      "SELECT id FROM light_change WHERE case_no = ? AND to_light = 'red' AND superseded_at IS NULL",
      [caseNo],
    );
    return row!.id;
  };
  const content = (id: number): AppealContent => ({
    light: { id },
    reason: 'late-upload',
    text: '已于 10 月 10 日办结，系统故障未上传。',
    evidence: '办结通知书复印件一份，存于住建局档案室。',
  });
  const act = async (id: number, what: AppealAct, who: Principal) => {
    const { facts } = await site.monitor.acts.appeals.read(id, ALL);
    return site.monitor.acts.appeals.act(id, { version: facts.version, act: what }, who, ALL);
  };
  const reds = async (): Promise<object[]> =>
    site.store.query(
      "SELECT clock, superseded_because FROM light_change WHERE to_light = 'red' AND clock_kind = 'promise' ORDER BY id",
    );

  it('is filed in time, referred to the office above and upheld, with a restart after every step', async () => {
    const light = await redOf();
    site.clock.moveTo(at('2026-10-16T16:00'));
    await restart();
    const { row } = await site.monitor.acts.appeals.file(content(light), HOUSING_HEAD, ALL);
    expect(row).toMatchObject({ no: '申诉〔2026〕1号', state: 'filed', dueAt: at('2026-10-24T00:00') - 1 });
    const steps = [
      () => pass('2026-10-22T09:00'),
      () => act(row.id, { type: 'referred', to: '市监察委员会', opinion: '涉及跨部门' }, INSPECTOR),
      () => pass('2026-11-07T00:00'),
      () => act(row.id, { type: 'upheld', opinion: '确系系统故障' }, INSPECTOR),
      () => pass('2026-11-08T00:00'),
    ];
    for (const step of steps) {
      await step();
      await restart();
    }
    const seen = await site.monitor.acts.appeals.read(row.id, ALL);
    expect(
      seen.events.map(({ act: done }) => (done.type === 'lit' ? `${done.clock} ${done.to}` : done.type)),
    ).toEqual([
      'filed',
      'decide yellow',
      'referred',
      'decide green',
      'decide-above yellow',
      // Ten working days after Thursday 22 October: Thursday 5 November.
      'decide-above red',
      'upheld',
    ]);
    expect(seen.row).toMatchObject({ state: 'upheld', light: 'red', nextChangeAt: null });
    expect(await reds()).toEqual([{ clock: 'promise', superseded_because: 'appeal' }]);
  });

  it('that is upheld stays in force for exactly that light', async () => {
    const { row } = await site.monitor.acts.appeals.file(content(await redOf()), HOUSING_HEAD, ALL);
    await act(row.id, { type: 'upheld', opinion: '属实' }, INSPECTOR);
    const gone = [{ clock: 'promise', superseded_because: 'appeal' }];
    expect(await reds()).toEqual(gone);
    // The passing of time, other data of the same case, a restart, other rules: nothing brings it back.
    await pass('2026-10-13T00:00');
    await site.receive(event('step.finished', 'C-1', '2026-09-24T10:00', { step: 'review' }));
    await restart();
    await pass('2026-10-20T00:00');
    site.writeRuleset(rulesetText().replace("version: '1'", "version: '2'"));
    await site.monitor.followRules();
    expect(await reds()).toEqual(gone);
    // The statutory clock's light is another light.
    await pass('2026-11-02T00:00');
    expect((await site.lights()).some((line) => line.includes('statutory') && line.includes('>red'))).toBe(
      true,
    );
    // A suspension that is reported late moves the instant: what then comes on is another light, and may be appealed against.
    await site.receive(
      event('case.suspended', 'C-1', '2026-09-24T10:00', {
        ground: '鉴定',
        notice: '告知 1 号',
        approver: '王局长',
        daysApplied: 2,
      }),
      event('case.resumed', 'C-1', '2026-09-28T10:00'),
    );
    expect(await reds()).toEqual([...gone, { clock: 'promise', superseded_because: null }]);
  });

  it('counts in the gross figures and not in the net ones', async () => {
    await site.receive(accepted('C-2', '2026-09-23T11:00'));
    await pass('2026-10-12T09:00');
    const { row } = await site.monitor.acts.appeals.file(content(await redOf()), HOUSING_HEAD, ALL);
    await act(row.id, { type: 'upheld', opinion: '属实' }, INSPECTOR);
    const card = await site.monitor.acts.cards.issue(
      { caseNo: 'C-2', light: 'red', reason: 'attitude', text: '态度生硬', basis: '首问负责制' },
      INSPECTOR,
      ALL,
    );
    await site.monitor.acts.cards.withdraw(card.row.id, { version: 1, reason: '查无实据' }, INSPECTOR, ALL);
    const all = await lightStatistics(site.store, at('2026-10-01T00:00'), at('2026-11-01T00:00'), ALL);
    expect(all.find(({ light }) => light === 'red')).toEqual({
      department: 'housing',
      light: 'red',
      gross: 3,
      upheld: 1,
      withdrawn: 1,
      net: 1,
    });
    const market = RowScope.ofDepartments(['market']);
    expect(await lightStatistics(site.store, 0, at('2027-01-01T00:00'), market)).toEqual([]);
  });

  it('that is dismissed leaves the light, and there is no second one', async () => {
    const light = await redOf();
    const { row } = await site.monitor.acts.appeals.file(content(light), HOUSING_HEAD, ALL);
    await expect(site.monitor.acts.appeals.file(content(light), HOUSING_HEAD, ALL)).rejects.toMatchObject({
      reason: 'appeal-pending',
    });
    await act(row.id, { type: 'dismissed', opinion: '无系统故障记录' }, INSPECTOR);
    expect(await reds()).toEqual([{ clock: 'promise', superseded_because: null }]);
    await expect(site.monitor.acts.appeals.file(content(light), HOUSING_HEAD, ALL)).rejects.toMatchObject({
      reason: 'appealed-already',
    });
    await expect(act(row.id, { type: 'upheld', opinion: '改判' }, INSPECTOR)).rejects.toMatchObject({
      reason: 'wrong-state',
    });
  });

  it('comes in time or not at all, from who answers for the light, and is decided by an inspector', async () => {
    const light = await redOf();
    await expect(site.monitor.acts.appeals.file(content(light), MARKET_HEAD, ALL)).rejects.toMatchObject({
      reason: 'not-yours',
    });
    const market = RowScope.ofDepartments(['market']);
    await expect(site.monitor.acts.appeals.file(content(light), MARKET_HEAD, market)).rejects.toMatchObject({
      reason: 'not-found',
    });
    const { row } = await site.monitor.acts.appeals.file(content(light), HOUSING_HEAD, ALL);
    await expect(act(row.id, { type: 'upheld', opinion: '自己撤' }, HOUSING_HEAD)).rejects.toMatchObject({
      reason: 'not-yours',
    });
    await act(row.id, { type: 'withdrawn', reason: '不再申诉' }, HOUSING_HEAD);
    // Written on Sunday 11 October: five working days end with Friday 16th. What was withdrawn does not count.
    site.clock.moveTo(at('2026-10-16T23:59'));
    await site.monitor.acts.appeals.file(content(light), HOUSING_HEAD, ALL);
    await site.receive(accepted('C-2', '2026-09-23T10:00'));
    const second = await redOf('C-2');
    // Detected on 16 October, whenever it became true: the department could not know before.
    site.clock.moveTo(at('2026-10-24T00:00'));
    await expect(site.monitor.acts.appeals.file(content(second), HOUSING_HEAD, ALL)).rejects.toMatchObject({
      reason: 'appeal-too-late',
    });
  });

  it('a card stands beside the clocks, is appealed against like a light, and not judged by who gave it', async () => {
    const issue = (key: string) =>
      site.monitor.acts.cards.issue(
        { caseNo: 'C-1', light: 'yellow', reason: 'absent', text: '窗口空岗 40 分钟', basis: '考勤规定' },
        INSPECTOR,
        ALL,
        key,
      );
    const card = await issue('card-1');
    expect((await issue('card-1')).row).toEqual(card.row);
    expect(await site.lights()).toContainEqual(expect.stringMatching(/^C-1 manual#1 null>yellow .* manual$/));
    // Judged again and again, it stays.
    await site.receive(event('case.decided', 'C-1', '2026-10-12T09:00', { result: 'granted' }));
    await pass('2026-10-13T00:00');
    const [light] = await site.store.query<{ id: number }>(
      "SELECT id FROM light_change WHERE clock_kind = 'manual' AND superseded_at IS NULL",
    );
    const { row } = await site.monitor.acts.appeals.file(content(light!.id), HOUSING_HEAD, ALL);
    await expect(act(row.id, { type: 'upheld', opinion: '好' }, INSPECTOR)).rejects.toMatchObject({
      reason: 'not-yours',
    });
    await act(row.id, { type: 'upheld', opinion: '当日有替岗' }, OTHER_INSPECTOR);
    expect((await site.monitor.acts.cards.read(1, ALL)).holds).toBe(false);
    await expect(
      site.monitor.acts.cards.withdraw(1, { version: 1, reason: '撤回' }, INSPECTOR, ALL),
    ).rejects.toMatchObject({ reason: 'wrong-state' });
    await expect(
      site.monitor.acts.cards.issue(
        { caseNo: 'C-9', light: 'red', reason: 'fee', text: '多收费', basis: '收费目录' },
        INSPECTOR,
        ALL,
      ),
    ).rejects.toMatchObject({ reason: 'unknown-case' });
  });
});
