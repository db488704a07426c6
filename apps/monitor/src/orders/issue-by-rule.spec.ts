import { listWaitingLights, RowScope } from '@mingjian/store';
import { openAutumnSite } from '../testing/autumn-site';
import { INSPECTOR } from '../testing/people';
import { accepted, at, openSite, removeSite, rulesetText, type Site } from '../testing/site';

/* What this spec guarantees: rules of the ruleset issue orders from lights, each light for one order of a rule at most. */

const RULES = `orders:
  rules:
    each-red: { light: red, clocks: [promise], title: 逾期办件督办, content: 请说明原因, basis: 行政许可法第四十二条 }
    three-red: { light: red, clocks: [promise], count: 3, within: 30d, colour: orange, replyWithin: 3wd, title: 多次逾期, content: 请整改, basis: 本市规定 }
    off: { light: red, enabled: false, title: 停用, content: 停用, basis: 停用 }
`;

describe('orders that rules issue', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openAutumnSite('2026-10-12T09:00', RULES);
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
  const orders = (): Promise<object[]> =>
    site.store.query(
      'SELECT no, rule, colour, (SELECT COUNT(*) FROM order_source WHERE order_id = o.id) AS sources ' +
        'FROM supervision_order o ORDER BY id',
    );

  it('come once for each red light, and once for three of a department, whatever is looked at again', async () => {
    await site.receive(accepted('C-1', '2026-10-12T09:00'), accepted('C-2', '2026-10-12T09:00'));
    await pass('2026-10-22T00:00');
    const two = [
      { no: '督办〔2026〕1号', rule: 'each-red', colour: 'blue', sources: 1 },
      { no: '督办〔2026〕2号', rule: 'each-red', colour: 'blue', sources: 1 },
    ];
    expect(await orders()).toEqual(two);
    await site.receive(accepted('C-3', '2026-10-13T09:00'));
    for (let times = 0; times < 3; times++) await pass('2026-10-23T00:00');
    const four = [
      ...two,
      { no: '督办〔2026〕3号', rule: 'each-red', colour: 'blue', sources: 1 },
      { no: '督办〔2026〕4号', rule: 'three-red', colour: 'orange', sources: 3 },
    ];
    expect(await orders()).toEqual(four);
    // All lights are looked at once more, as after a store that was made anew.
    await site.store.write((tx) => tx.execute("DELETE FROM setting WHERE name LIKE 'order_rules_after/%'"));
    await site.close();
    site = await openSite('2026-10-23T10:00', { dir: site.dir });
    await pass('2026-10-23T11:00');
    expect(await orders()).toEqual(four);
    const { facts } = await site.monitor.acts.orders.read(4, RowScope.everything);
    expect(facts).toMatchObject({
      rule: 'three-red',
      content: { replyWithin: '3wd', department: 'housing' },
    });
  });

  it('come for a light that a person confirmed, though it was written long before', async () => {
    site.writeRuleset(`${rulesetText().replace('items:', 'switches: { issue: confirmed }\nitems:')}${RULES}`);
    await site.monitor.followRules();
    await site.receive(accepted('C-1', '2026-10-12T09:00'), accepted('C-2', '2026-10-12T09:00'));
    await pass('2026-10-22T00:00');
    await pass('2026-10-22T10:00');
    expect(await orders()).toEqual([]);
    const waiting = await listWaitingLights(site.store, { limit: 10 }, RowScope.everything);
    const red = waiting.find(({ caseNo, toLight }) => caseNo === 'C-1' && toLight === 'red')!;
    await site.monitor.acts.cards.decide(
      red.id,
      { decision: 'issued', reason: '核实' },
      INSPECTOR,
      RowScope.everything,
    );
    for (let times = 0; times < 3; times++) await pass('2026-10-22T11:00');
    expect(await orders()).toEqual([{ no: '督办〔2026〕1号', rule: 'each-red', colour: 'blue', sources: 1 }]);
  });

  it('come for departments that the rules know; others stop nobody', async () => {
    await site.store.write((tx) =>
      tx.execute(
        'INSERT INTO light_change (case_no, clock, clock_kind, department, to_light, issue, reason, became_at, detected_at, ' +
          "ruleset_version, calendar_version) SELECT 'X-1', 'promise', 'promise', 'dissolved', 'red', 'automatic', 'time', ?, ?, '1', '1'",
        ['2026-10-20 00:00:00.000', '2026-10-20 00:00:00.000'],
      ),
    );
    await site.receive(accepted('C-1', '2026-10-12T09:00'));
    await pass('2026-10-22T00:00');
    expect(await orders()).toHaveLength(1);
  });

  it('do not come for lights of before the rules', async () => {
    site.writeRuleset(`${rulesetText().replace('2020-01-01', '2026-10-22')}${RULES}`);
    await site.monitor.followRules();
    await site.receive(accepted('C-1', '2026-10-12T09:00'));
    await pass('2026-10-23T00:00');
    expect(await orders()).toEqual([]);
  });
});
