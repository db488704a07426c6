import { readFileSync, writeFileSync } from 'node:fs';
import type { OrderAct, OrderContent } from '@mingjian/contracts';
import { RowScope } from '@mingjian/store';
import { accepted, at, removeSite, type Site } from '../testing/site';
import { openAutumnSite } from '../testing/autumn-site';
import { HOUSING_HEAD, INSPECTOR, MARKET_HEAD, OTHER_INSPECTOR } from '../testing/people';
import { passUntil, reopened } from '../testing/pass-time';
import type { Principal } from '../identity/principal';

/* What this spec guarantees: whole lives of supervision orders, over weekends, worked Saturdays and National Day 2026, with a
   restart between any two steps; each thing happens once, and everything stands on record. */

const CONTENT: OrderContent = {
  department: 'housing',
  colour: 'blue',
  title: '逾期办件督办',
  content: '请说明逾期原因，提出整改措施。',
  basis: '行政许可法第四十二条',
  sources: [],
};
const ALL = RowScope.everything;

describe('the life of a supervision order', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openAutumnSite('2026-09-28T10:00');
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const restart = async (): Promise<void> => {
    site = await reopened(site);
  };
  const until = (time: string): Promise<void> => passUntil(site, time);
  const act = async (id: number, what: OrderAct, who: Principal, key?: string) => {
    const { facts } = await site.monitor.acts.orders.read(id, ALL);
    return site.monitor.acts.orders.act(id, { version: facts.version, act: what }, who, ALL, key);
  };
  const record = async (id: number): Promise<string[]> =>
    (await site.monitor.acts.orders.read(id, ALL)).events.map(({ act: done }) =>
      done.type === 'lit'
        ? `${done.clock} ${done.to}`
        : done.type === 'escalated'
          ? `${done.level} ${done.colour}`
          : done.type,
    );

  it('is extended, answered late, sent back, answered again and closed, with a restart after every step', async () => {
    const { id } = (await site.monitor.acts.orders.issue(CONTENT, INSPECTOR, ALL)).row;
    const steps: (() => Promise<unknown>)[] = [
      // Due Saturday 10 October, a worked one; asked for and granted on Friday 9th, when it is yellow.
      () => until('2026-10-09T09:00'),
      () => act(id, { type: 'extension-requested', days: 2, reason: '现场核查' }, HOUSING_HEAD),
      () =>
        act(id, { type: 'extension-granted', days: 2, reason: '情况属实', approver: '周主任' }, INSPECTOR),
      // Now due Tuesday 13 October.
      () => until('2026-10-12T23:59'),
      () => until('2026-10-14T00:00'),
      () => act(id, { type: 'replied', cause: '人手不足', measures: '增派两人' }, HOUSING_HEAD),
      () => act(id, { type: 'returned', reason: '措施不具体' }, INSPECTOR),
      // Five working days after Wednesday 14 October: Wednesday 21st.
      () => until('2026-10-20T12:00'),
      () =>
        act(id, { type: 'replied', cause: '人手不足', measures: '10 月 26 日前增派两人到岗' }, HOUSING_HEAD),
      () => act(id, { type: 'closed', opinion: '整改到位' }, INSPECTOR),
      () => until('2026-12-01T00:00'),
    ];
    for (const step of steps) {
      await step();
      await restart();
    }
    expect(await record(id)).toEqual([
      'issued',
      'reply#1 yellow',
      'extension-requested',
      'extension-granted',
      'reply#1 green',
      'reply#1 yellow',
      'reply#1 red',
      'reminder blue',
      'replied',
      'returned',
      'reply#2 yellow',
      'replied',
      'reply#2 green',
      'closed',
    ]);
    const { row, verdict } = await site.monitor.acts.orders.read(id, ALL);
    expect(row).toMatchObject({
      no: '督办〔2026〕1号',
      state: 'closed',
      light: 'red',
      round: 2,
      nextChangeAt: null,
    });
    expect(verdict.level).toBe('reminder');
  });

  it('that nobody answers climbs from 催办 to 问责, and each step is told and recorded once however often it is looked', async () => {
    const { id } = (await site.monitor.acts.orders.issue(CONTENT, INSPECTOR, ALL)).row;
    for (const time of ['2026-10-09T00:00', '2026-10-10T23:59', '2026-10-11T00:00', '2026-10-17T00:00'])
      for (let times = 0; times < 3; times++) await until(time);
    expect(await site.monitor.acts.orders.read(id, ALL)).toMatchObject({
      row: { light: 'red', level: 'circulation', colour: 'orange' },
    });
    // Down for two weeks: what was missed is made up for in order, with the instants at which it became true.
    await restart();
    await until('2026-11-02T09:00');
    const { events } = await site.monitor.acts.orders.read(id, ALL);
    const rungs = events.flatMap(({ act: done }) =>
      done.type === 'escalated' ? [[done.level, done.colour, done.becameAt]] : [],
    );
    expect(rungs).toEqual([
      ['reminder', 'blue', at('2026-10-11T00:00')],
      ['circulation', 'orange', at('2026-10-17T00:00')],
      ['interview', 'orange', at('2026-10-24T00:00')],
      ['accountability', 'red', at('2026-10-31T00:00')],
    ]);
    const entries = await site.store.query<{ kind: string }>(
      "SELECT kind FROM ledger_entry WHERE chain = 'orders' ORDER BY seq",
    );
    expect(entries.map(({ kind }) => kind)).toEqual([
      'order.issued',
      'order.lit',
      'order.lit',
      ...Array.from({ length: 4 }, () => 'order.escalated'),
    ]);
  });

  it('the same act submitted twice is done once; its key is good for no other act', async () => {
    const first = await site.monitor.acts.orders.issue(CONTENT, INSPECTOR, ALL, 'k-1');
    const again = await site.monitor.acts.orders.issue(CONTENT, INSPECTOR, ALL, 'k-1');
    expect(again.row).toEqual(first.row);
    await expect(
      site.monitor.acts.orders.issue({ ...CONTENT, title: '另一件' }, INSPECTOR, ALL, 'k-1'),
    ).rejects.toMatchObject({ reason: 'key-reused', status: 409 });
    const { id } = first.row;
    const reply: OrderAct = { type: 'replied', cause: '人手不足', measures: '增派两人' };
    const both = [1, 2].map(() =>
      site.monitor.acts.orders.act(id, { version: 1, act: reply }, HOUSING_HEAD, ALL, 'k-2'),
    );
    expect((await Promise.all(both)).map(({ facts }) => facts.version)).toEqual([2, 2]);
    expect(await record(id)).toEqual(['issued', 'replied']);
    // Another person's key of the same name is another key.
    await site.monitor.acts.orders.issue(CONTENT, OTHER_INSPECTOR, ALL, 'k-1');
    expect(await site.store.query('SELECT no FROM supervision_order ORDER BY id')).toEqual([
      { no: '督办〔2026〕1号' },
      { no: '督办〔2026〕2号' },
    ]);
  });

  it('of two people who act on what they both read one is refused', async () => {
    const { id } = (await site.monitor.acts.orders.issue(CONTENT, INSPECTOR, ALL)).row;
    await act(id, { type: 'replied', cause: '人手不足', measures: '增派两人' }, HOUSING_HEAD);
    const { version } = (await site.monitor.acts.orders.read(id, ALL)).facts;
    const outcomes = await Promise.allSettled([
      site.monitor.acts.orders.act(id, { version, act: { type: 'closed', opinion: '可以' } }, INSPECTOR, ALL),
      site.monitor.acts.orders.act(
        id,
        { version, act: { type: 'returned', reason: '不可以' } },
        OTHER_INSPECTOR,
        ALL,
      ),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    expect(await record(id)).toEqual(['issued', 'replied', 'closed']);
  });

  it('what time wrote in between does not make a reading stale', async () => {
    const { id } = (await site.monitor.acts.orders.issue(CONTENT, INSPECTOR, ALL)).row;
    const { version } = (await site.monitor.acts.orders.read(id, ALL)).facts;
    await until('2026-10-11T00:00');
    const reply: OrderAct = { type: 'replied', cause: '人手不足', measures: '增派两人' };
    await site.monitor.acts.orders.act(id, { version, act: reply }, HOUSING_HEAD, ALL);
    expect((await record(id)).at(-1)).toBe('replied');
  });

  it('is answered by the department that it is addressed to and by no other, and judged by inspectors alone', async () => {
    const { id } = (await site.monitor.acts.orders.issue(CONTENT, INSPECTOR, ALL)).row;
    const reply: OrderAct = { type: 'replied', cause: '无', measures: '无' };
    for (const who of [MARKET_HEAD, INSPECTOR])
      await expect(act(id, reply, who)).rejects.toMatchObject({ reason: 'not-yours', status: 403 });
    const closed: OrderAct = { type: 'withdrawn', reason: '我自己撤' };
    await expect(act(id, closed, HOUSING_HEAD)).rejects.toMatchObject({ reason: 'not-yours' });
    await expect(site.monitor.acts.orders.issue(CONTENT, HOUSING_HEAD, ALL)).rejects.toMatchObject({
      reason: 'not-yours',
    });
    const market = RowScope.ofDepartments(['market']);
    await expect(site.monitor.acts.orders.read(id, market)).rejects.toMatchObject({ reason: 'not-found' });
  });

  it('a number that was not used is given again: refusals leave no gap', async () => {
    const wrong: OrderContent = { ...CONTENT, department: 'nowhere' };
    await expect(site.monitor.acts.orders.issue(wrong, INSPECTOR, ALL)).rejects.toMatchObject({
      reason: 'unknown-department',
    });
    const taken = await Promise.all(
      [1, 2, 3].map(() => site.monitor.acts.orders.issue(CONTENT, INSPECTOR, ALL)),
    );
    expect(taken.map(({ row }) => row.no)).toEqual([1, 2, 3].map((n) => `督办〔2026〕${n}号`));
    site.clock.moveTo(at('2027-01-04T10:00'));
    expect((await site.monitor.acts.orders.issue(CONTENT, INSPECTOR, ALL)).row.no).toBe('督办〔2027〕1号');
  });

  it('moves with the calendar: a holiday that is announced later gives the department its day', async () => {
    const { id } = (await site.monitor.acts.orders.issue(CONTENT, INSPECTOR, ALL)).row;
    await until('2026-10-09T00:00');
    const file = `${site.dir}/calendar.yaml`;
    writeFileSync(
      file,
      `${readFileSync(file, 'utf8')}  - { date: 2026-10-09, off: true, basis: 台风停班 }\n`,
    );
    await site.monitor.followRules();
    await until('2026-10-09T01:00');
    const { row } = await site.monitor.acts.orders.read(id, ALL);
    expect(row).toMatchObject({ light: 'green', dueAt: at('2026-10-13T00:00') - 1 });
  });

  it('rests on lights that hold, and on nothing made up', async () => {
    site.clock.moveTo(at('2026-09-14T10:00'));
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-10-13T00:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    const light = {
      kind: 'light' as const,
      caseNo: 'C-1',
      clock: 'promise',
      becameAt: '2026-09-23T16:00:00.000Z',
      from: 'yellow' as const,
      to: 'red' as const,
    };
    const rows = await site.lights();
    expect(rows.join('\n')).toContain('promise yellow>red');
    const [red] = await site.store.query<{ became_at: string }>(
      "SELECT became_at FROM light_change WHERE to_light = 'red' AND clock = 'promise'",
    );
    const real = { ...light, becameAt: `${red!.became_at.replace(' ', 'T')}Z` };
    expect(
      (await site.monitor.acts.orders.issue({ ...CONTENT, sources: [real] }, INSPECTOR, ALL)).row.id,
    ).toBe(1);
    await expect(
      site.monitor.acts.orders.issue(
        { ...CONTENT, sources: [{ ...real, becameAt: '2026-01-01T00:00:00Z' }] },
        INSPECTOR,
        ALL,
      ),
    ).rejects.toMatchObject({ reason: 'unknown-source' });
  });

  it('may rest on a complaint, but not on one that the accused unit must not know of', async () => {
    const { complaints, orders } = site.monitor.acts;
    const complain = (policy: string) =>
      complaints.register(
        { policy, channel: 'window', kind: 'delay', department: 'housing', title: '超期', request: '请办结' },
        INSPECTOR,
        ALL,
      );
    const issueFor = (complaintNo: string) =>
      orders.issue({ ...CONTENT, sources: [{ kind: 'complaint', complaintNo }] }, INSPECTOR, ALL);
    const open = (await complain('complaint')).row;
    expect((await issueFor(open.no)).facts.content.sources).toEqual([
      { kind: 'complaint', complaintNo: open.no },
    ]);
    const secret = (await complain('discipline')).row;
    expect(secret.confidential).toBe(true);
    for (const complaintNo of [secret.no, '投诉〔2026〕99号'])
      await expect(issueFor(complaintNo)).rejects.toMatchObject({ reason: 'unknown-source' });
  });
});
