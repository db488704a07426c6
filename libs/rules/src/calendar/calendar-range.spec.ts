import fc from 'fast-check';
import { calendarOf, weekdays } from '../testing/builders';
import { DAY_MS, dueAt, dueBefore, elapsed, parseInstant, parseLimit } from './index';
import type { WorkingCalendar } from './index';

const freshCalendar = (): WorkingCalendar =>
  calendarOf({
    calendar: 'any',
    timezone: 'Europe/Amsterdam',
    weekly: weekdays([
      ['09:00', '12:00'],
      ['13:30', '17:00'],
    ]),
    days: [{ date: '2026-10-01', off: true }],
  });

/** A calendar whose table has reached both ends of its range already. */
const wideCalendar = freshCalendar();
wideCalendar.startOfDay(wideCalendar.dayOf(Date.UTC(1901, 0, 1)));
wideCalendar.startOfDay(wideCalendar.dayOf(Date.UTC(2398, 0, 1)));

const farInstant = fc.integer({ min: Date.UTC(1903, 0, 1), max: Date.UTC(2395, 0, 1) });
const questions: [name: string, ask: (calendar: WorkingCalendar, at: number, other: number) => unknown][] = [
  ['the day', (calendar, at) => calendar.dayOf(at)],
  ['the start of a day', (calendar, at) => calendar.startOfDay(Math.floor(at / DAY_MS))],
  ['the end of a day', (calendar, at) => calendar.endOfDay(Math.floor(at / DAY_MS))],
  ['whether it is a working day', (calendar, at) => calendar.isWorkingDay(Math.floor(at / DAY_MS))],
  ['whether it is open', (calendar, at) => calendar.isOpen(at)],
  ['time elapsed', (calendar, at, other) => elapsed(calendar, at, other)],
  ...['7wd', '7wd@time', '60d', '60d!', '90wh'].flatMap((limit): typeof questions => [
    [`due after ${limit}`, (calendar, at) => dueAt(calendar, parseLimit(limit), at)],
    [`due ${limit} before`, (calendar, at) => dueBefore(calendar, parseLimit(limit), at)],
  ]),
];

describe('a calendar asked far from the days that it knows by heart', () => {
  it.each(questions)('gives the same answer at its first question as later: %s', (_name, ask) => {
    fc.assert(
      fc.property(farInstant, farInstant, (at, other) => {
        expect(ask(freshCalendar(), at, other)).toEqual(ask(wideCalendar, at, other));
      }),
      { numRuns: 4 },
    );
  });

  it('counts seven working days in 1950 and in 2034', () => {
    const due = (from: string, limit: string): string =>
      new Date(
        dueAt(freshCalendar(), parseLimit(limit), parseInstant(from, wideCalendar.zone)).dueAt!,
      ).toISOString();
    expect(due('1950-05-05T10:00', '7wd')).toBe('1950-05-16T22:59:59.999Z');
    expect(due('2034-01-20T10:00', '60d!')).toBe('2034-03-21T22:59:59.999Z');
  });

  it('takes no year before 100 for one of the twentieth century', () => {
    expect(() => parseInstant('0001-09-14T16:00', wideCalendar.zone)).toThrow('is no time');
  });
});
