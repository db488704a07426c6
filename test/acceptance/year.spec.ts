import { join } from 'node:path';
import { bulletinFile } from '@mingjian/store';
import type { MonthFigures } from '../../apps/monitor/src/reports/bulletin-figures';
import { startBulletin } from '../../apps/monitor/src/reports/make-bulletin';
import { demoCityDir } from '../../apps/monitor/src/testing/demo-city';
import { openSite, removeSite, type Site } from '../../apps/monitor/src/testing/site';
import { liveYear, YEAR } from './simulated-year';
import type { YearCount, YearCounts } from './year-count';

/** A hundredth in every run of the suite; the whole year with `YEAR_SHARE=1`, which takes minutes: docs/scale.md. */
const SHARE = Number(process.env['YEAR_SHARE'] ?? '0.01');
const SCHEME = join(__dirname, '../../rulesets/schemes/county-monthly.yaml');
const MONTHS = Array.from({ length: 12 }, (_, month) => `${YEAR}-${String(month + 1).padStart(2, '0')}`);
const LONGEST_MS = 10_000;

/* What this spec guarantees: the bulletin of every month of a year says what a script counts from the same events, and none takes
   longer to make than ten seconds. */
describe('a simulated year of a city', () => {
  const dir = demoCityDir();
  let site: Site;
  let year: YearCount;
  const began = performance.now();
  beforeAll(async () => {
    site = await openSite(`${YEAR + 1}-06-30T10:00`, {
      dir,
      settings: { calendars: join(dir, 'calendars'), scoreScheme: SCHEME },
    });
    year = await liveYear(site, SHARE);
  }, 3_600_000);
  afterAll(async () => {
    await site.close();
    removeSite(dir);
  });

  it('has as many cases, items and complaints as a year of a city', () => {
    const { cases, complaints, services } = year.size;
    expect(cases).toBeGreaterThan(60_000 * SHARE * (SHARE === 1 ? 1 : 0.7));
    expect(services).toBeGreaterThan(3_000_000 * SHARE * (SHARE === 1 ? 1 : 0.8));
    expect(complaints).toBeGreaterThanOrEqual(2_000 * SHARE * (SHARE === 1 ? 1 : 0.7));
  });

  it('has a bulletin for every month that says what a script counts, made in time', async () => {
    tell({ ...year.size });
    const took: number[] = [];
    const [told, counted]: object[][] = [[], []];
    for (const month of MONTHS) {
      const start = performance.now();
      const figures = await bulletinOf(month);
      took.push(performance.now() - start);
      told!.push({ month, departments: departmentsOf(figures), complaints: complaintsOf(figures) });
      const departments = Object.fromEntries(year.month(month));
      counted!.push({ month, departments, complaints: year.complaintsOf(month) });
    }
    tell({ bulletins: took.map((ms) => (ms / 1000).toFixed(2)) });
    expect(told).toEqual(counted);
    // Timing decides nothing in the suite; the whole year is held to the promise.
    expect(Math.max(...took)).toBeLessThan(SHARE === 1 ? LONGEST_MS : Infinity);
  }, 3_600_000);

  async function bulletinOf(month: string): Promise<MonthFigures> {
    const request = { kind: 'monthly', period: month, department: null } as const;
    const { id, done } = await startBulletin(site.monitor.bulletinPorts, request, {
      id: 'year',
      name: '全年',
    });
    expect(await done).toBe(true);
    const file = (await bulletinFile(site.store, id, 'json'))!;
    return (JSON.parse(file.toString()) as { figures: MonthFigures }).figures;
  }

  function departmentsOf({ departments }: MonthFigures): Record<string, YearCounts> {
    return Object.fromEntries(
      departments.lines.map(({ key, sums, services }) => [
        String(key),
        {
          ...{ accepted: sums.accepted, decided: sums.decided, withoutResult: sums.withoutResult },
          ...{ usedDays: sums.usedDays, sameDay: sums.sameDay, latePromise: sums.latePromise },
          ...{ ratings: sums.ratings, badRatings: sums.badRatings, services },
        },
      ]),
    );
  }

  function complaintsOf({ complaints }: MonthFigures): object {
    return Object.fromEntries(complaints.map(({ kind, registered, valid }) => [kind, { registered, valid }]));
  }

  /** How it went, of the whole year alone. */
  function tell(figures: object): void {
    if (SHARE !== 1) return;
    const { user, system } = process.cpuUsage();
    const spent = {
      wall: Math.round((performance.now() - began) / 1000),
      cpu: Math.round((user + system) / 1e6),
    };
    process.stderr.write(`${JSON.stringify({ ...figures, ...spent })}\n`);
  }
});
