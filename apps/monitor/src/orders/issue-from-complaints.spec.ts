import type { ComplaintAct, ComplaintContent } from '@mingjian/contracts';
import { RowScope } from '@mingjian/store';
import type { Principal } from '../identity/principal';
import { openAutumnSite } from '../testing/autumn-site';
import { HOUSING_HEAD, INSPECTOR, MARKET_HEAD } from '../testing/people';
import { passUntil, reopened } from '../testing/pass-time';
import { at, removeSite, rulesetText, type Site } from '../testing/site';

/* What this spec guarantees: rules of the ruleset issue orders from what becomes of complaints, to the department that answers
   for it, each thing for one order of a rule at most, over holidays, restarts and late data; of 检举控告 nothing. */

const ALL = RowScope.everything;
const RULES = `orders:
  rules:
    overdue: { complaint: yellow, title: 投诉超期督办, content: 请立即办结, basis: 投诉办理规定 }
    red: { complaint: red, colour: orange, title: 投诉红灯督办, content: 请立即办结, basis: 投诉办理规定 }
    twice: { complaint: reopened, count: 2, per: case, within: 180d, title: 反复投诉督办, content: 请整改, basis: 投诉办理规定 }
    proven: { complaint: valid, count: 2, within: 90d, title: 有效投诉督办, content: 请整改, basis: 投诉办理规定 }
`;
const CONTENT: ComplaintContent = {
  policy: 'complaint',
  channel: 'window',
  kind: 'delay',
  department: 'housing',
  title: '规划许可超期未办',
  request: '请尽快办结并说明原因。',
};
const REPLIED = { type: 'replied', text: '已办结' } as const;
const CLOSED = { type: 'closed', satisfaction: 'dissatisfied' } as const;
const REOPENED = { type: 'reopened', reason: '投诉人不满意' } as const;
const verified = (verdict: 'valid' | 'partly' | 'invalid') =>
  ({ type: 'verified', verdict, reason: '经核实' }) as const;

describe('orders that rules issue from complaints', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openAutumnSite('2026-10-08T10:00', RULES);
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const until = (time: string): Promise<void> => passUntil(site, time);
  const act = (id: number, what: ComplaintAct, who: Principal = INSPECTOR, happenedAt?: string) =>
    site.monitor.acts.complaints.act(
      id,
      { act: what },
      who,
      ALL,
      undefined,
      happenedAt === undefined ? {} : { happenedAt: at(happenedAt) },
    );
  /** Registers a complaint that is accepted and in the hands of a department. */
  const handed = async (more: Partial<ComplaintContent> = {}, handler = 'housing'): Promise<number> => {
    const { row } = await site.monitor.acts.complaints.register({ ...CONTENT, ...more }, INSPECTOR, ALL);
    await act(row.id, { type: 'accepted' });
    await act(row.id, { type: 'transferred', department: handler });
    return row.id;
  };
  const orders = (): Promise<object[]> =>
    site.store.query(
      'SELECT rule, department, colour, (SELECT COUNT(*) FROM order_source WHERE order_id = o.id) AS grounds ' +
        'FROM supervision_order o ORDER BY id',
    );
  /** All is looked at once more by a process that knows nothing, as after a store that was made anew. */
  const again = async (): Promise<void> => {
    await site.store.write((tx) => tx.execute("DELETE FROM setting WHERE name LIKE 'order_rules_after/%'"));
    site = await reopened(site);
    for (let times = 0; times < 2; times++) await site.monitor.acts.sweep.runOnce();
  };

  it('come once for 黄灯 and once for 红灯 of the handling, not for 预警, and name the complaint', async () => {
    const id = await handed({}, 'market');
    // Ten working days with Saturday 10 October: until Wednesday 21st; 预警 on the 19th.
    await until('2026-10-21T23:59');
    expect((await site.monitor.acts.complaints.read(id, INSPECTOR, ALL)).row.light).toBe('yellow');
    expect(await orders()).toEqual([]);
    await until('2026-10-22T00:00');
    const overdue = { rule: 'overdue', department: 'market', colour: 'blue', grounds: 1 };
    expect(await orders()).toEqual([overdue]);
    await until('2026-10-23T00:00');
    const both = [overdue, { rule: 'red', department: 'market', colour: 'orange', grounds: 1 }];
    expect(await orders()).toEqual(both);
    await again();
    expect(await orders()).toEqual(both);
    const { facts } = await site.monitor.acts.orders.read(2, ALL);
    expect(facts.content.sources).toEqual([{ kind: 'complaint', complaintNo: '投诉〔2026〕1号' }]);
    expect(facts.content.title).toBe('投诉红灯督办');
  });

  it('do not come for clocks of the office itself, nor while it handles a complaint alone', async () => {
    await site.monitor.acts.complaints.register(CONTENT, INSPECTOR, ALL);
    const alone = await site.monitor.acts.complaints.register(CONTENT, INSPECTOR, ALL);
    await act(alone.row.id, { type: 'accepted' });
    await until('2026-12-01T10:00');
    const lit = await site.store.query("SELECT id FROM complaint WHERE light = 'red'");
    expect(lit).toHaveLength(2);
    expect(await orders()).toEqual([]);
  });

  it('are for the department that had the complaint when it became late, and nobody who got it later', async () => {
    const id = await handed({}, 'housing');
    site.clock.moveTo(at('2026-10-22T10:00'));
    // The inspector hands it on before anybody looked.
    await act(id, { type: 'transferred', department: 'market' });
    await until('2026-10-22T10:01');
    expect(await orders()).toEqual([]);
    // What the department that has it now misses is its own.
    await until('2026-10-23T00:00');
    expect(await orders()).toEqual([{ rule: 'red', department: 'market', colour: 'orange', grounds: 1 }]);
  });

  it('are not issued anew where late data move a light, nor where other rules come into force', async () => {
    const id = await handed();
    await until('2026-10-22T00:00');
    expect(await orders()).toHaveLength(1);
    // A feed tells of an extension that was granted in time: the light goes, and comes back two working days later.
    const grant = { type: 'extension-granted', days: 2, reason: '核查', approver: '周主任' } as const;
    await act(id, grant, INSPECTOR, '2026-10-20T10:00');
    await until('2026-10-24T00:00');
    expect(await orders()).toHaveLength(1);
    site.writeRuleset(`${rulesetText().replace("version: '1'", "version: '2'")}${RULES}`);
    await site.monitor.followRules();
    await until('2026-10-24T10:00');
    await again();
    expect(await orders()).toHaveLength(1);
  });

  it('count each reopening of a matter once, with its repeats; those of what proved invalid not', async () => {
    const reopen = async (id: number, head: Principal, verdict: 'partly' | 'invalid'): Promise<void> => {
      await act(id, REPLIED, head);
      await act(id, verified(verdict));
      await act(id, CLOSED);
      await act(id, REOPENED);
      await site.monitor.acts.sweep.runOnce();
    };
    const invalid = await handed({}, 'market');
    const id = await handed();
    await reopen(id, HOUSING_HEAD, 'partly');
    for (let times = 0; times < 3; times++) await reopen(invalid, MARKET_HEAD, 'invalid');
    expect(await orders()).toEqual([]);
    await reopen(id, HOUSING_HEAD, 'partly');
    const first = { rule: 'twice', department: 'housing', colour: 'blue', grounds: 2 };
    expect(await orders()).toEqual([first]);
    await reopen(id, HOUSING_HEAD, 'partly');
    await again();
    expect(await orders()).toEqual([first]);
    // Two new ones are a new order; it names the complaint once.
    await reopen(id, HOUSING_HEAD, 'partly');
    expect(await orders()).toEqual([first, first]);
    const { facts } = await site.monitor.acts.orders.read(2, ALL);
    expect(facts.content.sources).toHaveLength(1);
  });

  it('come for complaints that proved valid, to the department complained about, whoever handled them', async () => {
    const prove = async (verdict: 'valid' | 'partly' | 'invalid'): Promise<number> => {
      const id = await handed({}, 'market');
      await act(id, REPLIED, MARKET_HEAD);
      await act(id, verified(verdict));
      return id;
    };
    for (const verdict of ['partly', 'invalid', 'valid'] as const) await prove(verdict);
    await act(await prove('valid'), { type: 'withdrawn', reason: '撤诉' });
    await site.monitor.acts.sweep.runOnce();
    await again();
    // One that is valid, and one that was withdrawn before anybody looked.
    expect(await orders()).toEqual([]);
    await prove('valid');
    await again();
    expect(await orders()).toEqual([{ rule: 'proven', department: 'housing', colour: 'blue', grounds: 2 }]);
  });

  it('never come for a complaint that is for inspectors alone', async () => {
    for (let times = 0; times < 2; times++) {
      const { row } = await site.monitor.acts.complaints.register(
        { ...CONTENT, policy: 'discipline', kind: 'integrity' },
        INSPECTOR,
        ALL,
      );
      await act(row.id, { type: 'accepted' });
      await act(row.id, REPLIED);
      await act(row.id, verified('valid'));
    }
    await until('2026-12-01T10:00');
    expect(await orders()).toEqual([]);
  });

  it('do not come for what became of complaints before the rules', async () => {
    site.writeRuleset(`${rulesetText().replace('2020-01-01', '2026-10-22')}${RULES}`);
    await site.monitor.followRules();
    const id = await handed();
    await until('2026-10-22T00:00');
    expect((await site.monitor.acts.complaints.read(id, INSPECTOR, ALL)).row.light).toBe('yellow');
    // Late from the first instant of the 22nd on: the rules were in force then.
    expect(await orders()).toHaveLength(1);
    site.writeRuleset(`${rulesetText().replace('2020-01-01', '2026-10-24')}${RULES}`);
    await site.monitor.followRules();
    await until('2026-10-25T00:00');
    expect(await orders()).toHaveLength(1);
  });
});
