import { at, calendarOf, OFFICE_2026, weekdays } from '../testing/builders';
import { dayNumberOf } from './local-date';
import { formatInstant, parseInstant } from './parse-instant';
import type { WorkingCalendar } from './working-calendar';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const show = (instant: number, calendar: WorkingCalendar = OFFICE_2026): string =>
  formatInstant(instant, calendar.zone).slice(0, 23).replace('T', ' ');
const everyDay = (hours: [string, string][]) => ({ ...weekdays(hours), sat: hours, sun: hours });

/** As OFFICE_2026, with a table that reaches from 1998 to 2034 and nothing asked of it yet. */
const fresh = (): WorkingCalendar =>
  calendarOf({
    calendar: 'fresh',
    timezone: 'Asia/Shanghai',
    weekly: weekdays([
      ['09:00', '12:00'],
      ['13:30', '17:00'],
    ]),
  });

/** Office hours 09:00–12:00 and 13:30–17:00, Monday to Friday; 14 September 2026 is a Monday, the 20th is worked. */
describe('the opening hours of a calendar', () => {
  it.each([
    ['2026-09-14 08:59:59.999', false],
    ['2026-09-14 09:00:00.000', true],
    ['2026-09-14 11:59:59.999', true],
    ['2026-09-14 12:00:00.000', false],
    ['2026-09-14 13:29:59.999', false],
    ['2026-09-14 13:30:00.000', true],
    ['2026-09-14 16:59:59.999', true],
    ['2026-09-14 17:00:00.000', false],
    ['2026-09-13 10:00:00.000', false],
    ['2026-09-20 10:00:00.000', true],
    ['2026-09-25 10:00:00.000', false],
  ])('are closed–open: at %s open is %s', (instant, expected) => {
    expect(OFFICE_2026.isOpen(at(instant))).toBe(expected);
  });

  it.each([
    ['2026-09-14 08:00', '2026-09-14 09:00:00.000', 'before opening'],
    ['2026-09-14 09:00', '2026-09-14 09:00:00.000', 'at opening'],
    ['2026-09-14 10:17', '2026-09-14 10:17:00.000', 'within'],
    ['2026-09-14 12:00', '2026-09-14 13:30:00.000', 'at noon'],
    ['2026-09-14 12:45', '2026-09-14 13:30:00.000', 'at lunch'],
    ['2026-09-14 17:00', '2026-09-15 09:00:00.000', 'at closing'],
    ['2026-09-18 18:00', '2026-09-20 09:00:00.000', 'on a Friday evening before a make-up Sunday'],
    ['2026-09-30 17:00', '2026-10-08 09:00:00.000', 'before a holiday'],
  ])('have a next moment: from %s it is %s (%s)', (instant, expected) => {
    expect(show(OFFICE_2026.openAtOrAfter(at(instant)))).toBe(expected);
  });

  it.each([
    ['2026-09-14 18:00', '2026-09-14 17:00:00.000', 'after closing'],
    ['2026-09-14 17:00', '2026-09-14 17:00:00.000', 'at closing'],
    ['2026-09-14 10:17', '2026-09-14 10:17:00.000', 'within'],
    ['2026-09-14 13:30', '2026-09-14 12:00:00.000', 'at the opening after noon: the closing before'],
    ['2026-09-14 12:00', '2026-09-14 12:00:00.000', 'at noon'],
    ['2026-09-14 09:00', '2026-09-11 17:00:00.000', 'at opening: the closing of the day before'],
    ['2026-09-14 08:00', '2026-09-11 17:00:00.000', 'before opening'],
    ['2026-10-08 08:00', '2026-09-30 17:00:00.000', 'after a holiday'],
  ])('have a moment before: from %s it is %s (%s)', (instant, expected) => {
    expect(show(OFFICE_2026.openAtOrBefore(at(instant)))).toBe(expected);
  });

  it('join where one interval ends as the next begins: noon is no closing then', () => {
    const joined = calendarOf({
      calendar: 'joined',
      timezone: 'Asia/Shanghai',
      weekly: weekdays([
        ['09:00', '12:00'],
        ['12:00', '17:00'],
      ]),
    });
    expect(joined.isOpen(at('2026-09-14 12:00'))).toBe(true);
    expect(show(joined.openAtOrBefore(at('2026-09-14 12:00')))).toBe('2026-09-14 12:00:00.000');
    expect(show(joined.addWorkingMs(at('2026-09-14 09:00'), 3 * HOUR))).toBe('2026-09-14 12:00:00.000');
    expect(show(joined.subtractWorkingMs(at('2026-09-14 17:00'), 5 * HOUR))).toBe('2026-09-14 12:00:00.000');
  });
});

describe('working time', () => {
  it.each([
    ['2026-09-14 09:00', 0, '2026-09-14 09:00:00.000', 'nothing'],
    ['2026-09-14 18:00', 0, '2026-09-15 09:00:00.000', 'nothing, after closing: the next opening'],
    ['2026-09-14 09:00', 180, '2026-09-14 12:00:00.000', 'to noon stays there'],
    ['2026-09-14 09:00', 181, '2026-09-14 13:31:00.000', 'a minute more goes over noon'],
    ['2026-09-14 09:00', 390, '2026-09-14 17:00:00.000', 'a day, to its closing'],
    ['2026-09-14 09:00', 391, '2026-09-15 09:01:00.000', 'a minute more goes over night'],
    ['2026-09-14 08:00', 1, '2026-09-14 09:01:00.000', 'from before opening'],
    ['2026-09-13 10:00', 1, '2026-09-14 09:01:00.000', 'from a closed day'],
    ['2026-09-30 16:59', 2, '2026-10-08 09:01:00.000', 'over a holiday'],
  ])('from %s, %d minutes later it is %s (%s)', (from, minutes, expected) => {
    expect(show(OFFICE_2026.addWorkingMs(at(from), minutes * MINUTE))).toBe(expected);
  });

  it.each([
    ['2026-09-14 17:00', 0, '2026-09-14 17:00:00.000', 'nothing'],
    ['2026-09-14 08:00', 0, '2026-09-11 17:00:00.000', 'nothing, before opening: the closing before'],
    ['2026-09-14 17:00', 210, '2026-09-14 13:30:00.000', 'to the opening after noon stays there'],
    ['2026-09-14 17:00', 211, '2026-09-14 11:59:00.000', 'a minute more goes over noon'],
    ['2026-09-14 17:00', 390, '2026-09-14 09:00:00.000', 'a day, to its opening'],
    ['2026-09-14 17:00', 391, '2026-09-11 16:59:00.000', 'a minute more goes over the weekend'],
    ['2026-09-14 18:00', 1, '2026-09-14 16:59:00.000', 'from after closing'],
    ['2026-10-08 09:01', 2, '2026-09-30 16:59:00.000', 'over a holiday'],
  ])('from %s, %d minutes earlier it is %s (%s)', (from, minutes, expected) => {
    expect(show(OFFICE_2026.subtractWorkingMs(at(from), minutes * MINUTE))).toBe(expected);
  });

  it.each([
    ['2026-09-14 09:00', '2026-09-14 17:00', 390],
    ['2026-09-14 08:00', '2026-09-14 09:00', 0],
    ['2026-09-14 11:00', '2026-09-14 14:00', 90],
    ['2026-09-14 12:00', '2026-09-14 13:30', 0],
    ['2026-09-14 16:00', '2026-09-15 10:00', 120],
    ['2026-09-11 17:00', '2026-09-14 09:00', 0],
    ['2026-09-14 10:00', '2026-09-14 10:00', 0],
    ['2026-09-14 10:00', '2026-09-14 09:00', 0],
    ['2026-09-30 16:00', '2026-10-08 10:00', 120],
  ])('between %s and %s is %d minutes', (from, to, minutes) => {
    expect(OFFICE_2026.elapsedMs(at(from), at(to)) / MINUTE).toBe(minutes);
  });

  it('of a date is that of its hours', () => {
    const hoursOn = (date: string): number => OFFICE_2026.workingMsOfDay(dayNumberOf(date)) / HOUR;
    expect(['2026-09-14', '2026-09-19', '2026-09-20', '2026-10-01'].map(hoursOn)).toEqual([6.5, 0, 6.5, 0]);
  });
});

describe('working days', () => {
  const between = (from: string, to: string): number =>
    OFFICE_2026.workingDaysBetween(dayNumberOf(from), dayNumberOf(to));

  it('are counted after the first up to and including the last, below zero backwards', () => {
    expect(between('2026-09-14', '2026-09-14')).toBe(0);
    expect(between('2026-09-14', '2026-09-15')).toBe(1);
    expect(between('2026-09-13', '2026-09-14')).toBe(1);
    expect(between('2026-09-18', '2026-09-19')).toBe(0);
    expect(between('2026-09-18', '2026-09-21')).toBe(2);
    expect(between('2026-09-21', '2026-09-18')).toBe(-2);
    expect(between('2026-09-30', '2026-10-08')).toBe(1);
  });

  it.each([
    ['2026-09-14', 0, '2026-09-14', '2026-09-14'],
    ['2026-09-19', 0, '2026-09-20', '2026-09-18'],
    ['2026-09-26', 0, '2026-09-28', '2026-09-24'],
    ['2026-09-14', 1, '2026-09-15', '2026-09-11'],
    ['2026-09-19', 1, '2026-09-20', '2026-09-18'],
    ['2026-09-20', 1, '2026-09-21', '2026-09-18'],
    ['2026-10-08', 2, '2026-10-10', '2026-09-29'],
  ])('from %s, %d on or back, are %s and %s', (date, n, after, before) => {
    expect(OFFICE_2026.workingDayAfter(dayNumberOf(date), n)).toBe(dayNumberOf(after));
    expect(OFFICE_2026.workingDayBefore(dayNumberOf(date), n)).toBe(dayNumberOf(before));
  });
});

describe('a day', () => {
  it('begins and ends with its first and last millisecond', () => {
    const day = dayNumberOf('2026-09-14');
    expect(OFFICE_2026.startOfDay(day)).toBe(at('2026-09-14 00:00'));
    expect(OFFICE_2026.endOfDay(day)).toBe(at('2026-09-14 23:59:59.999'));
    for (const instant of ['2026-09-14 00:00', '2026-09-14 23:59:59.999'])
      expect(OFFICE_2026.dayOf(at(instant))).toBe(day);
    expect(OFFICE_2026.dayOf(at('2026-09-15 00:00'))).toBe(day + 1);
  });

  it('has a time of day, also before 1970', () => {
    expect(OFFICE_2026.wallTimeOf(at('2026-09-14 10:17:03.004'))).toBe(10 * HOUR + 17 * MINUTE + 3_004);
    expect(OFFICE_2026.wallTimeOf(at('1950-01-02 10:17:03.004'))).toBe(10 * HOUR + 17 * MINUTE + 3_004);
    expect(OFFICE_2026.wallTimeOf(at('1950-01-02 00:00'))).toBe(0);
  });

  it('of 23 or 25 hours has the hours that really pass', () => {
    const berlin = calendarOf({
      calendar: 'berlin',
      timezone: 'Europe/Berlin',
      weekly: everyDay([
        ['00:00', '02:30'],
        ['03:00', '24:00'],
      ]),
    });
    const instant = (text: string): number => parseInstant(text, berlin.zone);
    const hoursOn = (date: string): number => berlin.workingMsOfDay(dayNumberOf(date)) / HOUR;
    // Forward on 29 March: 02:30 is read as 03:30, so the opening overlaps nothing and ends an hour later.
    expect(hoursOn('2026-03-28')).toBe(23.5);
    // Back on 25 October: 02:30 is the first one.
    expect(hoursOn('2026-10-25')).toBe(23.5);
    expect(berlin.dayOf(instant('2026-10-25 23:59:59.999'))).toBe(dayNumberOf('2026-10-25'));
    expect(berlin.dayOf(instant('2026-10-26'))).toBe(dayNumberOf('2026-10-26'));
    expect(berlin.startOfDay(dayNumberOf('2026-10-26')) - berlin.startOfDay(dayNumberOf('2026-10-25'))).toBe(
      25 * HOUR,
    );
    expect(berlin.startOfDay(dayNumberOf('2026-03-30')) - berlin.startOfDay(dayNumberOf('2026-03-29'))).toBe(
      23 * HOUR,
    );
  });

  it('on which the clocks change opens and closes by the wall', () => {
    const berlin = calendarOf({
      calendar: 'berlin',
      timezone: 'Europe/Berlin',
      weekly: everyDay([
        ['01:00', '04:00'],
        ['09:00', '17:00'],
      ]),
    });
    const iso = (instant: number): string => new Date(instant).toISOString();
    const first = berlin.startOfDay(dayNumberOf('2026-03-29'));
    expect(iso(berlin.openAtOrAfter(first))).toBe('2026-03-29T00:00:00.000Z');
    expect(iso(berlin.openAtOrAfter(first + 3 * HOUR))).toBe('2026-03-29T07:00:00.000Z');
    expect(berlin.workingMsOfDay(dayNumberOf('2026-03-29')) / HOUR).toBe(10);
    expect(berlin.workingMsOfDay(dayNumberOf('2026-10-25')) / HOUR).toBe(12);
    expect(iso(berlin.openAtOrBefore(berlin.endOfDay(dayNumberOf('2026-10-25'))))).toBe(
      '2026-10-25T16:00:00.000Z',
    );
  });

  it('loses an opening that lies within the hour that is skipped', () => {
    const berlin = calendarOf({
      calendar: 'berlin',
      timezone: 'Europe/Berlin',
      weekly: everyDay([
        ['02:00', '02:30'],
        ['09:00', '10:00'],
      ]),
    });
    // 02:00–02:30 is read as 03:00–03:30; it stays half an hour long.
    expect(berlin.workingMsOfDay(dayNumberOf('2026-03-29')) / HOUR).toBe(1.5);
    const night = calendarOf({
      calendar: 'night',
      timezone: 'Europe/Berlin',
      weekly: everyDay([
        ['02:30', '03:00'],
        ['09:00', '10:00'],
      ]),
    });
    // 02:30 is read as 03:30, after its closing at 03:00: nothing of it is left.
    expect(night.workingMsOfDay(dayNumberOf('2026-03-29')) / HOUR).toBe(1);
  });

  it('that a zone jumped over has no working time', () => {
    const samoa = calendarOf({
      calendar: 'samoa',
      timezone: 'Pacific/Apia',
      weekly: everyDay([['00:00', '24:00']]),
    });
    const jumped = dayNumberOf('2011-12-30');
    expect(samoa.isWorkingDay(jumped)).toBe(false);
    expect(samoa.workingMsOfDay(jumped)).toBe(0);
    expect(samoa.workingDaysBetween(jumped - 1, jumped + 1)).toBe(1);
  });
});

describe('the published part of a calendar', () => {
  const published = calendarOf({
    calendar: 'published',
    version: '2026-1',
    timezone: 'Asia/Shanghai',
    weekly: {},
    publishedFrom: '2018-01-01',
    publishedThrough: '2026-12-31',
  });

  it('has a first and a last day, both within', () => {
    const is = (from: string, to: string): boolean =>
      published.isPublished(dayNumberOf(from), dayNumberOf(to));
    expect(is('2018-01-01', '2026-12-31')).toBe(true);
    expect(is('2017-12-31', '2026-12-31')).toBe(false);
    expect(is('2018-01-01', '2027-01-01')).toBe(false);
  });

  it('tells the days that are left of it, below zero afterwards', () => {
    expect(published.publishedDaysLeft(at('2026-12-31 23:59:59.999'))).toBe(0);
    expect(published.publishedDaysLeft(at('2026-12-01 10:00'))).toBe(30);
    expect(published.publishedDaysLeft(at('2027-01-01 00:00'))).toBe(-1);
  });

  it('has no bounds where the document gives none', () => {
    expect(fresh().isPublished(dayNumberOf('1901-01-01'), dayNumberOf('2399-01-01'))).toBe(true);
    expect(fresh().publishedDaysLeft(0)).toBeNull();
  });

  it('is told with id and version of the document', () => {
    expect(published).toMatchObject({ id: 'published', version: '2026-1' });
    expect(fresh()).toMatchObject({ id: 'fresh', version: 'unversioned' });
  });
});
