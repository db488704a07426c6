import { at, calendarOf, OFFICE_2026, weekdays } from '../testing/builders';
import { DAY_MS, dayNumberOf } from './local-date';
import { formatInstant } from './parse-instant';
import type { WorkingCalendar } from './working-calendar';

const HOUR = 3_600_000;
const show = (instant: number, calendar: WorkingCalendar = OFFICE_2026): string =>
  formatInstant(instant, calendar.zone).slice(0, 23).replace('T', ' ');

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

/** Each question is the first one: the table must grow for it, to the right place and by the right days. */
describe('a calendar asked beyond its table', () => {
  const EARLY = dayNumberOf('1960-05-04');
  const LATE = dayNumberOf('2090-05-03');

  it.each<[string, (calendar: WorkingCalendar) => unknown, unknown]>([
    ['the day of an early instant', (calendar) => calendar.dayOf(at('1960-05-04 10:00')), EARLY],
    ['the day of a late instant', (calendar) => calendar.dayOf(at('2090-05-03 10:00')), LATE],
    ['the start of an early day', (calendar) => show(calendar.startOfDay(EARLY)), '1960-05-04 00:00:00.000'],
    ['the end of a late day', (calendar) => show(calendar.endOfDay(LATE)), '2090-05-03 23:59:59.999'],
    ['an early Wednesday is worked', (calendar) => calendar.isWorkingDay(EARLY), true],
    ['a late Wednesday is worked', (calendar) => calendar.isWorkingDay(LATE), true],
    ['the hours of an early day', (calendar) => calendar.workingMsOfDay(EARLY) / HOUR, 6.5],
    ['open early', (calendar) => calendar.isOpen(at('1960-05-04 10:00')), true],
    ['closed late', (calendar) => calendar.isOpen(at('2090-05-03 12:00')), false],
    [
      'time from an early instant on',
      (calendar) => calendar.elapsedMs(at('1960-05-04 10:00'), at('1960-05-05 10:00')) / HOUR,
      6.5,
    ],
    [
      'time up to a late instant',
      (calendar) => calendar.elapsedMs(at('2090-05-03 10:00'), at('2090-05-04 10:00')) / HOUR,
      6.5,
    ],
    ['days up to a late day', (calendar) => calendar.workingDaysBetween(LATE - 7, LATE), 5],
    ['days from an early day', (calendar) => calendar.workingDaysBetween(EARLY, EARLY + 7), 5],
    ['days back to an early day', (calendar) => calendar.workingDaysBetween(EARLY + 7, EARLY), -5],
    ['a working day after a late one', (calendar) => calendar.workingDayAfter(LATE, 5), LATE + 7],
    ['a working day before an early one', (calendar) => calendar.workingDayBefore(EARLY, 5), EARLY - 7],
    [
      'a working day after the last day of the table',
      (calendar) => calendar.workingDayAfter(dayNumberOf('2026-09-14'), 10_000) > dayNumberOf('2064-01-01'),
      true,
    ],
    [
      'a working day before the first day of the table',
      (calendar) => calendar.workingDayBefore(dayNumberOf('2026-09-14'), 10_000) < dayNumberOf('1989-01-01'),
      true,
    ],
    [
      'working time after a late instant',
      (calendar) => show(calendar.addWorkingMs(at('2090-05-03 10:00'), 6.5 * HOUR)),
      '2090-05-04 10:00:00.000',
    ],
    [
      'working time before an early instant',
      (calendar) => show(calendar.subtractWorkingMs(at('1960-05-04 10:00'), 6.5 * HOUR)),
      '1960-05-03 10:00:00.000',
    ],
    [
      'the next opening after a late instant',
      (calendar) => show(calendar.openAtOrAfter(at('2090-05-05 18:00'))),
      '2090-05-08 09:00:00.000',
    ],
    [
      'the closing before an early instant',
      (calendar) => show(calendar.openAtOrBefore(at('1960-05-04 08:00'))),
      '1960-05-03 17:00:00.000',
    ],
  ])('%s', (_what, ask, expected) => {
    expect(ask(fresh())).toBe(expected);
  });

  it('counts over the edge of its table as within it', () => {
    const [calendar, other] = [fresh(), fresh()];
    // The one steps, the other jumps: 60 years of working days, forwards and back.
    let day = dayNumberOf('2026-09-14');
    for (let step = 0; step < 150; step++) day = calendar.workingDayAfter(day, 100);
    expect(other.workingDayAfter(dayNumberOf('2026-09-14'), 15_000)).toBe(day);
    expect(other.workingDayBefore(day, 15_000)).toBe(dayNumberOf('2026-09-14'));
    let instant = at('2026-09-14 10:00');
    for (let step = 0; step < 150; step++) instant = calendar.subtractWorkingMs(instant, 700 * HOUR);
    expect(fresh().subtractWorkingMs(at('2026-09-14 10:00'), 105_000 * HOUR)).toBe(instant);
    expect(fresh().addWorkingMs(instant, 105_000 * HOUR)).toBe(at('2026-09-14 10:00'));
  });

  it('counts from before its table into it the first time as it does the second', () => {
    const now = dayNumberOf('2026-09-14');
    const asked: ((calendar: WorkingCalendar) => number)[] = [
      (calendar) => calendar.elapsedMs(at('1960-05-04 10:00'), at('2026-09-14 10:00')),
      (calendar) => calendar.workingDaysBetween(EARLY, now),
      (calendar) => -calendar.workingDaysBetween(now, EARLY),
    ];
    for (const ask of asked) {
      const calendar = fresh();
      const first = ask(calendar);
      expect(first).toBeGreaterThan(10_000);
      expect(ask(calendar)).toBe(first);
    }
  });

  it('says so where there is no answer', () => {
    const never = calendarOf({ calendar: 'never', timezone: 'Asia/Shanghai', weekly: {} });
    const late = new RangeError('calendar never: no answer before the year 2400');
    const early = new RangeError('calendar never: no answer after the year 1900');
    expect(() => never.openAtOrAfter(at('2026-09-14'))).toThrow(late);
    expect(() => never.addWorkingMs(at('2026-09-14'), 1)).toThrow(late);
    expect(() => never.workingDayAfter(0, 1)).toThrow(late);
    expect(() => never.openAtOrBefore(at('2026-09-14'))).toThrow(early);
    expect(() => never.subtractWorkingMs(at('2026-09-14'), 1)).toThrow(early);
    expect(() => never.workingDayBefore(0, 1)).toThrow(early);
  });

  it('answers to the very bounds', () => {
    const calendar = fresh();
    expect(calendar.dayOf(at('1900-01-01 10:00'))).toBe(dayNumberOf('1900-01-01'));
    expect(calendar.dayOf(at('2399-12-31 10:00'))).toBe(dayNumberOf('2399-12-31'));
    expect(calendar.workingDaysBetween(dayNumberOf('1900-01-01'), dayNumberOf('1900-01-08'))).toBe(5);
    expect(calendar.endOfDay(dayNumberOf('2399-12-31')) + 1).toBe(
      calendar.startOfDay(dayNumberOf('2400-01-01')),
    );
    expect(() => calendar.startOfDay(dayNumberOf('1899-12-31'))).toThrow('no answer after the year 1900');
    expect(() => calendar.startOfDay(dayNumberOf('2400-01-02'))).toThrow('no answer before the year 2400');
  });
});

describe('a table', () => {
  it('begins where the document has its first day, however early', () => {
    const calendar = calendarOf({
      calendar: 'early',
      timezone: 'Asia/Shanghai',
      weekly: weekdays([['09:00', '17:00']]),
      days: [
        { date: '1950-10-02', off: true },
        { date: '2080-10-02', off: true },
      ],
    });
    expect(calendar.isWorkingDay(dayNumberOf('1950-10-02'))).toBe(false);
    expect(calendar.isWorkingDay(dayNumberOf('1950-10-03'))).toBe(true);
    expect(calendar.isWorkingDay(dayNumberOf('2080-10-02'))).toBe(false);
    expect(calendar.isWorkingDay(dayNumberOf('2080-10-03'))).toBe(true);
  });

  it('has days that follow each other without a gap', () => {
    for (let day = dayNumberOf('2026-01-01'); day < dayNumberOf('2027-01-01'); day++)
      expect(OFFICE_2026.startOfDay(day + 1) - OFFICE_2026.startOfDay(day)).toBe(DAY_MS);
  });
});
