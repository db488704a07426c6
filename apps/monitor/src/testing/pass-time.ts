import { at, openSite, type Site } from './site';

/** Closes the process and opens it again where it was: nothing but rows may carry a matter on. */
export async function reopened(site: Site): Promise<Site> {
  const now = new Date(site.clock.now() + 8 * 3_600_000).toISOString().slice(0, 16);
  await site.close();
  return openSite(now, { dir: site.dir });
}

/** Moves time, and lets it bring what it brings to orders, appeals and complaints. */
export async function passUntil(site: Site, time: string): Promise<void> {
  site.clock.moveTo(at(time));
  await site.monitor.acts.sweep.runOnce();
}
