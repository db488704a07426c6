import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { openStore } from '@mingjian/store';
import type { VerdictSum } from '../../apps/mingjian/src/cli/import';
import { runProduct, MAPPING, SAMPLE, Workspace } from './product';
import { shuffled } from './shuffled';

/** After the last event and every deadline of the log. */
const AT = '2013-01-01T00:00:00+01:00';
const EVENTS = join(SAMPLE, 'wabo-receipt-events.csv.gz');

/** A line of the list of cases, which another program made from the same log. */
interface ListedCase {
  caseNo: string;
  start: number;
  deadline: number;
  end: number | null;
  /** Eight weeks after the start at the same time of day, by the arithmetic of this file. */
  eightWeeks: number;
}

interface Answer {
  imported: { records: number; accepted: number; quarantined: number; eventsByType: Record<string, number> };
  verdicts: VerdictSum | null;
}

describe('a real approval log (WABO receipt phase), imported three times in shuffled order', () => {
  const workspace = new Workspace();
  const data = workspace.path('shuffled');
  const answers: Answer[] = [];
  let byRule: Answer;
  let calm: Answer;

  const run = async (file: string, dataDir: string, ruleset: string | null): Promise<Answer> => {
    const judged =
      ruleset === null
        ? []
        : ['--judge', '--at', AT, '--ruleset', join(SAMPLE, `ruleset-${ruleset}.yaml`)].concat([
            '--calendar',
            join(SAMPLE, 'calendar.yaml'),
          ]);
    const mapping = MAPPING;
    const outcome = await runProduct(
      ['import', file, '--mapping', mapping, '--data-dir', dataDir, '--json', ...judged],
      {},
    );
    expect(outcome).toMatchObject({ code: 0 });
    return JSON.parse(outcome.out) as Answer;
  };

  beforeAll(async () => {
    const [header = '', ...rows] = gunzipSync(readFileSync(EVENTS)).toString('utf8').trim().split('\n');
    for (const seed of [1, 2, 3]) {
      const file = workspace.write(`shuffled-${seed}.csv`, [header, ...shuffled(rows, seed)].join('\n'));
      answers.push(await run(file, data, seed === 3 ? 'carried' : null));
    }
    calm = await run(EVENTS, workspace.path('calm'), 'carried');
    byRule = await run(EVENTS, data, '56-days');
  });
  afterAll(() => workspace.remove());

  it('loses no row: each import accepts 8,577 finished steps and 11,340 events in all', () => {
    for (const { imported } of answers)
      expect(imported).toMatchObject({
        records: 8577,
        accepted: 11340,
        quarantined: 0,
        eventsByType: { 'step.finished': 8577, 'case.accepted': 1434, 'case.decided': 1329 },
      });
  });

  it('takes no event twice: 1,434 timelines hold 11,340 events, 8,577 of them finished steps', async () => {
    expect(byRule.verdicts).toMatchObject({ cases: 1434, closed: 1329, events: 11340 });
    const store = await openStore({ file: join(data, 'store.db') });
    const counts = await store.query<{ type: string; count: number }>(
      'SELECT type, COUNT(*) AS count FROM step_event GROUP BY type ORDER BY type',
    );
    await store.close();
    expect(counts).toEqual([
      { type: 'case.accepted', count: 1434 },
      { type: 'case.decided', count: 1329 },
      { type: 'step.finished', count: 8577 },
    ]);
  });

  it('ends with the verdicts of one import in the order of the file', () => {
    expect(answers[2]?.verdicts).toEqual(calm.verdicts);
  });

  it('finds 377 of 1,329 closed cases late by the deadlines that they carry', () => {
    const closed = listedCases().filter(({ end }) => end !== null);
    expect(closed).toHaveLength(1329);
    expect(closed.filter(({ end, deadline }) => end! > deadline)).toHaveLength(377);
    expect(calm.verdicts).toMatchObject({ closed: 1329, closedLate: 377 });
  });

  it('finds as many late by eight weeks as an independent count over the list of cases: 529', () => {
    const late = listedCases().filter(({ end, eightWeeks }) => end !== null && end > eightWeeks);
    expect(late).toHaveLength(529);
    expect(byRule.verdicts).toMatchObject({ closed: 1329, closedLate: late.length });
  });

  it('lists exactly the cases whose deadline is another than the rule gives, with both instants', async () => {
    const store = await openStore({ file: join(data, 'store.db') });
    const rows = await store.query<{ case_no: string; detail: string }>(
      "SELECT case_no, detail FROM finding WHERE code = 'LIM-1' AND superseded_at IS NULL ORDER BY case_no",
    );
    await store.close();
    const found = rows.map(({ case_no, detail }) => {
      const { carriedDueAt, ruledDueAt } = JSON.parse(detail) as Record<string, number>;
      return [case_no, carriedDueAt, ruledDueAt];
    });
    const differing = listedCases()
      .filter(({ deadline, eightWeeks }) => deadline !== eightWeeks)
      .map(({ caseNo, deadline, eightWeeks }) => [caseNo, deadline, eightWeeks]);
    expect(differing.length).toBeGreaterThan(1000);
    expect(found).toEqual(differing);
    expect(byRule.verdicts?.findings['LIM-1']).toBe(differing.length);
  });
});

/** The list of cases in order of their numbers. */
function listedCases(): ListedCase[] {
  const [header = '', ...lines] = readFileSync(join(SAMPLE, 'wabo-receipt-cases.csv'), 'utf8')
    .trim()
    .split('\n');
  const names = header.trim().split(',');
  return lines
    .map((line) => {
      const values = line.trim().split(',');
      const value = (name: string): string => values[names.indexOf(name)] ?? '';
      const start = instant(value('start'));
      return {
        caseNo: value('case'),
        start,
        deadline: instant(value('deadline')),
        end: value('end') === '' ? null : instant(value('end')),
        eightWeeks: sameTimeOfDay(start, 56),
      };
    })
    .sort((a, b) => (a.caseNo < b.caseNo ? -1 : 1));
}

/** `2011-10-11 13:42:22.688000+02:00`; the file's fractions end in whole milliseconds. */
function instant(text: string): number {
  const parsed = Date.parse(text.replace(' ', 'T').replace(/(\.\d{3})\d+/, '$1'));
  if (Number.isNaN(parsed)) throw new Error(`no time: ${text}`);
  return parsed;
}

const wallClock = new Intl.DateTimeFormat('en-US', {
  timeZone: 'Europe/Amsterdam',
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
  second: 'numeric',
});

/** Wall-clock time of an instant as if it were UTC. */
function wallTime(at: number): number {
  const part = Object.fromEntries(
    wallClock.formatToParts(at).map(({ type, value }) => [type, Number(value)]),
  );
  const { year, month, day, hour, minute, second } = part as Record<string, number>;
  return Date.UTC(year!, month! - 1, day, hour, minute, second) + (((at % 1000) + 1000) % 1000);
}

/**
 * The instant some days later at the same wall-clock time: of the offsets that the zone has around it, the one that
 * gives this wall-clock time; the earlier instant where two do.
 */
function sameTimeOfDay(start: number, days: number): number {
  const wanted = wallTime(start) + days * 86_400_000;
  const offsets = [wanted - 86_400_000, wanted + 86_400_000].map((at) => wallTime(at) - at);
  const fitting = offsets.map((offset) => wanted - offset).filter((at) => wallTime(at) === wanted);
  if (fitting.length === 0) throw new Error('a deadline in the hour that daylight saving skips');
  return Math.min(...fitting);
}
