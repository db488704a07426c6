import { newestLightChangeId, RowScope, type LightChangeRow } from '@mingjian/store';
import { accepted, at, openSite, removeSite, type Site } from '../testing/site';

describe('the live stream of light changes', () => {
  let site: Site;
  beforeEach(async () => {
    site = await openSite('2026-09-14T10:00');
    await site.receive(...Array.from({ length: 450 }, (_, n) => accepted(`C-${n}`, '2026-09-14T10:00')));
    site.clock.moveTo(at('2026-09-22T00:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
  });

  it('goes on where a listener left off, page by page, without a gap or a repeat', async () => {
    const gone = new AbortController();
    const ids: number[] = [];
    const pages: number[] = [];
    for await (const rows of site.monitor.lights.follow(10, RowScope.everything, gone.signal)) {
      pages.push(rows.length);
      ids.push(...rows.map((row) => row.id));
      if (ids.length === 440) gone.abort();
    }
    expect(pages).toEqual([200, 200, 40]);
    expect(ids).toEqual(Array.from({ length: 440 }, (_, n) => n + 11));
  });

  it('tells a new listener only what happens from now on, at once', async () => {
    const gone = new AbortController();
    const stream = site.monitor.lights.follow(null, RowScope.everything, gone.signal);
    const next = stream.next();
    // Asked after the listener asked, and answered after: what follows is new for it.
    const newest = await newestLightChangeId(site.store);
    site.clock.moveTo(at('2026-09-24T00:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    const { value } = await next;
    expect(value?.[0]?.id).toBe(newest + 1);
    gone.abort();
    await stream.next();
  });

  it('holds nothing for a listener that does not read', async () => {
    const gone = new AbortController();
    const stream = site.monitor.lights.follow(0, RowScope.everything, gone.signal);
    await stream.next();
    site.clock.moveTo(at('2026-09-24T00:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    const second = await stream.next();
    const rows: LightChangeRow[] = second.value ?? [];
    expect(rows.map((row) => row.id)).toEqual(Array.from({ length: 200 }, (_, n) => n + 201));
    gone.abort();
    expect((await stream.next()).done).toBe(true);
  });

  it('ends for everybody when the monitor stops', async () => {
    const stream = site.monitor.lights.follow(null, RowScope.everything, new AbortController().signal);
    const next = stream.next();
    await newestLightChangeId(site.store);
    site.monitor.lights.stop();
    expect((await next).done).toBe(true);
  });
});
