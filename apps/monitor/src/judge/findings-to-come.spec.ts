import { at, event, openSite, removeSite, type Site } from '../testing/site';

/* What this spec guarantees: nothing is written before it is true; what time makes true, the sweep writes at its instant. */
describe('a finding that the passing of time will make', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00:05');
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  const written = async (): Promise<unknown> => ({
    findings: await site.store.query('SELECT code, at, detected_at FROM finding'),
    cases: await site.store.query('SELECT accepted_at, finding_count FROM case_file'),
  });

  it('is not written with the receipt, nor is the acceptance by silence; the sweep writes both', async () => {
    await site.receive(
      event('case.submitted', 'C-1', '2026-09-14T10:00', { item: 'A0101', department: 'housing' }),
    );
    const nothing = { findings: [], cases: [{ accepted_at: null, finding_count: 0 }] };
    expect(await written()).toEqual(nothing);
    for (const [ms, isTrue] of [
      [-1, false],
      [0, true],
    ] as const) {
      site.clock.moveTo(at('2026-09-22T00:00') + ms);
      await site.monitor.sweep.runOnce(site.clock.now());
      const instant = '2026-09-21 16:00:00.000';
      expect(await written()).toEqual(
        isTrue
          ? {
              findings: [{ code: 'ACC-1', at: instant, detected_at: instant }],
              cases: [{ accepted_at: '2026-09-14 02:00:00.000', finding_count: 1 }],
            }
          : nothing,
      );
    }
  });
});
