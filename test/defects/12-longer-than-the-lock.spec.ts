import { join } from 'node:path';
import { accepted, openSite, removeSite } from '../../apps/monitor/src/testing/site';
import { spawnTypescript } from '../../libs/runtime/src/testing/spawn-typescript';

const CHILD = join(__dirname, 'children', 'sweep-child.ts');
const NOW = '2026-09-28T09:00';
const CASES = 70;

describe('defect 12: a job that takes longer than its lock', () => {
  it('defect 12: a monitor that was thought dead and comes back writes nothing where another took over', async () => {
    const before = await openSite('2026-09-14T10:00');
    const { dir } = before;
    await before.receive(...Array.from({ length: CASES }, (_, n) => accepted(`C-${n}`, '2026-09-14T10:00')));
    await before.close();

    // It has judged two batches and stands still just before it writes the third.
    const slow = spawnTypescript(CHILD, [dir, NOW, '3']);
    await slow.untilLines(3);
    expect(slow.lines).toEqual(['7', '7', 'stopped']);

    const heir = await openSite(NOW, { dir });
    expect((await heir.monitor.sweep.runOnce(heir.clock.now())).cases).toBe(CASES - 14);
    const lights = await heir.lights();
    expect(lights).toHaveLength(2 * CASES);

    slow.process.kill('SIGCONT');
    await new Promise((resolve) => slow.process.on('close', resolve));
    // It noticed that its shards were gone, and left them.
    expect(slow.lines.at(-1)).toBe('done 14 0');
    expect(await heir.lights()).toEqual(lights);
    await heir.close();
    removeSite(dir);
  });
});
