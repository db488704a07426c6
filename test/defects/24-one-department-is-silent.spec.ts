import { accepted, event, openSite, removeSite } from '../../apps/monitor/src/testing/site';

const PARTITIONS = 6;

describe('defect 24: time that stands still where one source is silent', () => {
  it('defect 24: a silent department and empty partitions delay no light of anybody by a millisecond', async () => {
    const site = await openSite('2026-09-14T10:00:05', { partitions: PARTITIONS });
    // The market department reports once and never again; its partition stays where it is.
    await site.receive(
      event(
        'case.accepted',
        'M-1',
        '2026-09-14T10:00',
        { item: 'A0101', department: 'market' },
        { source: 'urn:dept:market' },
      ),
    );
    const cases = Array.from({ length: 3 }, (_, n) => `H-${n}`);
    await site.receive(...cases.map((caseNo) => accepted(caseNo, '2026-09-14T10:00')));
    const used = new Set(['M-1', ...cases].map((caseNo) => site.log.partitionOf(caseNo)));
    expect(used.size).toBeGreaterThan(1);
    expect(used.size).toBeLessThan(PARTITIONS);

    const sweepAt = async (text: string, plusMs: number): Promise<number> => {
      site.clock.moveTo(Date.parse(`${text}:00+08:00`) + plusMs);
      return (await site.monitor.sweep.runOnce(site.clock.now())).changes;
    };
    for (const day of ['2026-09-22', '2026-09-24']) {
      expect(await sweepAt(`${day}T00:00`, -1)).toBe(0);
      // No event has come since the 14th, of anybody: the instant of the law is enough.
      expect(await sweepAt(`${day}T00:00`, 0)).toBe(cases.length + 1);
    }
    const rows = await site.store.query<{ became_at: string; detected_at: string }>(
      'SELECT became_at, detected_at FROM light_change',
    );
    for (const { became_at, detected_at } of rows) expect(detected_at).toBe(became_at);
    // The silence itself is told, as what it is.
    const market = (await site.monitor.sources.read()).find(({ source }) => source === 'urn:dept:market');
    expect(market).toMatchObject({ isAlive: false });
    await site.close();
    removeSite(site.dir);
  });
});
