import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CalendarDocument, parseYamlDocument } from '@mingjian/contracts';
import { calendarOf, weekdays } from '../testing/builders';
import type { Pause } from './index';
import { DAY_MS, dateTextOf, dayNumberOf, dueAt, dueRange, formatInstant, parseInstant } from './index';
import { parseLimit, WorkingCalendar } from './index';

const file = join(__dirname, '../../../../rulesets/calendars/cn.yaml');
const CN = parseYamlDocument(readFileSync(file, 'utf8'), 'cn.yaml', CalendarDocument);
const cn = WorkingCalendar.fromDocument(CN);
const day = (instant: number): string => formatInstant(instant, cn.zone).slice(0, 10);
const at = (text: string): number => parseInstant(text, cn.zone);

function range(from: string, limit: string, pauses: [string, string | null][] = []): [string, string] | null {
  const held: Pause[] = pauses.map(([a, b]) => ({ from: at(a), to: b === null ? null : at(b) }));
  const found = dueRange(cn, parseLimit(limit), at(from), held);
  return found === null ? null : [day(found.earliest), day(found.latest)];
}

/** The calendar as it would be read had nothing after that year been published. */
const cutAfter = (year: number): WorkingCalendar =>
  WorkingCalendar.fromDocument({
    ...CN,
    publishedThrough: `${year}-12-31`,
    days: CN.days.filter(({ date }) => date <= `${year}-12-31`),
  });

describe('a due instant beyond the published calendar', () => {
  it.each([
    ['2026-12-29 10:00', '5wd', '2027-01-03', '2027-01-08'],
    ['2026-12-29 10:00', '7wd', '2027-01-05', '2027-01-12'],
    ['2026-12-29 10:00', '20wd', '2027-01-22', '2027-02-02'],
    ['2026-12-30 16:00', '8wh', '2027-01-01', '2027-01-04'],
    ['2026-12-01 10:00', '60d', '2027-01-30', '2027-02-05'],
  ])('from %s with %s lies between %s and %s', (from, limit, earliest, latest) => {
    expect(range(from, limit)).toEqual([earliest, latest]);
  });

  it('is moved with its suspensions; one that is open holds it', () => {
    expect(range('2026-12-29 10:00', '5wd', [['2026-12-30 10:00', null]])).toBeNull();
  });

  it('is reckoned without an open suspension that only some arrangements reach, but with those that ended', () => {
    const ended: [string, string] = ['2026-12-29 12:00', '2026-12-31 10:00'];
    const bounds = range('2026-12-29 10:00', '5wd', [ended]);
    expect(range('2026-12-29 10:00', '5wd', [ended, ['2027-01-09 10:00', null]])).toEqual(bounds);
    expect(bounds).not.toEqual(range('2026-12-29 10:00', '5wd'));
  });

  it('has no range where the answer is final, or rests on no arrangement', () => {
    expect(range('2026-12-01 10:00', '5wd')).toBeNull();
    expect(range('2026-12-29 10:00', '240h')).toBeNull();
    expect(range('2026-12-29 10:00', '60d!')).toBeNull();
  });

  it('has the provisional answer within its range, far beyond the horizon too', () => {
    for (const [from, limit] of [
      ['2026-12-29 10:00', '250wd'],
      ['2029-03-01 10:00', '20wd'],
      ['2006-12-20 10:00', '20wd'],
    ] as const) {
      const provisional = dueAt(cn, parseLimit(limit), at(from)).dueAt!;
      const found = dueRange(cn, parseLimit(limit), at(from))!;
      expect(found.earliest).toBeLessThanOrEqual(provisional);
      expect(found.latest).toBeGreaterThanOrEqual(provisional);
      expect(found.latest - found.earliest).toBeLessThan(20 * DAY_MS);
      expect(found.latest).toBeGreaterThan(found.earliest);
    }
  });
});

/**
 * Where the real answer lies outside, and why: an early Spring Festival (2012 from 22 January, 2020 from 24 January and
 * made longer by an amendment) that none of the years published until then had, and New Year of 2013 with three
 * weekdays off in a row, which had never been so.
 */
const OUTSIDE: Readonly<Record<number, number>> = { 2011: 6, 2012: 14, 2019: 5 };

describe('the range, held against the arrangement that was published later', () => {
  const LIMITS = ['5wd', '10wd', '20wd', '40wh', '7wd@time'];
  const years = Array.from({ length: 16 }, (_, index) => 2010 + index);
  const asked = { provisional: 0, outside: 0 };

  it.each(years)('holds for every start day of December %i, but for an arrangement of a new kind', (year) => {
    const cut = cutAfter(year);
    const outside: string[] = [];
    for (let start = dayNumberOf(`${year}-12-01`); start <= dayNumberOf(`${year}-12-31`); start++)
      for (const text of LIMITS) {
        const limit = parseLimit(text);
        const from = cn.startOfDay(start) + 10 * 3_600_000;
        const real = dueAt(cn, limit, from).dueAt!;
        const found = dueRange(cut, limit, from);
        if (found !== null) asked.provisional++;
        // An answer that is final is a range of one instant.
        const final = dueAt(cut, limit, from).dueAt!;
        const { earliest, latest } = found ?? { earliest: final, latest: final };
        if (real < earliest || real > latest) outside.push(`${dateTextOf(start)} ${text}`);
      }
    asked.outside += outside.length;
    expect(outside).toHaveLength(OUTSIDE[year] ?? 0);
  });

  it('holds for 97.6 % of all provisional answers', () => {
    expect(asked).toEqual({ provisional: 1052, outside: 25 });
  });
});

describe('a calendar that was published for one year only', () => {
  const one = calendarOf({
    calendar: 'one',
    timezone: 'Asia/Shanghai',
    weekly: weekdays([['09:00', '17:00']]),
    days: [
      { date: '2026-01-02', off: true },
      { date: '2027-01-05', off: true, name: '已公告的停办' },
    ],
    publishedFrom: '2026-01-01',
    publishedThrough: '2026-12-31',
  });
  const range = (from: string, limit: string): [string, string] => {
    const found = dueRange(one, parseLimit(limit), parseInstant(from, one.zone))!;
    return [day(found.earliest), day(found.latest)];
  };

  it('lays that year, on the same weekdays, and keeps what is known of the next one', () => {
    // 2 January 2026, a Friday, falls on Friday 1 January 2027; 5 January 2027 is known.
    expect(range('2026-12-31 10:00', '3wd')).toEqual(['2027-01-06', '2027-01-07']);
    // Two years on it falls on Friday 31 December 2027.
    expect(range('2027-12-28 10:00', '3wd')).toEqual(['2027-12-31', '2028-01-03']);
  });

  it('takes its first published day as it stands there, and lays the year onto the days before', () => {
    const found = dueRange(
      calendarOf({
        calendar: 'until new year’s eve',
        timezone: 'Asia/Shanghai',
        weekly: weekdays([['09:00', '17:00']]),
        // 364 days after 1 January: the day that a day before the published part would be taken for.
        days: [{ date: '2026-12-31', off: true }],
        publishedFrom: '2026-01-01',
        publishedThrough: '2026-12-31',
      }),
      parseLimit('3wd'),
      at('2025-12-30 10:00'),
    )!;
    expect([day(found.earliest), day(found.latest)]).toEqual(['2026-01-02', '2026-01-02']);
  });
});
