import { accepted, at, event, openSite, removeSite, type Site } from '../testing/site';

describe('the digest of a day', () => {
  const sites: Site[] = [];
  const open = async (): Promise<Site> => {
    const site = await openSite('2026-09-14T10:00');
    sites.push(site);
    return site;
  };
  afterEach(async () => {
    for (const site of sites.splice(0)) {
      await site.close();
      removeSite(site.dir);
    }
  });
  const events = [
    accepted('C-1', '2026-09-14T10:00'),
    event('case.suspended', 'C-1', '2026-09-15T10:00'),
    accepted('C-2', '2026-09-14T11:00'),
  ];
  const late = event('case.decided', 'C-2', '2026-09-15T09:00', {}, { receivedAt: '2026-09-16T00:10' });

  it('is equal where the same was received by midnight, in whatever order, whatever came after', async () => {
    const [one, other] = [await open(), await open()];
    await one.receive(...events);
    await other.receive(...[...events].reverse(), late);
    for (const site of [one, other]) site.clock.moveTo(at('2026-09-16T01:00'));
    const digest = await one.monitor.digest.runOnce();
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await other.monitor.digest.runOnce()).toBe(digest);
    const number = parseInt(digest!.slice(0, 12), 16);
    expect(await one.registry.metrics()).toContain(`mingjian_verdict_digest ${number}`);
  });

  it('differs where something else was received, and is not made before what is on its way has come', async () => {
    const [one, other] = [await open(), await open()];
    await one.receive(...events);
    await other.receive(...events.slice(1));
    for (const site of [one, other]) site.clock.moveTo(at('2026-09-16T00:20'));
    expect(await one.monitor.digest.runOnce()).toBeNull();
    for (const site of [one, other]) site.clock.moveTo(at('2026-09-16T01:00'));
    expect(await one.monitor.digest.runOnce()).not.toBe(await other.monitor.digest.runOnce());
  });

  it('is made once and kept', async () => {
    const site = await open();
    await site.receive(...events);
    site.clock.moveTo(at('2026-09-16T01:00'));
    const digest = await site.monitor.digest.runOnce();
    await site.receive(late);
    expect(await site.monitor.digest.runOnce()).toBe(digest);
  });
});
