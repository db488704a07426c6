import { join } from 'node:path';
import { spawnTypescript } from '../../../libs/runtime/src/testing/spawn-typescript';
import { accepted, event, openSite, removeSite } from './testing/site';

const NOW = '2026-09-28T09:00';

describe('a monitor that is killed', () => {
  const dirs: string[] = [];
  afterEach(() => dirs.splice(0).forEach(removeSite));

  const events = Array.from({ length: 400 }, (_, n) => [
    accepted(`C-${n}`, '2026-09-14T10:00'),
    event('case.suspended', `C-${n}`, '2026-09-15T10:00', {
      ground: '检测',
      notice: 'N',
      approver: 'x',
      daysApplied: 3,
    }),
    ...(n % 3 === 0 ? [] : [event('case.resumed', `C-${n}`, '2026-09-16T10:00')]),
    ...(n % 4 === 0 ? [event('case.decided', `C-${n}`, '2026-09-25T10:00', { result: 'granted' })] : []),
  ]).flat();

  async function calmDigests(): Promise<string[]> {
    const site = await openSite(NOW);
    dirs.push(site.dir);
    await site.receive(...events);
    const digests = [await site.verdictDigest(), await site.storedDigest()];
    await site.close();
    return digests;
  }

  it('in the middle of the intake, again and again, ends with the same rows as one that was not', async () => {
    const before = await openSite(NOW);
    dirs.push(before.dir);
    await before.send(...events);
    await before.close();
    for (const batches of [3, 11, 23]) {
      const child = spawnTypescript(join(__dirname, 'testing', 'intake-child.ts'), [before.dir, NOW]);
      await child.untilLines(batches);
      await child.kill();
    }
    const after = await openSite(NOW, { dir: before.dir });
    const rest = await after.monitor.intake.drain();
    expect(rest).toBeGreaterThan(0);
    expect(rest).toBeLessThan(events.length);
    expect([await after.verdictDigest(), await after.storedDigest()]).toEqual(await calmDigests());
    expect(await after.store.query('SELECT COUNT(*) AS n FROM step_event')).toEqual([{ n: events.length }]);
    await after.close();
  });
});
