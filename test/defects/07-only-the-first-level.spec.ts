import { accepted, event, openSite, removeSite } from '../../apps/monitor/src/testing/site';

interface Lit {
  case_no: string;
  clock: string;
  to_light: string;
  became_at: string;
  detected_at: string;
}

describe('defect 7: a process that was down and fires only the first level', () => {
  it('defect 7: makes up for every level, in order, each with its own instant and marked as found late', async () => {
    const site = await openSite('2026-09-14T10:00:05');
    await site.receive(
      accepted('C-1', '2026-09-14T10:00'),
      event('case.submitted', 'C-2', '2026-09-15T10:00', { item: 'A0101', department: 'housing' }),
    );
    await site.close();

    const again = await openSite('2026-11-02T09:00', { dir: site.dir });
    await again.monitor.start();
    const lit = await again.store.query<Lit>(
      'SELECT case_no, clock, to_light, became_at, detected_at FROM light_change ORDER BY id',
    );
    const of = (caseNo: string, clock: string): string[] =>
      lit.filter((row) => row.case_no === caseNo && row.clock === clock).map(({ to_light }) => to_light);
    for (const clock of ['promise', 'statutory']) expect(of('C-1', clock)).toEqual(['yellow', 'red']);
    for (const clock of ['acceptance', 'promise', 'statutory'])
      expect(of('C-2', clock)).toEqual(['yellow', 'red']);
    for (const caseNo of ['C-1', 'C-2']) {
      const instants = lit.filter((row) => row.case_no === caseNo).map(({ became_at }) => became_at);
      expect(instants).toEqual([...instants].sort());
    }
    for (const { became_at, detected_at } of lit) {
      expect(detected_at).toBe('2026-11-02 01:00:00.000');
      expect(became_at < detected_at).toBe(true);
    }
    await again.close();
    removeSite(site.dir);
  });
});
