import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CalendarDocument, parseYamlDocument } from '@mingjian/contracts';

const root = join(__dirname, '..', '..');
const file = join(root, 'rulesets/calendars/cn.yaml');
const text = readFileSync(file, 'utf8');
const calendar = parseYamlDocument(text, file, CalendarDocument);

function source(name: string): Record<string, string>[] {
  const [head = '', ...lines] = readFileSync(join(root, 'rulesets/calendars/cn/source', name), 'utf8')
    .trim()
    .split(/\r?\n/);
  const fields = head.split(',');
  return lines.map((line) =>
    Object.fromEntries(line.split(',').map((value, i): [string, string] => [fields[i] ?? '', value])),
  );
}

/** What was known on a day (all, without one): date → worked. Counts by hand; does not use libs/rules. */
function known(on = '9999-12-31'): Map<string, boolean> {
  const worked = new Map<string, boolean>();
  const entries = calendar.days.filter((day) => (day.knownSince ?? '') <= on);
  entries.sort((a, b) => ((a.knownSince ?? '') < (b.knownSince ?? '') ? -1 : 1));
  for (const day of entries) worked.set(day.date, 'work' in day);
  return worked;
}

function datesOf(year: number): string[] {
  const dates: string[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000)
    dates.push(new Date(at).toISOString().slice(0, 10));
  return dates;
}

const weekend = (date: string): boolean => [0, 6].includes(new Date(`${date}T00:00:00Z`).getUTCDay());

describe('the calendar of mainland China', () => {
  it('is exactly what the generator makes of its sources', () => {
    const made = execFileSync('node', [join(root, 'scripts/generate-cn-calendar.mjs'), '--print']);
    expect(text).toBe(made.toString());
  });

  it('has the working days of each year that the check sums give', () => {
    const worked = known();
    for (const { year, working_days } of source('cn_year_totals.csv')) {
      const count = datesOf(Number(year)).filter((date) => worked.get(date) ?? !weekend(date)).length;
      expect([year, count]).toEqual([year, Number(working_days)]);
    }
  });

  it('knows the 488 agreed dates, and no other exception', () => {
    const exceptions = [...known()].filter(([date, worked]) => worked === weekend(date));
    const agreed = source('cn_agreed_2007-2026.csv').map(({ date = '', kind }): [string, boolean] => [
      date,
      kind === 'work',
    ]);
    expect(exceptions).toHaveLength(488);
    expect(new Map(exceptions)).toEqual(new Map(agreed));
  });

  it.each(source('cn_amendments.csv'))('tells $date before and after the amendment', (amendment) => {
    const { date = '', announced = '', before = '', after } = amendment;
    const eve = new Date(Date.parse(announced) - 86_400_000).toISOString().slice(0, 10);
    const worksOn = (day: string): boolean => known(day).get(date) ?? !weekend(date);
    expect(worksOn(eve)).toBe(!before.endsWith('off'));
    expect(worksOn(announced)).toBe(after === 'work');
  });

  it('names a notice and a festival for every day, and never a notice known after the day', () => {
    for (const day of calendar.days) {
      expect(day.notice).toMatch(/^https?:\/\/www\.gov\.cn\//);
      expect(day.name).toBeTruthy();
      expect((day.knownSince ?? '') < day.date).toBe(true);
    }
  });

  it('takes December days of New Year from the notice of the next year', () => {
    const day = calendar.days.find(({ date }) => date === '2018-12-29');
    expect(day).toMatchObject({ work: true, knownSince: '2018-12-06' });
  });
});
