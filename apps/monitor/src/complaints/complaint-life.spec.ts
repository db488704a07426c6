import { TOPICS, type ComplaintAct, type ComplaintContent } from '@mingjian/contracts';
import { RowScope } from '@mingjian/store';
import { MONITOR_GROUP } from '../intake/step-event-intake';
import { SYSTEM, type Principal } from '../identity/principal';
import { openAutumnSite } from '../testing/autumn-site';
import { HOUSING_HEAD, INSPECTOR, MARKET_HEAD, OTHER_INSPECTOR } from '../testing/people';
import { passUntil, reopened } from '../testing/pass-time';
import { at, removeSite, type Site } from '../testing/site';

/* What this spec guarantees: whole lives of complaints over Mid-Autumn, National Day and worked Saturdays of 2026, with a restart
   after every step; each thing happens once; what comes late takes its place, and lights that it proves wrong are taken back. */

const ALL = RowScope.everything;
const CONTENT: ComplaintContent = {
  policy: 'complaint',
  channel: 'window',
  kind: 'delay',
  department: 'housing',
  title: '规划许可超期未办',
  request: '请尽快办结并说明原因。',
};
const PERSON = { name: '张三', phone: '13800138000' };

describe('the life of a complaint', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openAutumnSite('2026-09-23T10:00');
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const restart = async (): Promise<void> => {
    site = await reopened(site);
  };
  const until = (time: string): Promise<void> => passUntil(site, time);
  const register = (more: Partial<ComplaintContent> = {}, key?: string) =>
    site.monitor.acts.complaints.register({ ...CONTENT, ...more }, INSPECTOR, ALL, key);
  const act = (id: number, what: ComplaintAct, who: Principal = INSPECTOR, when?: string) =>
    site.monitor.acts.complaints.act(
      id,
      { act: what },
      who,
      ALL,
      undefined,
      when === undefined ? {} : { happenedAt: at(when) },
    );
  const read = (id: number) => site.monitor.acts.complaints.read(id, INSPECTOR, ALL);
  /** Every event; lights with the local instant at which they became true. */
  const record = async (id: number): Promise<string[]> =>
    (await read(id)).events.map(({ act: done }) => {
      if (done.type !== 'lit' && done.type !== 'unlit') return done.type;
      const time = new Date(done.becameAt + 8 * 3_600_000).toISOString().slice(5, 16);
      const light = done.to === 'yellow' && !done.overdue ? 'pre-warning' : done.to;
      return `${done.type === 'unlit' ? 'not ' : ''}${done.clock} ${light} ${time}`;
    });

  it('is accepted, transferred, returned, extended, answered late, sent back, verified, closed', async () => {
    const { id } = (await register()).row;
    const steps: (() => Promise<unknown>)[] = [
      () => until('2026-10-08T10:00'),
      () => act(id, { type: 'accepted' }),
      () => act(id, { type: 'transferred', department: 'market' }),
      () => act(id, { type: 'returned', reason: '不属本单位职责' }, MARKET_HEAD),
      () => act(id, { type: 'transferred', department: 'housing' }),
      () => until('2026-10-21T10:00'),
      () => act(id, { type: 'extension-requested', days: 2, reason: '现场核查' }, HOUSING_HEAD),
      () => act(id, { type: 'extension-granted', days: 2, reason: '属实', approver: '周主任' }),
      () => until('2026-10-26T10:00'),
      () => until('2026-10-27T10:00'),
      () => act(id, { type: 'replied', text: '已办结' }, HOUSING_HEAD),
      () => act(id, { type: 'sent-back', reason: '未说明原因' }),
      () => act(id, { type: 'replied', text: '经办人休假，已补办' }, HOUSING_HEAD),
      () => act(id, { type: 'verified', verdict: 'valid', reason: '确已超期' }),
      () => act(id, { type: 'closed', satisfaction: 'mostly' }),
      () => until('2026-12-01T10:00'),
    ];
    for (const step of steps) {
      await step();
      await restart();
    }
    expect(await record(id)).toEqual([
      'registered',
      // Five working days: 24, 28, 29, 30 September, and 8 October; two before it is 29 September.
      'accept pre-warning 09-29T00:00',
      'accepted',
      'accept green 10-08T10:00',
      'transferred',
      'returned',
      'transferred',
      // Ten working days with Saturday 10 October: Wednesday 21st. Being returned has not stopped it.
      'handle#1 pre-warning 10-19T00:00',
      'extension-requested',
      'extension-granted',
      // Now due on Friday 23rd; red when one working day more has passed.
      'handle#1 yellow 10-24T00:00',
      'handle#1 red 10-27T00:00',
      'replied',
      'sent-back',
      'replied',
      'verified',
      'closed',
    ]);
    expect((await read(id)).row).toMatchObject({
      no: '投诉〔2026〕1号',
      state: 'closed',
      light: 'red',
      verdict: 'valid',
      satisfaction: 'mostly',
      nextChangeAt: null,
    });
  });

  it('that is refused, or withdrawn, is supervised no longer', async () => {
    const refused = await register();
    await act(refused.row.id, { type: 'refused', reason: '不属本机关职权范围' });
    const withdrawn = await register();
    await act(withdrawn.row.id, { type: 'withdrawn', reason: '投诉人撤诉' });
    await until('2026-12-01T00:00');
    for (const { id, state } of [
      { id: refused.row.id, state: 'refused' },
      { id: withdrawn.row.id, state: 'withdrawn' },
    ])
      expect((await read(id)).row).toMatchObject({ state, light: 'green', nextChangeAt: null });
    await expect(act(refused.row.id, { type: 'accepted' })).rejects.toMatchObject({
      reason: 'wrong-state',
      status: 409,
    });
  });

  it('of 信访 is due after 60 calendar days, extended once and by 30 at most', async () => {
    const { id } = (await register({ policy: 'petition' })).row;
    await act(id, { type: 'accepted' });
    const due = async (): Promise<string> =>
      new Date(
        (await read(id)).verdict.tracks.find(({ clock }) => clock === 'handle#1')!.dueAt + 8 * 3_600_000,
      )
        .toISOString()
        .slice(0, 10);
    // 23 September and 60 days: Sunday 22 November, and so the Monday after it (民法典 203).
    expect(await due()).toBe('2026-11-23');
    const grant = { type: 'extension-granted', reason: '情况复杂', approver: '陈局长' } as const;
    await expect(act(id, { ...grant, days: 31 })).rejects.toMatchObject({ reason: 'extension-too-long' });
    await act(id, { ...grant, days: 30 });
    expect(await due()).toBe('2026-12-22');
    await expect(act(id, { ...grant, days: 1 })).rejects.toMatchObject({ reason: 'no-extension-left' });
  });

  it('submitted twice is registered once; an act submitted twice is done once', async () => {
    const first = await register({}, 'k-1');
    expect((await register({}, 'k-1')).row).toEqual(first.row);
    await expect(register({ title: '另一件' }, 'k-1')).rejects.toMatchObject({ reason: 'key-reused' });
    const { id } = first.row;
    const accept = () =>
      site.monitor.acts.complaints.act(id, { version: 1, act: { type: 'accepted' } }, INSPECTOR, ALL, 'k-2');
    const both = await Promise.all([accept(), accept()]);
    expect(both.map(({ facts }) => facts.version)).toEqual([2, 2]);
    await expect(
      site.monitor.acts.complaints.act(
        id,
        { version: 1, act: { type: 'withdrawn', reason: '撤诉' } },
        OTHER_INSPECTOR,
        ALL,
      ),
    ).rejects.toMatchObject({ reason: 'stale-version', status: 409 });
    expect(await record(id)).toEqual(['registered', 'accepted']);
    const entries = await site.store.query<{ kind: string }>(
      "SELECT kind FROM ledger_entry WHERE chain = 'complaints' ORDER BY seq",
    );
    expect(entries.map(({ kind }) => kind)).toEqual(['complaint.registered', 'complaint.accepted']);
  });

  it('that was answered in time and told of late loses the red light that it had meanwhile', async () => {
    const { id } = (await register({ policy: 'hotline-12345', channel: '12345', externalNo: 'W-1' })).row;
    await act(id, { type: 'accepted' });
    await until('2026-10-10T10:00');
    expect((await read(id)).row).toMatchObject({ light: 'red', clock: 'handle#1' });
    // The hotline's export comes on Saturday 10 October and says that it was answered on 30 September.
    await act(id, { type: 'replied', text: '已答复' }, SYSTEM, '2026-09-30T16:00');
    expect((await record(id)).filter((line) => line.includes('handle'))).toEqual([
      'handle#1 pre-warning 09-29T00:00',
      'handle#1 yellow 10-09T00:00',
      'handle#1 red 10-10T00:00',
      'not handle#1 yellow 10-09T00:00',
      'not handle#1 red 10-10T00:00',
      'handle#1 green 09-30T16:00',
    ]);
    // Its verification has waited since then, and counts from then.
    expect((await read(id)).row).toMatchObject({ state: 'replied', clock: 'verify#1' });
    await expect(act(id, { type: 'closed' }, SYSTEM, '2026-09-30T17:00')).rejects.toMatchObject({
      reason: 'wrong-state',
    });
  });

  it('that was down for weeks gets each light once, with the instant at which it became true', async () => {
    const { id } = (await register()).row;
    await restart();
    for (let times = 0; times < 3; times++) await until('2026-11-02T09:00');
    expect(await record(id)).toEqual([
      'registered',
      'accept pre-warning 09-29T00:00',
      'accept yellow 10-09T00:00',
      'accept red 10-10T00:00',
    ]);
    // The row follows from the events: thrown away and made again it says the same.
    const { row } = await read(id);
    await site.store.write((transaction) =>
      transaction.execute("UPDATE complaint SET light = 'green', state = 'accepted', due_at = NULL"),
    );
    await site.monitor.acts.complaints.advance(id, site.clock.now(), false);
    expect((await read(id)).row).toEqual(row);
  });

  it('of the same person about the same matter is a repeat; the same matter of another person is not', async () => {
    const first = await register({ complainant: PERSON });
    site.clock.moveTo(at('2026-10-12T10:00'));
    const again = await register({ complainant: { ...PERSON, phone: '+86 138-0013-8000' } });
    const third = await register({ complainant: PERSON });
    const other = await register({ complainant: { name: '李四', phone: '13900139000' } });
    const anonymous = await register();
    expect([again, third, other, anonymous].map(({ row }) => row.repeatOf)).toEqual([
      first.row.id,
      first.row.id,
      null,
      null,
    ]);
    const leads = await site.monitor.acts.complaints.leads(INSPECTOR, ALL);
    expect(leads.map(({ why, count }) => [why, count])).toEqual([
      ['same-kind', 5],
      ['same-matter', 3],
    ]);
  });

  it('that is reopened has a new limit each time, and is a lead after five times', async () => {
    const { id } = (await register({ kind: 'attitude' })).row;
    await act(id, { type: 'accepted' });
    for (let times = 0; times < 6; times++) {
      if (times > 0) await act(id, { type: 'reopened', reason: '投诉人不满意' });
      await act(id, { type: 'replied', text: '已致歉' });
      await act(id, { type: 'verified', verdict: 'valid', reason: '属实' });
      await act(id, { type: 'closed', satisfaction: 'dissatisfied' });
    }
    expect((await read(id)).row).toMatchObject({ state: 'closed', reopened: 5 });
    expect(await site.monitor.acts.complaints.leads(INSPECTOR, ALL)).toEqual([
      { why: 'reopened', department: 'housing', kind: 'attitude', count: 5, complaints: [id] },
    ]);
    await act(id, { type: 'reopened', reason: '再次不满意' });
    expect((await read(id)).row).toMatchObject({ clock: 'handle#7', light: 'green' });
  });

  it('of a feed is taken once with its own instants, over a repeat, more news and a lost store', async () => {
    const report = {
      policy: 'hotline-12345',
      channel: '12345',
      externalNo: 'W-9',
      kind: 'attitude',
      department: 'housing',
      title: '窗口态度',
      request: '请核查。',
      person: 'a1b2c3d4e5f60718'.repeat(2),
      registeredAt: '2026-09-14T09:00:00+08:00',
      transferredAt: '2026-09-14T10:00:00+08:00',
    };
    const send = (data: object): Promise<void> =>
      site.log.append(TOPICS.complaints, [
        {
          key: 'hotline/W-9',
          value: JSON.stringify({
            specversion: '1.0',
            id: 'e',
            source: 'hotline',
            type: 'complaint.reported',
            subject: 'W-9',
            time: '2026-09-23T09:00:00+08:00',
            data,
          }),
        },
      ]);
    await send(report);
    await send(report);
    await send({ ...report, repliedAt: '2026-09-16T09:00:00+08:00', reply: '已致歉' });
    await send({ ...report, title: '另一件事' });
    await site.monitor.complaints.drain();
    expect(await record(1)).toEqual([
      'registered',
      'accepted',
      'transferred',
      // 15 to 18 September, and Sunday 20th, a worked one.
      'handle#1 pre-warning 09-17T00:00',
      'handle#1 yellow 09-21T00:00',
      'handle#1 red 09-22T00:00',
      'replied',
      'not handle#1 pre-warning 09-17T00:00',
      'not handle#1 yellow 09-21T00:00',
      'not handle#1 red 09-22T00:00',
      'verify#1 pre-warning 09-20T00:00',
      'verify#1 yellow 09-23T00:00',
    ]);
    await site.monitor.quarantine.drain();
    expect(await site.store.query('SELECT reason, raw FROM quarantine')).toEqual([
      { reason: 'identity-conflict', raw: '' },
    ]);
    // Delivered from the beginning once more, everything is known.
    const before = await record(1);
    for (let partition = 0; partition < site.log.partitions; partition++)
      await site.log.rewind(MONITOR_GROUP, TOPICS.complaints, partition, 0);
    await site.monitor.complaints.drain();
    expect(await record(1)).toEqual(before);
  });
});
