import { RowScope } from '@mingjian/store';
import { HOUSING_HEAD, INSPECTOR } from '../testing/people';
import { accepted, at, openSite, removeSite, type Site } from '../testing/site';

const ALL = RowScope.everything;

/* What this spec guarantees: lights that people give and take away are counted, each once, however often that is submitted. */
describe('light changes that people bring', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00');
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-24T10:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const counted = async (clock: string, reason: string): Promise<number> => {
    const text = await site.registry.metrics();
    const name = `mingjian_light_changes_total{department="housing",clock="${clock}",to="red",reason="${reason}"} `;
    const line = text.split('\n').find((one) => one.startsWith(name));
    return Number(line?.slice(name.length));
  };

  it('are counted by reason: cards as manual, given and taken back, and lights that an appeal took away', async () => {
    expect([await counted('manual', 'manual'), await counted('promise', 'appeal')]).toEqual([0, 0]);
    const { cards, appeals } = site.monitor.acts;
    const content = { caseNo: 'C-1', light: 'red', reason: 'attitude', text: '态度', basis: '制度' } as const;
    const card = await cards.issue(content, INSPECTOR, ALL, 'key-1');
    await cards.issue(content, INSPECTOR, ALL, 'key-1');
    expect(await counted('manual', 'manual')).toBe(1);
    for (let n = 0; n < 2; n++)
      await cards.withdraw(card.row.id, { version: 1, reason: '误发' }, INSPECTOR, ALL, 'key-2');
    expect(await counted('manual', 'manual')).toBe(2);
    const [light] = await site.store.query<{ id: number }>(
      "SELECT id FROM light_change WHERE clock = 'promise' AND to_light = 'red'",
    );
    const filing = { light: { id: light!.id }, reason: 'other', text: '理由', evidence: '证据' } as const;
    const { row } = await appeals.file(filing, HOUSING_HEAD, ALL);
    const upheld = { version: 1, act: { type: 'upheld', opinion: '属实' } } as const;
    for (let n = 0; n < 2; n++) await appeals.act(row.id, upheld, INSPECTOR, ALL, 'key-3');
    expect(await counted('promise', 'appeal')).toBe(1);
  });
});
