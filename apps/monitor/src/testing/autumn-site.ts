import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CALENDAR, openSite, rulesetText, type Site } from './site';

/** Mid-Autumn and National Day of 2026 as the State Council arranged them: two worked weekend days. */
const AUTUMN_2026 = `${CALENDAR}days:
  - { date: 2026-09-20, work: true, name: 国庆节 }
  - { date: 2026-09-25, off: true, name: 中秋节 }
  - { date: 2026-10-01, off: true, name: 国庆节 }
  - { date: 2026-10-02, off: true, name: 国庆节 }
  - { date: 2026-10-05, off: true, name: 国庆节 }
  - { date: 2026-10-06, off: true, name: 国庆节 }
  - { date: 2026-10-07, off: true, name: 国庆节 }
  - { date: 2026-10-10, work: true, name: 国庆节 }
`;

/** A site with that calendar; `extra` is added to its ruleset. */
export async function openAutumnSite(now: string, extra = ''): Promise<Site> {
  const site = await openSite(now);
  writeFileSync(join(site.dir, 'calendar.yaml'), AUTUMN_2026);
  await site.monitor.followRules();
  if (extra === '') return site;
  site.writeRuleset(`${rulesetText()}${extra}`);
  await site.monitor.followRules();
  return site;
}
