import type { ComplaintAct, ComplaintContent } from '@mingjian/contracts';
import { RowScope } from '@mingjian/store';
import type { Principal } from '../identity/principal';
import { openAutumnSite } from '../testing/autumn-site';
import { HOUSING_HEAD, INSPECTOR } from '../testing/people';
import { passUntil, reopened } from '../testing/pass-time';
import { at, removeSite, type Site } from '../testing/site';

/* What this spec guarantees: 复查 and 复核 of a petition over National Day of 2026 (信访工作条例 第三十五条、第三十六条): each asked for
   within thirty days of the opinion and decided within thirty, without the time of a hearing; afterwards the matter is closed for good. */

const ALL = RowScope.everything;
const CONTENT: ComplaintContent = {
  policy: 'petition',
  channel: 'mail',
  kind: 'refusal',
  department: 'housing',
  title: '规划许可不予受理',
  request: '请依法受理。',
  complainant: { name: '张三', phone: '13800138000' },
};

describe('the review of a petition', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openAutumnSite('2026-09-01T10:00');
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const restart = async (): Promise<void> => {
    site = await reopened(site);
  };
  const until = (time: string): Promise<void> => passUntil(site, time);
  const act = (id: number, what: ComplaintAct, who: Principal = INSPECTOR) =>
    site.monitor.acts.complaints.act(id, { act: what }, who, ALL);
  const read = (id: number) => site.monitor.acts.complaints.read(id, INSPECTOR, ALL);
  const register = async (more: Partial<ComplaintContent> = {}): Promise<number> =>
    (await site.monitor.acts.complaints.register({ ...CONTENT, ...more }, INSPECTOR, ALL)).row.id;
  const steps: readonly [ComplaintAct, Principal][] = [
    [{ type: 'accepted' }, INSPECTOR],
    [{ type: 'transferred', department: 'housing' }, INSPECTOR],
    [{ type: 'replied', text: '经核查，不符合受理条件。' }, HOUSING_HEAD],
    [{ type: 'verified', verdict: 'invalid', reason: '依据充分' }, INSPECTOR],
    [{ type: 'closed' }, INSPECTOR],
  ];
  /** A petition whose opinion was told on Wednesday 2 September: thirty days end on Friday 2 October. */
  const closed = async (more: Partial<ComplaintContent> = {}): Promise<number> => {
    const id = await register(more);
    site.clock.moveTo(at('2026-09-02T10:00'));
    for (const [what, who] of steps) await act(id, what, who);
    return id;
  };
  const ask: ComplaintAct = { type: 'review-requested', organ: '市自然资源和规划局', reason: '不服处理意见' };
  const askAgain: ComplaintAct = { type: 'recheck-requested', organ: '市人民政府', reason: '不服复查意见' };
  const record = async (id: number): Promise<string[]> =>
    (await read(id)).events
      .map(({ act: done }) => {
        if (done.type !== 'lit' && done.type !== 'unlit') return done.type;
        const time = new Date(done.becameAt + 8 * 3_600_000).toISOString().slice(5, 16);
        return `${done.clock} ${done.to === 'yellow' && !done.overdue ? 'pre-warning' : done.to} ${time}`;
      })
      .slice(6);

  it('is asked for after the holiday that its last day fell on, decided late, and heard again', async () => {
    const id = await closed();
    // The thirtieth day is a holiday: the request may come on Thursday 8 October, the next working day.
    await until('2026-10-08T16:00');
    await act(id, ask);
    // Thirty days more end on Saturday 7 November: Monday 9th.
    expect((await read(id)).verdict).toMatchObject({ clock: 'review#1', dueAt: at('2026-11-10T00:00') - 1 });
    const life: (() => Promise<unknown>)[] = [
      () => until('2026-11-11T09:00'),
      () => act(id, { type: 'review-decided', outcome: 'maintained', opinion: '维持原处理意见。' }),
      () => until('2026-11-12T10:00'),
      () => act(id, askAgain),
      () => until('2026-11-23T10:00'),
    ];
    for (const step of life) {
      await step();
      await restart();
    }
    // Thirty days end on Saturday 12 December: Monday 14th.
    expect((await read(id)).verdict).toMatchObject({ clock: 'recheck#1', dueAt: at('2026-12-15T00:00') - 1 });
    // A hearing takes four days out: 17 to 20 November.
    await act(id, {
      type: 'hearing-held',
      from: '2026-11-16T09:00:00+08:00',
      until: '2026-11-20T17:00:00+08:00',
    });
    expect((await read(id)).verdict).toMatchObject({ clock: 'recheck#1', dueAt: at('2026-12-17T00:00') - 1 });
    await until('2026-12-01T10:00');
    await act(id, { type: 'recheck-decided', outcome: 'maintained', opinion: '维持复查意见。' });
    await restart();
    expect(await record(id)).toEqual([
      'review-requested',
      // Two working days before the end of the 9th.
      'review#1 pre-warning 11-05T00:00',
      'review#1 yellow 11-10T00:00',
      'review#1 red 11-11T00:00',
      'review-decided',
      'recheck-requested',
      'hearing-held',
      'recheck-decided',
    ]);
    expect((await read(id)).row).toMatchObject({ state: 'rechecked', light: 'red', nextChangeAt: null });
    await expect(act(id, { type: 'reopened', reason: '再次来信' })).rejects.toMatchObject({
      reason: 'wrong-state',
    });
  });

  it('comes too late on the day after, and is for nobody but the office to write down', async () => {
    const id = await closed();
    await until('2026-10-08T23:59');
    await expect(act(id, ask, HOUSING_HEAD)).rejects.toMatchObject({ reason: 'not-yours' });
    await expect(act(id, askAgain)).rejects.toMatchObject({ reason: 'wrong-state' });
    await until('2026-10-09T00:00');
    await expect(act(id, ask)).rejects.toMatchObject({
      reason: 'review-too-late',
      message: expect.stringContaining('信访工作条例 Art. 35') as string,
    });
  });

  it('is not known where the policy names none', async () => {
    const id = await closed({ policy: 'complaint' });
    await expect(act(id, ask)).rejects.toMatchObject({ reason: 'no-review' });
  });

  it('that is not accepted ends its clock and leaves the opinion; it may be asked for again, while the first time lasts', async () => {
    const id = await closed();
    const other = await closed({ complainant: { name: '李四', phone: '13900139000' } });
    await until('2026-09-10T10:00');
    await act(id, ask);
    await until('2026-09-14T10:00');
    const refuse: ComplaintAct = { type: 'review-refused', reason: '申请材料不全' };
    await expect(act(id, { ...refuse, type: 'recheck-refused' })).rejects.toMatchObject({
      reason: 'wrong-state',
    });
    await expect(act(id, refuse, HOUSING_HEAD)).rejects.toMatchObject({ reason: 'not-yours' });
    await act(id, refuse);
    expect((await read(id)).row).toMatchObject({ state: 'closed', light: 'green', nextChangeAt: null });
    await restart();
    await act(other, ask);
    await act(other, refuse);
    await act(other, ask);
    expect((await read(other)).verdict).toMatchObject({ clock: 'review#2' });
    await act(other, { type: 'review-decided', outcome: 'maintained', opinion: '维持。' });
    await act(other, askAgain);
    await act(other, { ...refuse, type: 'recheck-refused' });
    expect((await read(other)).row).toMatchObject({ state: 'reviewed', light: 'green', nextChangeAt: null });
    await act(other, askAgain);
    expect((await read(other)).facts.reviews.map(({ level, outcome }) => [level, outcome])).toEqual([
      ['review', null],
      ['review', 'maintained'],
      ['recheck', null],
      ['recheck', null],
    ]);
    // The month of the opinion, and not one from the refusal.
    await until('2026-10-09T00:00');
    await expect(act(id, ask)).rejects.toMatchObject({ reason: 'review-too-late' });
  });

  it('by 复核 takes a hearing only within its own time', async () => {
    const id = await closed();
    await act(id, ask);
    const hearing = (from: string, to: string): ComplaintAct => ({
      ...{ type: 'hearing-held', from: `2026-09-${from}:00+08:00`, until: `2026-09-${to}:00+08:00` },
    });
    await expect(act(id, hearing('02T10:00', '02T11:00'))).rejects.toMatchObject({ reason: 'wrong-state' });
    await until('2026-09-10T10:00');
    await act(id, { type: 'review-decided', outcome: 'changed', opinion: '部分变更。' });
    await act(id, askAgain);
    await until('2026-09-15T10:00');
    for (const [from, to] of [
      ['09T10:00', '11T10:00'],
      ['14T10:00', '16T10:00'],
      ['14T10:00', '14T10:00'],
    ] as const)
      await expect(act(id, hearing(from, to))).rejects.toMatchObject({ reason: 'hearing-out-of-order' });
  });

  it('concludes the matter: the same person is refused, unless there are new facts', async () => {
    const id = await closed();
    await act(id, ask);
    await act(id, { type: 'review-decided', outcome: 'maintained', opinion: '维持。' });
    await act(id, askAgain);
    await act(id, { type: 'recheck-decided', outcome: 'maintained', opinion: '维持。' });
    // Longer ago than repeats are looked for: the law knows no end of it.
    await until('2027-06-01T10:00');
    const again = await register();
    await expect(act(again, { type: 'accepted' })).rejects.toMatchObject({
      reason: 'concluded-matter',
      message: expect.stringContaining('投诉〔2026〕1号') as string,
    });
    expect((await act(again, { type: 'refused', reason: '复核终结，不再受理' })).row.state).toBe('refused');
    const other = await register({ complainant: { name: '李四', phone: '13900139000' } });
    expect((await act(other, { type: 'accepted' })).row.state).toBe('accepted');
    const elsewhere = await register({ kind: 'fee' });
    expect((await act(elsewhere, { type: 'accepted' })).row.state).toBe('accepted');
    const fresh = await register();
    await act(fresh, { type: 'accepted', newFacts: '新取得的规划条件文件。' });
    expect((await read(fresh)).row.state).toBe('accepted');
  });
});
