import { join } from 'node:path';
import { accepted, openSite, removeSite } from '../../apps/monitor/src/testing/site';
import { spawnTypescript } from '../../libs/runtime/src/testing/spawn-typescript';

const CHILD = join(__dirname, 'children', 'sweep-child.ts');
const CASES = 210;
const DOUBLE =
  'SELECT case_no, clock, to_light FROM light_change GROUP BY case_no, clock, to_light HAVING COUNT(*) > 1';

describe('defect 11: two replicas on one store', () => {
  let dir: string;
  beforeEach(async () => {
    const site = await openSite('2026-09-14T10:00');
    ({ dir } = site);
    await site.receive(...Array.from({ length: CASES }, (_, n) => accepted(`C-${n}`, '2026-09-14T10:00')));
    await site.close();
  });
  afterEach(() => removeSite(dir));

  it('defect 11: that sweep by turns write each light change once, whoever of them holds the shards', async () => {
    const first = await openSite('2026-09-22T00:00', { dir });
    const second = await openSite('2026-09-22T00:00', { dir });
    for (const [text, due] of [
      ['2026-09-22T00:00', CASES],
      ['2026-09-24T00:00', CASES],
      ['2026-09-25T00:00', 0],
    ] as const) {
      let swept = 0;
      for (const site of [first, second, first, second]) {
        site.clock.moveTo(Date.parse(`${text}:00+08:00`));
        swept += (await site.monitor.sweep.runOnce(site.clock.now())).cases;
      }
      // What one of them has judged is not due for the other any more.
      expect(swept).toBe(due);
    }
    expect(await second.lights()).toHaveLength(2 * CASES);
    expect(await second.store.query(DOUBLE)).toEqual([]);
    await first.close();
    await second.close();
  });

  it('defect 11: that run at the same time, each in a process of its own, write each light change once', async () => {
    const children = [1, 2].map(() => spawnTypescript(CHILD, [dir, '2026-09-28T09:00']));
    await Promise.all(children.map(({ process }) => new Promise((resolve) => process.on('close', resolve))));
    for (const { lines } of children) expect(lines.at(-1)).toMatch(/^done /);
    const site = await openSite('2026-09-28T09:00', { dir });
    await site.monitor.sweep.runOnce(site.clock.now());
    expect(await site.lights()).toHaveLength(2 * CASES);
    expect(await site.store.query(DOUBLE)).toEqual([]);
    await site.close();
  });
});
