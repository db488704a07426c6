import { join } from 'node:path';
import fc from 'fast-check';
import type { StepEvent } from '@mingjian/contracts';
import { openEmbeddedLog } from '@mingjian/log';
import { loadMapping } from '@mingjian/mapping';
import { simulatedEvents } from '@mingjian/simulator';
import { importFile } from '../../apps/collector/src';
import { collectLog } from '../../apps/collector/src/testing/collect-log';
import { openSite, removeSite, type Site } from '../../apps/monitor/src/testing/site';
import { TestClock } from '../../libs/runtime/src/testing/test-clock';
import { ROOT, MAPPING, SAMPLE, Workspace } from './product';

/** Step events with the rules that judge them. */
interface Life {
  events: readonly StepEvent[];
  rules: { rulesets: string; calendars: string };
  /** First and last instant of the clock, local Chinese time as the site takes it. */
  from: string;
  to: string;
}

/** Every so-and-so-many-th case, whole. */
function someCases(events: readonly StepEvent[], oneIn: number): StepEvent[] {
  const caseNos = [...new Set(events.map(({ subject }) => subject))].sort();
  const wanted = new Set(caseNos.filter((_, index) => index % oneIn === 0));
  return events.filter(({ subject }) => wanted.has(subject));
}

/** The cases of one simulated day to their ends, with their injected misconduct. */
function simulatedDay(): Life {
  const range = { city: 'fangchenggang', seed: 'order', from: '2026-03-02', to: '2026-03-02' };
  const events = [...simulatedEvents(range)].map(({ event, arrivesAt }) => ({
    ...event,
    receivedat: new Date(arrivesAt).toISOString(),
  }));
  return {
    events: someCases(events, 6),
    rules: { rulesets: join(ROOT, 'rulesets/demo-city'), calendars: join(ROOT, 'rulesets/calendars') },
    from: '2026-03-02T07:00',
    to: '2026-07-01T09:00',
  };
}

/** A part of the real log, through the collector. */
async function realCases(workspace: Workspace): Promise<Life> {
  const clock = new TestClock(Date.parse('2012-06-01T00:00:00Z'));
  const log = openEmbeddedLog({ file: workspace.path('log.db'), partitions: 4, clock });
  await importFile({
    file: join(SAMPLE, 'wabo-receipt-events.csv.gz'),
    mapping: loadMapping(MAPPING),
    log,
    clock,
    settings: { futureToleranceSeconds: 300, intakeBatch: 1000 },
  });
  const { events } = await collectLog(log);
  await log.close();
  return {
    events: someCases(events, 25),
    rules: {
      rulesets: join(SAMPLE, 'ruleset-56-days.yaml'),
      calendars: join(SAMPLE, 'calendar.yaml'),
    },
    from: '2010-10-01T09:00',
    to: '2012-06-01T09:00',
  };
}

describe('step events in any order, repeated, in batches of any size', () => {
  const workspace = new Workspace();
  const sites: Site[] = [];
  afterEach(async () => {
    for (const site of sites.splice(0)) {
      await site.close();
      removeSite(site.dir);
    }
  });
  afterAll(() => workspace.remove());

  /** Delivers the parts at even distances of the clock, lighting what falls due in between. */
  async function outcomeOf(life: Life, parts: readonly StepEvent[][], intakeBatch: number) {
    const site = await openSite(life.from, { settings: { ...life.rules, intakeBatch, sweepBatch: 50 } });
    sites.push(site);
    const from = site.clock.now();
    const to = Date.parse(`${life.to}:00+08:00`);
    for (const [index, part] of parts.entries()) {
      site.clock.moveTo(Math.floor(from + ((to - from) * index) / parts.length));
      await site.receive(...part);
      await site.monitor.sweep.runOnce(site.clock.now());
    }
    site.clock.moveTo(to);
    await site.monitor.sweep.runOnce(site.clock.now());
    return { verdicts: await site.verdictDigest(), rows: await site.storedDigest() };
  }

  async function checkAnyOrder(life: Life): Promise<void> {
    const repeated = [...life.events, ...life.events.filter((_, index) => index % 3 === 0)];
    const calm = await outcomeOf(life, [[...life.events]], 1000);
    const length = { minLength: repeated.length, maxLength: repeated.length };
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(repeated, length),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 400 }),
        async (shuffled, deliveries, intakeBatch) => {
          const size = Math.ceil(shuffled.length / deliveries);
          const parts = Array.from({ length: deliveries }, (_, i) =>
            shuffled.slice(i * size, (i + 1) * size),
          );
          expect(await outcomeOf(life, parts, intakeBatch)).toEqual(calm);
        },
      ),
      { numRuns: 12 },
    );
  }

  it('give byte-identical verdicts and rows for a simulated day', async () => {
    const life = simulatedDay();
    expect(life.events.length).toBeGreaterThan(300);
    await checkAnyOrder(life);
  });

  it('give byte-identical verdicts and rows for cases of the real log', async () => {
    const life = await realCases(workspace);
    expect(life.events.length).toBeGreaterThan(300);
    await checkAnyOrder(life);
  });
});
