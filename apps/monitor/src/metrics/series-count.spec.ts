import { accepted, openSite, removeSite, type Site } from '../testing/site';

/* What this spec guarantees: how many series a monitor of a big city shows depends on its lists (departments, clocks,
   findings), not on its items or cases, and is bounded. The figures stand in docs/metrics.md. */

const DEPARTMENTS = 60;
const ITEMS = 500;

function bigCity(): string {
  const departments = Array.from(
    { length: DEPARTMENTS },
    (_, n) => `  d${n}: { name: 部门${n}, district: q${n % 8} }`,
  );
  const items = Array.from(
    { length: ITEMS },
    (_, n) => `  A${n}: { name: 事项${n}, department: d${n % DEPARTMENTS}, promise: 7wd, delivery: none }`,
  );
  return `
ruleset: big-city
version: '1'
inForceFrom: 2020-01-01
calendar: office
departments:
${departments.join('\n')}
items:
${items.join('\n')}
`;
}

describe('the series of a city with sixty departments and five hundred items', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00');
    site.writeRuleset(bigCity());
    await site.monitor.followRules();
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const series = async (): Promise<number> =>
    (await site.registry.metrics()).split('\n').filter((line) => line !== '' && !line.startsWith('#')).length;

  it('are bounded, and all there before the first case', async () => {
    const before = await series();
    expect(before).toBeGreaterThan(5_000);
    expect(before).toBeLessThan(16_000);
    const cases = Array.from({ length: ITEMS }, (_, n) => ({
      ...accepted(`C-${n}`, '2026-09-14T09:00', `A${n}`),
      data: { item: `A${n}`, department: `d${n % DEPARTMENTS}` },
    }));
    await site.receive(...cases);
    // A source that sends for the first time is known from then on: a few series, whatever it sends.
    expect((await series()) - before).toBeLessThan(20);
  });
});
