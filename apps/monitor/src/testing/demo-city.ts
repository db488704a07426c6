import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StepEvent } from '@mingjian/contracts';
import { simulatedEvents, type SimulationOptions } from '@mingjian/simulator';

const RULES = join(__dirname, '../../../../rulesets');

/** A folder for `openSite` with the ruleset and calendar of the demonstration city. */
export function demoCityDir(): string {
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-city-'));
  cpSync(join(RULES, 'demo-city'), join(dir, 'rulesets'), { recursive: true });
  cpSync(join(RULES, 'calendars'), join(dir, 'calendars'), { recursive: true });
  return dir;
}

/** Everything that happens in a simulated city, as the collector would hand it on. */
export function cityEvents(options: SimulationOptions): StepEvent[] {
  return [...simulatedEvents(options)].map(({ event, arrivesAt }) => ({
    ...event,
    receivedat: new Date(arrivesAt).toISOString(),
  }));
}
