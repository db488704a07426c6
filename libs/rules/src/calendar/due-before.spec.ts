import { at, calendarOf, OFFICE_2026, weekdays } from '../testing/builders';
import { dueAt, dueBefore, instantBack } from './due-at';
import { parseLimit } from './limit';
import { formatInstant } from './parse-instant';

type Stretch = [from: string, to: string | null];

function back(limit: string, to: string, ...pauses: Stretch[]): string {
  const held = pauses.map(([a, b]) => ({ from: at(a), to: b === null ? null : at(b) }));
  const { dueAt: begins } = dueBefore(OFFICE_2026, parseLimit(limit), at(to), held);
  return formatInstant(begins!, OFFICE_2026.zone).slice(0, 23).replace('T', ' ');
}

/** Office hours 09:00–12:00 and 13:30–17:00; 14 September 2026 is a Monday, Sunday the 20th is worked. */
describe('counting back over suspensions', () => {
  it.each<[string, string, string, Stretch[], string]>([
    [
      'hours: the working time covered',
      '8wh',
      '2026-09-16 10:00',
      [['2026-09-15 10:00', '2026-09-15 15:00']],
      '2026-09-14 11:30:00.000',
    ],
    [
      'hours: nothing on closed days',
      '8wh',
      '2026-09-15 10:00',
      [['2026-09-12 10:00', '2026-09-13 15:00']],
      '2026-09-11 16:30:00.000',
    ],
    [
      'clock hours: the time itself',
      '48h',
      '2026-09-16 10:00',
      [['2026-09-15 10:00', '2026-09-15 15:00']],
      '2026-09-14 05:00:00.000',
    ],
    [
      'working days: from the day of suspension to the day before resumption',
      '3wd',
      '2026-09-18 10:00',
      [['2026-09-16 10:00', '2026-09-17 15:00']],
      '2026-09-14 00:00:00.000',
    ],
    [
      'working days: none within one day',
      '3wd',
      '2026-09-18 10:00',
      [['2026-09-16 10:00', '2026-09-16 15:00']],
      '2026-09-15 00:00:00.000',
    ],
    [
      'working days: none on closed days only',
      '3wd',
      '2026-09-15 10:00',
      [['2026-09-12 10:00', '2026-09-13 15:00']],
      '2026-09-10 00:00:00.000',
    ],
    [
      'calendar days: counted in the same way',
      '3d!',
      '2026-09-18 10:00',
      [['2026-09-16 10:00', '2026-09-17 15:00']],
      '2026-09-14 00:00:00.000',
    ],
    [
      'two, each against what the later one gave',
      '3wd',
      '2026-09-18 10:00',
      [
        ['2026-09-14 09:00', '2026-09-15 09:00'],
        ['2026-09-16 10:00', '2026-09-17 15:00'],
      ],
      '2026-09-11 00:00:00.000',
    ],
    [
      'one before the limit began: nothing',
      '3wd',
      '2026-09-18 10:00',
      [['2026-09-10 09:00', '2026-09-11 09:00']],
      '2026-09-15 00:00:00.000',
    ],
    [
      'one that ends as the limit begins',
      '48h',
      '2026-09-18 10:00',
      [['2026-09-16 08:00', '2026-09-16 10:00']],
      '2026-09-16 08:00:00.000',
    ],
    [
      'one that ends a moment before the limit begins: nothing',
      '48h',
      '2026-09-18 10:00',
      [['2026-09-16 08:00', '2026-09-16 09:59']],
      '2026-09-16 10:00:00.000',
    ],
    [
      'one still open: to the end of the limit',
      '48h',
      '2026-09-18 10:00',
      [['2026-09-18 04:00', null]],
      '2026-09-16 04:00:00.000',
    ],
    [
      'one that goes on after the end of the limit: up to it',
      '48h',
      '2026-09-18 10:00',
      [['2026-09-18 04:00', '2026-09-19 04:00']],
      '2026-09-16 04:00:00.000',
    ],
    [
      'one after the end of the limit: nothing, and those before it count all the same',
      '48h',
      '2026-09-18 10:00',
      [
        ['2026-09-17 04:00', '2026-09-17 05:00'],
        ['2026-09-18 10:00', '2026-09-19 04:00'],
      ],
      '2026-09-16 09:00:00.000',
    ],
    [
      'with @time, at the same time of day',
      '3wd@time',
      '2026-09-18 10:00',
      [['2026-09-16 10:00', '2026-09-17 15:00']],
      '2026-09-14 10:00:00.000',
    ],
  ])('takes out %s', (_what, limit, to, pauses, expected) => {
    expect(back(limit, to, ...pauses)).toBe(expected);
  });

  it.each([
    ['0d', '2026-09-13 10:00', '2026-09-11 00:00:00.000', 'none, on a closed day: the working day before'],
    ['0d@time', '2026-09-13 10:00', '2026-09-11 10:00:00.000', 'the same, at its time of day'],
    ['3d!@time', '2026-09-18 10:00', '2026-09-15 10:00:00.000', 'calendar days to the hour'],
    [
      '5d@time',
      '2026-09-18 10:00',
      '2026-09-11 10:00:00.000',
      'the last day on a Sunday moves back to Friday',
    ],
    ['0wd', '2026-09-13 10:00', '2026-09-11 00:00:00.000', 'no working day, from a closed one'],
    ['1wd@time', '2026-09-15 12:30', '2026-09-14 12:00:00.000', 'at lunch: the closing before'],
  ])('%s back from %s begins at %s (%s)', (limit, to, expected) => {
    expect(back(limit, to)).toBe(expected);
  });

  it('gives a threshold the instant that it gives without suspensions', () => {
    for (const limit of ['2wd', '2wd@time', '3d', '3d!', '3d!@time', '8wh', '48h'])
      expect(instantBack(OFFICE_2026, parseLimit(limit), at('2026-09-18 10:00'))).toBe(
        dueBefore(OFFICE_2026, parseLimit(limit), at('2026-09-18 10:00')).dueAt,
      );
  });
});

describe('an answer is provisional', () => {
  const calendar = calendarOf({
    calendar: 'published',
    timezone: 'Asia/Shanghai',
    weekly: weekdays([['09:00', '17:00']]),
    publishedFrom: '2026-01-01',
    publishedThrough: '2026-12-31',
  });
  const forwards = (limit: string, from: string): boolean =>
    dueAt(calendar, parseLimit(limit), at(from)).provisional;
  const backwards = (limit: string, to: string): boolean =>
    dueBefore(calendar, parseLimit(limit), at(to)).provisional;

  it.each([
    ['1wd', '2026-12-30 10:00', false],
    ['1wd', '2026-12-31 10:00', true],
    ['8wh', '2026-12-30 17:00', false],
    ['9wh', '2026-12-30 17:00', true],
    ['1wd', '2025-12-31 10:00', true],
    ['1wd', '2026-01-01 00:00', false],
    ['1d', '2026-12-30 10:00', false],
    ['1d', '2026-12-31 10:00', true],
    // Only the last day of calendar days rests on the calendar.
    ['9d', '2025-12-31 10:00', false],
    ['9d!', '2026-12-31 10:00', false],
    ['999h', '2026-12-31 10:00', false],
  ])('where it rests on days that are not published: %s from %s, %s', (limit, from, expected) => {
    expect(forwards(limit, from)).toBe(expected);
  });

  it('backwards too', () => {
    expect(backwards('1wd', '2026-01-02 10:00')).toBe(false);
    expect(backwards('1wd', '2026-01-01 10:00')).toBe(true);
    expect(backwards('1wd', '2027-01-01 10:00')).toBe(true);
  });

  it('while a suspension is open, and after one that led there', () => {
    const held = (pauses: Stretch[]) =>
      dueAt(
        calendar,
        parseLimit('5wd'),
        at('2026-12-21 10:00'),
        pauses.map(([a, b]) => ({ from: at(a), to: b === null ? null : at(b) })),
      );
    expect(held([['2026-12-22 10:00', null]])).toEqual({ dueAt: null, provisional: false });
    expect(held([['2026-12-22 10:00', '2026-12-25 10:00']])).toEqual({
      dueAt: at('2026-12-31 23:59:59.999'),
      provisional: false,
    });
    expect(held([['2026-12-22 10:00', '2026-12-28 10:00']]).provisional).toBe(true);
  });
});
