import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { accepted, openSite, removeSite } from '../testing/site';

const NOW = '2026-09-28T09:00';

describe('a store that fell behind its log', () => {
  it('is filled again from the log at the next start, and one that did not is left alone', async () => {
    const site = await openSite(NOW);
    await site.receive(accepted('C-1', '2026-09-14T10:00'), accepted('C-2', '2026-09-15T10:00'));
    const digests = [await site.verdictDigest(), await site.storedDigest()];
    await site.close();
    for (const name of readdirSync(site.dir)) if (name.startsWith('store.db')) rmSync(join(site.dir, name));

    const again = await openSite(NOW, { dir: site.dir });
    expect(await again.monitor.intake.drain()).toBe(0);
    await again.monitor.start();
    await again.monitor.intake.drain();
    expect([await again.verdictDigest(), await again.storedDigest()]).toEqual(digests);
    expect(again.logged.join('')).toContain('The store is behind the log');
    await again.close();

    const third = await openSite(NOW, { dir: site.dir });
    await third.monitor.start();
    expect(third.logged.join('')).not.toContain('The store is behind the log');
    await third.close();
    removeSite(site.dir);
  });
});
