import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accepted, openSite, removeSite, type Site } from '../../apps/monitor/src/testing/site';

describe('defect 14: holidays that a process keeps in its memory', () => {
  const sites: Site[] = [];
  const open = async (now: string, dir?: string): Promise<Site> => {
    const site = await openSite(now, dir === undefined ? {} : { dir });
    sites.push(site);
    return site;
  };
  afterEach(async () => {
    const [first] = sites;
    for (const site of sites.splice(0)) await site.close();
    if (first) removeSite(first.dir);
  });

  function declareOff(site: Site, date: string): void {
    const file = join(site.dir, 'calendar.yaml');
    const text = readFileSync(file, 'utf8').replace("version: '1'", "version: '2'");
    writeFileSync(file, `${text}days:\n  - { date: ${date}, off: true }\n`);
  }

  const dueInstants = (site: Site): Promise<object[]> =>
    site.store.query('SELECT DISTINCT due_at, calendar_version FROM case_file');

  it('defect 14: an edited calendar re-dates every case while the daemon runs, those that come later too', async () => {
    const site = await open('2026-09-14T10:00:05');
    await site.receive(...Array.from({ length: 700 }, (_, n) => accepted(`C-${n}`, '2026-09-14T10:00')));
    expect(await dueInstants(site)).toEqual([{ due_at: '2026-09-23 15:59:59.999', calendar_version: '1' }]);
    declareOff(site, '2026-09-18');
    // Events arrive while the cases are judged again: they are judged by the new calendar already.
    await Promise.all([site.monitor.followRules(), site.receive(accepted('C-new', '2026-09-14T10:00'))]);
    expect(await dueInstants(site)).toEqual([{ due_at: '2026-09-24 15:59:59.999', calendar_version: '2' }]);
    expect(await site.store.query('SELECT COUNT(*) AS n FROM case_file')).toEqual([{ n: 701 }]);
  });

  it('defect 14: a replica that takes over re-dates what the one before it had dated by its own calendar', async () => {
    const first = await open('2026-09-14T10:00:05');
    await first.receive(accepted('C-1', '2026-09-14T10:00'));
    declareOff(first, '2026-09-18');
    // The first one has not looked at the file yet; the second reads it at its start, takes the shards and walks.
    const second = await open('2026-09-14T10:00:10', first.dir);
    expect(await dueInstants(second)).toEqual([{ due_at: '2026-09-24 15:59:59.999', calendar_version: '2' }]);
    // With the old calendar in its memory the first can write nothing any more.
    first.clock.moveTo(Date.parse('2026-09-23T00:00:00+08:00'));
    expect(await first.monitor.sweep.runOnce(first.clock.now())).toEqual({ cases: 0, changes: 0, failed: 0 });
    expect(await dueInstants(second)).toEqual([{ due_at: '2026-09-24 15:59:59.999', calendar_version: '2' }]);
  });
});
