import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CalendarDocument } from '@mingjian/contracts';
import { calendarDifference, withDifference } from './calendar-difference';
import { checkNotice } from './check-notice';
import { parseHolidayNotice } from './parse-holiday-notice';
import { NOTICES } from './testing/notices';

const SOURCE = join(__dirname, '../../../../../rulesets/calendars/cn/source');
const OPEN: [string, string][] = [['09:00', '17:00']];
const EMPTY: CalendarDocument = {
  calendar: 'cn',
  timezone: 'Asia/Shanghai',
  weekly: { mon: OPEN, tue: OPEN, wed: OPEN, thu: OPEN, fri: OPEN },
  days: [],
  publishedFrom: '2007-01-01',
  publishedThrough: '2006-12-31',
};

/** Rows of a CSV without quoted commas. */
function rows(name: string): string[][] {
  return readFileSync(join(SOURCE, name), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
}

/** All notices through a year, imported one after the other in the order in which they were known. */
function calendarThrough(year: number): CalendarDocument {
  return NOTICES.filter((notice) => notice.year <= year).reduce((calendar, { text, knownSince }, i) => {
    const parsed = parseHolidayNotice(text);
    expect(parsed.problems).toEqual([]);
    return withDifference(
      calendar,
      calendarDifference(calendar, parsed, { notice: `notice ${i}`, knownSince }),
    );
  }, EMPTY);
}

describe('the notices of 2007 to 2026', () => {
  const all = calendarThrough(2026);
  const agreed = rows('cn_agreed_2007-2026.csv');
  // 70周年纪念日 stands in the table without its first four characters.
  const short = (name = ''): string => name.replace('中国人民抗日', '抗日');

  it.each(Array.from({ length: 20 }, (_, i) => 2007 + i))('of %i give exactly the agreed days', (year) => {
    const latest = new Map(all.days.map((day) => [day.date, day]));
    const wanted = new Set(agreed.filter(([date]) => date!.startsWith(`${year}`)).map((row) => row.join()));
    // A make-up day that was taken back ends as its weekday has it: the table of agreed days leaves it out.
    const takenBack = rows('cn_amendments.csv').filter(
      ([, , date, before]) => /make-up/.test(before!) && date,
    );
    const got = [...latest.values()]
      .filter(({ date }) => date.startsWith(`${year}`) && !takenBack.some((row) => row[2] === date))
      .map((day) => [day.date, 'off' in day ? 'off' : 'work', short(day.name)].join());
    expect(new Set(got)).toEqual(wanted);
    expect(got).toHaveLength(wanted.size);
  });

  it('leave the calendar published through the last year', () => {
    expect(all.publishedThrough).toBe('2026-12-31');
  });

  it('of three amendments change what the annual notice had said', () => {
    const entries = (date: string) =>
      all.days
        .filter((day) => day.date === date)
        .map((day) => [('off' in day ? 'off ' : 'work ') + day.knownSince]);
    expect(entries('2015-09-04')).toEqual([['off 2015-05-13']]);
    expect(entries('2019-05-05')).toEqual([['work 2019-03-22']]);
    expect(entries('2020-01-31')).toEqual([['off 2020-01-27']]);
    expect(entries('2020-02-01')).toEqual([['work 2019-12-01'], ['off 2020-01-27']]);
    expect(entries('2020-02-03')).toEqual([]);
  });

  it('keep every check, but for the two amendments that gave days off without make-up', () => {
    const findings = NOTICES.flatMap(({ year, text }) =>
      checkNotice(calendarThrough(year), year, parseHolidayNotice(text)).map(
        ({ code, message }) => `${code} ${message}`,
      ),
    );
    const of2015 =
      'make-up-balance 2015: 17 weekdays off less 11 statutory holidays are 6, but 5 weekend days are worked';
    const of2020 =
      'make-up-balance 2020: 19 weekdays off less 11 statutory holidays are 8, but 6 weekend days are worked';
    expect(findings).toEqual([of2015, of2015, of2020, of2020]);
  });
});
