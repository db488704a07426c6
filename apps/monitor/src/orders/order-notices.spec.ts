import type { OrderAct, OrderContent } from '@mingjian/contracts';
import { openRegistry } from '@mingjian/runtime';
import { RowScope } from '@mingjian/store';
import { ActDesks } from '../acts/act-desks';
import type { Principal } from '../identity/principal';
import { openAutumnSite } from '../testing/autumn-site';
import { HOUSING_HEAD, INSPECTOR } from '../testing/people';
import { accepted, at, removeSite, rulesetText, type Site } from '../testing/site';

/* What this spec guarantees: who is told what of orders and appeals, once each; what only other rules brought is held back. */

const ALL = RowScope.everything;
const CONTENT: OrderContent = {
  department: 'housing',
  colour: 'orange',
  title: '逾期办件督办',
  content: '请说明原因',
  basis: '行政许可法第四十二条',
  sources: [],
};

describe('notices of orders and appeals', () => {
  let site: Site;
  let desks: ActDesks;
  beforeEach(async () => {
    site = await openAutumnSite('2026-09-28T10:00');
    desks = new ActDesks({
      ...site.monitor.ports,
      registry: openRegistry(),
      rules: () => site.monitor.rules.current,
      shardOf: (key) => site.log.partitionOf(key),
      isTelling: () => true,
      committed: () => undefined,
    });
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const until = async (time: string): Promise<void> => {
    site.clock.moveTo(at(time));
    await desks.sweep.runOnce();
  };
  const act = async (id: number, what: OrderAct, who: Principal): Promise<void> => {
    const { facts } = await desks.orders.read(id, ALL);
    await desks.orders.act(id, { version: facts.version, act: what }, who, ALL);
  };
  const told = async (kind: string): Promise<string[]> => {
    const rows = await site.store.query<Record<string, string | null>>(
      'SELECT grade, roles, subject, state FROM notice WHERE kind = ? ORDER BY id',
      [kind],
    );
    return rows.map(({ grade, roles, subject, state }) => `${grade} ${roles}: ${subject} (${state})`);
  };

  it('go to the department, to who is above it when it is silent, and to the office when it answers', async () => {
    const { id } = (await desks.orders.issue(CONTENT, INSPECTOR, ALL)).row;
    for (const time of ['2026-10-09T00:00', '2026-10-11T00:00', '2026-10-11T00:01', '2026-10-17T00:00'])
      await until(time);
    await act(id, { type: 'replied', cause: '人手不足', measures: '增派两人' }, HOUSING_HEAD);
    const no = '督办〔2026〕1号';
    expect(await told('order')).toEqual([
      `yellow post,department-head: ${no} 收到督办单：逾期办件督办 (waiting)`,
      `yellow post,department-head: ${no} 反馈期限将至：逾期办件督办 (waiting)`,
      `red department-head,supervisor: ${no} 逾期未反馈，催办：逾期办件督办 (waiting)`,
      `red post,department-head,supervisor,inspection-office: ${no} 逾期未反馈，通报：逾期办件督办 (waiting)`,
      `info inspection-office: ${no} 已反馈，待核实：逾期办件督办 (waiting)`,
    ]);
  });

  it('are held back where other rules brought them', async () => {
    await desks.orders.issue(CONTENT, INSPECTOR, ALL);
    await until('2026-09-28T11:00');
    site.writeRuleset(`${rulesetText()}orders: { replyWithin: 0wd }\n`);
    await site.monitor.followRules();
    await until('2026-09-29T09:00');
    expect((await told('order')).slice(1)).toEqual([
      'yellow post,department-head: 督办〔2026〕1号 反馈期限将至：逾期办件督办 (muted)',
      'red department-head,supervisor: 督办〔2026〕1号 逾期未反馈，催办：逾期办件督办 (muted)',
    ]);
  });

  it('of an upheld appeal: the light is withdrawn from those who were told, and the department hears the decision', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    const [light] = await site.store.query<{ id: number }>(
      "SELECT id FROM light_change WHERE to_light = 'red' AND clock = 'promise'",
    );
    const content = { light: { id: light!.id }, reason: 'other', text: '理由', evidence: '证据' } as const;
    const { row } = await desks.appeals.file(content, HOUSING_HEAD, ALL);
    await desks.appeals.act(row.id, { version: 1, act: { type: 'upheld', opinion: '属实' } }, INSPECTOR, ALL);
    expect(await told('appeal')).toEqual([
      'info inspection-office: 申诉〔2026〕1号 提出申诉：办件 C-1 ● 红灯 (waiting)',
      'info post,department-head: 申诉〔2026〕1号 撤销：办件 C-1 ● 红灯 (waiting)',
    ]);
    const withdrawn = await site.store.query(
      "SELECT notice_key, is_withdrawal FROM notice WHERE kind = 'light' AND is_withdrawal = 1",
    );
    expect(withdrawn).toHaveLength(1);
    const messages = await site.store.query<{ payload: string }>(
      "SELECT payload FROM outbox WHERE payload LIKE '%light.superseded%'",
    );
    expect(
      messages.map(({ payload }) => (JSON.parse(payload) as { data: { reason: string } }).data.reason),
    ).toEqual(['appeal']);
  });
});
