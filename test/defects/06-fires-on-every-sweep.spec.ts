import { accepted, event, openSite, removeSite } from '../../apps/monitor/src/testing/site';

const HOUR = 3_600_000;

describe('defect 6: a level that fires on every sweep', () => {
  it('defect 6: a hundred sweeps write one light change for each case, clock and level', async () => {
    const site = await openSite('2026-09-14T10:00:05');
    await site.receive(
      accepted('C-1', '2026-09-14T10:00'),
      accepted('C-2', '2026-09-14T10:00'),
      event('case.submitted', 'C-3', '2026-09-14T10:00', { item: 'A0101', department: 'housing' }),
    );
    // From the day of acceptance to long after every limit, every level comes up in between.
    const start = site.clock.now();
    for (let sweep = 1; sweep <= 100; sweep++) {
      site.clock.moveTo(start + sweep * 12 * HOUR);
      await site.monitor.sweep.runOnce(site.clock.now());
      await site.monitor.sweep.runOnce(site.clock.now());
    }
    const rows = await site.store.query<{ fired: string; times: number }>(
      "SELECT case_no || ' ' || clock || ' ' || to_light AS fired, COUNT(*) AS times FROM light_change GROUP BY fired ORDER BY fired",
    );
    expect(rows).toEqual(
      [
        ...['C-1', 'C-2'].flatMap((caseNo) => [`${caseNo} promise`, `${caseNo} statutory`]),
        ...['acceptance', 'promise', 'statutory'].map((clock) => `C-3 ${clock}`),
      ].flatMap((fired) => [
        { fired: `${fired} red`, times: 1 },
        { fired: `${fired} yellow`, times: 1 },
      ]),
    );
    await site.close();
    removeSite(site.dir);
  });
});
