import { join } from 'node:path';
import { accepted, openSite, removeSite } from '../../apps/monitor/src/testing/site';
import { spawnTypescript } from '../../libs/runtime/src/testing/spawn-typescript';

const CHILD = join(__dirname, 'children', 'sweep-child.ts');
const NOW = '2026-09-28T09:00';
const CASES = 210;

/** Yellow and red are both overdue: two light changes a case, in batches of seven cases. */
describe('defect 10: a process that dies between what it did and the note that it did it', () => {
  const dirs: string[] = [];
  afterEach(() => dirs.splice(0).forEach(removeSite));

  it('defect 10: killed again and again within the sweep, lights nothing twice and leaves nothing out', async () => {
    const before = await openSite('2026-09-14T10:00');
    dirs.push(before.dir);
    await before.receive(...Array.from({ length: CASES }, (_, n) => accepted(`C-${n}`, '2026-09-14T10:00')));
    await before.close();

    for (const batches of [2, 5, 9]) {
      const child = spawnTypescript(CHILD, [before.dir, NOW]);
      await child.untilLines(batches);
      await child.kill();
      expect(child.lines.join()).not.toContain('done');
    }

    const after = await openSite(NOW, { dir: before.dir });
    const { cases } = await after.monitor.sweep.runOnce(after.clock.now());
    // Some were lit before a death, some were left to the last start.
    expect(cases).toBeGreaterThan(0);
    expect(cases).toBeLessThan(CASES);
    const lit = await after.store.query<{ to_light: string; rows: number; cases: number }>(
      'SELECT to_light, COUNT(*) AS "rows", COUNT(DISTINCT case_no) AS cases FROM light_change GROUP BY to_light ORDER BY to_light',
    );
    expect(lit).toEqual([
      { to_light: 'red', rows: CASES, cases: CASES },
      { to_light: 'yellow', rows: CASES, cases: CASES },
    ]);
    await after.close();
  });
});
