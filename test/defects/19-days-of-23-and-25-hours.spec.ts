import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CalendarDocument, WEEKDAYS } from '@mingjian/contracts';
import {
  dateTextOf,
  dayNumberOf,
  dueAt,
  formatInstant,
  parseInstant,
  parseLimit,
  WorkingCalendar,
} from '@mingjian/rules';

interface Vectors {
  holidays: string[];
  vectors: { zone: string; hours: string; from: string; seconds: number; dueAt: string; holidays: boolean }[];
}
const vectors = JSON.parse(readFileSync(join(__dirname, '../vectors/znuny_dst.json'), 'utf8')) as Vectors;

/** `weekdays 08-13 14-18`: which days, then the hours open. */
function calendarOf(zone: string, hours: string, holidays: readonly string[]): WorkingCalendar {
  const [which, ...stretches] = hours.split(' ');
  const day = stretches.map((stretch) => stretch.split('-').map((hour) => `${hour}:00`));
  const open = which === 'daily' ? WEEKDAYS : WEEKDAYS.slice(0, 5);
  const years = [2013, 2014, 2015, 2016, 2017];
  return WorkingCalendar.fromDocument(
    CalendarDocument.parse({
      calendar: 'znuny',
      timezone: zone,
      weekly: Object.fromEntries(open.map((name) => [name, day])),
      days: years.flatMap((year) => holidays.map((date) => ({ date: `${year}-${date}`, off: true }))),
    }),
  );
}

describe('defect 19: a day counted as 86,400 seconds', () => {
  it.each(vectors.vectors)('$zone, $hours: $seconds s from $from end at $dueAt', (vector) => {
    const calendar = calendarOf(vector.zone, vector.hours, vector.holidays ? vectors.holidays : []);
    const from = parseInstant(vector.from, calendar.zone);
    const due = dueAt(calendar, parseLimit(`${vector.seconds}ws`), from).dueAt!;
    expect(formatInstant(due, calendar.zone).slice(0, 19).replace('T', ' ')).toBe(vector.dueAt);
  });

  it('in no zone makes a limit in days end at another time than the end of a date', () => {
    const zones = [
      'Europe/Berlin',
      'America/Sao_Paulo',
      'Asia/Tehran',
      'Australia/Sydney',
      'Australia/Lord_Howe',
    ];
    const anyDay = fc.integer({ min: dayNumberOf('2014-01-01'), max: dayNumberOf('2016-12-31') });
    fc.assert(
      fc.property(fc.constantFrom(...zones), anyDay, fc.integer({ min: 1, max: 40 }), (zone, day, days) => {
        const calendar = calendarOf(zone, 'daily 08-18', []);
        const due = dueAt(calendar, parseLimit(`${days}wd`), calendar.startOfDay(day) + 1).dueAt!;
        expect(dateTextOf(calendar.dayOf(due))).toBe(dateTextOf(day + days));
        expect(dateTextOf(calendar.dayOf(due + 1))).toBe(dateTextOf(day + days + 1));
        expect(calendar.workingDaysBetween(day, day + days)).toBe(days);
      }),
      { numRuns: 60 },
    );
  });
});
