import { at, calendarOf, OFFICE_2026, weekdays } from '../testing/builders';
import type { Pause, WorkingCalendar } from './index';
import { dueAt, dueBefore, elapsed, formatInstant, parseInstant, parseLimit } from './index';

const show = (instant: number | null, calendar: WorkingCalendar = OFFICE_2026): string | null =>
  instant === null ? null : formatInstant(instant, calendar.zone).slice(0, 23).replace('T', ' ');

function due(from: string, limit: string, pauses: [string, string | null][] = []): string | null {
  const held: Pause[] = pauses.map(([a, b]) => ({ from: at(a), to: b === null ? null : at(b) }));
  return show(dueAt(OFFICE_2026, parseLimit(limit), at(from), held).dueAt);
}

function back(to: string, limit: string): string | null {
  return show(dueBefore(OFFICE_2026, parseLimit(limit), at(to)).dueAt);
}

describe('a limit in working days', () => {
  it.each([
    [
      '2026-09-14 10:00',
      '20wd',
      '2026-10-16 23:59:59.999',
      'over two make-up days and the National Day holiday',
    ],
    ['2026-09-12 10:00', '1wd', '2026-09-14 23:59:59.999', 'from a Saturday: the Monday is day 1'],
    ['2026-09-19 10:00', '1wd', '2026-09-20 23:59:59.999', 'a make-up Sunday is a working day'],
    ['2026-09-14 10:00', '0wd', '2026-09-14 23:59:59.999', 'none: the end of the day itself'],
    [
      '2026-09-13 10:00',
      '0wd',
      '2026-09-14 23:59:59.999',
      'none, from a closed day: the end of the next working day',
    ],
  ])('from %s with %s is due at %s (%s)', (from, limit, expected) => {
    expect(due(from, limit)).toBe(expected);
  });
});

describe('a limit in working days to the hour', () => {
  it.each([
    ['2026-09-14 10:00', '7wd@time', '2026-09-22 10:00:00.000', 'same time of day'],
    ['2026-09-12 10:00', '1wd@time', '2026-09-14 10:00:00.000', 'a start on a closed day keeps its time'],
    ['2026-09-14 20:00', '1wd@time', '2026-09-16 09:00:00.000', 'after closing: the next opening'],
    ['2026-09-14 12:30', '1wd@time', '2026-09-15 13:30:00.000', 'at lunch: the afternoon opening'],
    ['2026-09-14 17:00', '1wd@time', '2026-09-16 09:00:00.000', 'closing time is not open'],
  ])('from %s with %s is due at %s (%s)', (from, limit, expected) => {
    expect(due(from, limit)).toBe(expected);
  });
});

describe('a limit in working hours', () => {
  it.each([
    ['2026-09-14 09:00', '6wh', '2026-09-14 16:30:00.000', 'over lunch'],
    ['2026-09-14 09:00', '390wm', '2026-09-14 17:00:00.000', 'exactly at closing stays there'],
    ['2026-09-14 09:00', '180wm', '2026-09-14 12:00:00.000', 'exactly at noon stays there'],
    [
      '2026-09-12 11:00',
      '90ws',
      '2026-09-14 09:01:30.000',
      'a start outside hours begins at the next opening',
    ],
    ['2026-09-12 11:00', '0wh', '2026-09-14 09:00:00.000', 'nothing, outside hours: the next opening'],
  ])('from %s with %s is due at %s (%s)', (from, limit, expected) => {
    expect(due(from, limit)).toBe(expected);
  });
});

describe('a limit in calendar days or clock hours', () => {
  it.each([
    [
      '2026-09-02 10:00',
      '30d',
      '2026-10-08 23:59:59.999',
      'a last day in the holiday moves to the next working day',
    ],
    ['2026-09-02 10:00', '30d!', '2026-10-02 23:59:59.999', 'not moved'],
    ['2026-09-02 10:00', '30d@time', '2026-10-08 10:00:00.000', 'moved, at the same time'],
    ['2026-09-02 10:00', '30d!@time', '2026-10-02 10:00:00.000', 'not moved, at the same time'],
    ['2026-09-02 10:00', '48h', '2026-09-04 10:00:00.000', 'clock hours'],
  ])('from %s with %s is due at %s (%s)', (from, limit, expected) => {
    expect(due(from, limit)).toBe(expected);
  });
});

describe('counting back', () => {
  it.each([
    ['2026-09-22 23:59:59.999', '1wd', '2026-09-21 00:00:00.000', 'the start of the working day before'],
    ['2026-09-21 10:00', '1wd', '2026-09-20 00:00:00.000', 'a make-up Sunday is the day before'],
    ['2026-09-14 12:30', '0wh', '2026-09-14 12:00:00.000', 'at lunch: the closing before'],
    ['2026-09-14 10:00', '2wh', '2026-09-11 16:00:00.000', 'hours are consumed backwards over the weekend'],
    ['2026-09-14 12:00', '3wh', '2026-09-14 09:00:00.000', 'exactly at opening stays there'],
    ['2026-09-16 20:00', '1wd@time', '2026-09-15 17:00:00.000', 'outside hours: the previous closing'],
    [
      '2026-10-24 10:00',
      '20d',
      '2026-09-30 00:00:00.000',
      'a last day in the holiday moves to the working day before',
    ],
  ])('from %s with %s begins at %s (%s)', (to, limit, expected) => {
    expect(back(to, limit)).toBe(expected);
  });
});

describe('suspensions', () => {
  it.each<[string, [string, string | null][], string, string | null]>([
    [
      'take out exactly the working time they cover',
      [['2026-09-11 16:00', '2026-09-14 10:00']],
      '8wh',
      '2026-09-14 14:00:00.000',
    ],
    [
      'take out the days after suspension up to resumption',
      [['2026-09-14 09:30', '2026-09-16 09:30']],
      '3wd',
      '2026-09-18 23:59:59.999',
    ],
    [
      'take out no day within one day',
      [['2026-09-14 09:30', '2026-09-14 16:30']],
      '3wd',
      '2026-09-16 23:59:59.999',
    ],
    [
      'that overlap count once',
      [
        ['2026-09-14 09:30', '2026-09-16 09:30'],
        ['2026-09-15 09:00', '2026-09-16 12:00'],
      ],
      '3wd',
      '2026-09-18 23:59:59.999',
    ],
    [
      'before the start do not count',
      [['2026-09-01 09:00', '2026-09-11 08:00']],
      '3wd',
      '2026-09-16 23:59:59.999',
    ],
    [
      'that begin before the start count from it',
      [['2026-09-01 09:00', '2026-09-14 12:00']],
      '3wd',
      '2026-09-17 23:59:59.999',
    ],
    [
      'after the limit ran out change nothing',
      [['2026-09-17 09:00', '2026-09-30 09:00']],
      '3wd',
      '2026-09-16 23:59:59.999',
    ],
    [
      'with an end before their start change nothing',
      [['2026-09-15 09:00', '2026-09-14 09:00']],
      '3wd',
      '2026-09-16 23:59:59.999',
    ],
    ['that are open hold the clock', [['2026-09-15 09:00', null]], '3wd', null],
    [
      'over a weekend take out no hours of it',
      [['2026-09-11 17:00', '2026-09-14 09:00']],
      '8wh',
      '2026-09-14 10:30:00.000',
    ],
    [
      'take calendar days out of a limit in calendar days',
      [['2026-09-12 09:00', '2026-09-14 09:00']],
      '10d!',
      '2026-09-23 23:59:59.999',
    ],
    [
      'take clock time out of clock hours',
      [['2026-09-12 09:00', '2026-09-12 19:00']],
      '48h',
      '2026-09-13 19:00:00.000',
    ],
  ])('%s', (_what, pauses, limit, expected) => {
    expect(due('2026-09-11 09:00', limit, pauses)).toBe(expected);
  });

  it('are applied in order, each against what the earlier ones gave', () => {
    // Without the first, the second would begin after the limit ran out.
    const both: [string, string][] = [
      ['2026-09-14 09:00', '2026-09-16 09:00'],
      ['2026-09-17 09:00', '2026-09-18 09:00'],
    ];
    expect(due('2026-09-11 09:00', '3wd', both)).toBe('2026-09-20 23:59:59.999');
    expect(due('2026-09-11 09:00', '3wd', [...both].reverse())).toBe('2026-09-20 23:59:59.999');
    expect(due('2026-09-11 09:00', '3wd', both.slice(1))).toBe('2026-09-16 23:59:59.999');
  });
});

describe('the horizon of a calendar', () => {
  it('marks what lies beyond the published arrangement as provisional', () => {
    const answer = dueAt(OFFICE_2026, parseLimit('20wd'), at('2026-12-20'));
    expect(answer.provisional).toBe(true);
    expect(dueAt(OFFICE_2026, parseLimit('5wd'), at('2026-12-20')).provisional).toBe(false);
    expect(dueAt(OFFICE_2026, parseLimit('400d!'), at('2026-12-20')).provisional).toBe(false);
    expect(dueAt(OFFICE_2026, parseLimit('400d'), at('2026-12-20')).provisional).toBe(true);
    expect(dueAt(OFFICE_2026, parseLimit('5wd'), at('2017-12-20')).provisional).toBe(true);
  });

  it('answers exactly over thousands of hours and decades', () => {
    expect(due('2026-09-14 09:00', '10000wh')).toMatch(/^2032-/);
    expect(show(dueAt(OFFICE_2026, parseLimit('20000wd'), at('2026-01-01')).dueAt)).toMatch(/^2102-/);
    expect(elapsed(OFFICE_2026, at('1950-01-01'), at('1950-01-08')).workingDays).toBe(5);
  });

  it('throws where no working time is ever reached', () => {
    const never = calendarOf({ calendar: 'never', timezone: 'UTC', weekly: {} });
    expect(() => dueAt(never, parseLimit('1wd'), 0)).toThrow(
      'calendar never: no answer before the year 2400',
    );
    expect(() => dueAt(never, parseLimit('1wh'), 0)).toThrow(RangeError);
    expect(() => dueBefore(never, parseLimit('1wh'), 0)).toThrow(RangeError);
  });
});

describe('daylight saving', () => {
  const newYork = calendarOf({
    calendar: 'ny',
    timezone: 'America/New_York',
    weekly: { ...weekdays([['09:00', '17:00']]), sun: [['00:00', '24:00']] },
  });
  const local = (text: string): number => parseInstant(text, newYork.zone);

  it('counts the hours that really pass', () => {
    expect(newYork.elapsedMs(local('2026-03-08'), local('2026-03-09')) / 3_600_000).toBe(23);
    expect(newYork.elapsedMs(local('2026-11-01'), local('2026-11-02')) / 3_600_000).toBe(25);
  });

  it('moves a skipped time forward by the gap and reads a double one as the first', () => {
    expect(show(dueAt(newYork, parseLimit('1d!@time'), local('2026-03-07 02:30')).dueAt, newYork)).toBe(
      '2026-03-08 03:30:00.000',
    );
    expect(
      formatInstant(dueAt(newYork, parseLimit('1d!@time'), local('2026-10-31 01:30')).dueAt!, newYork.zone),
    ).toBe('2026-11-01T01:30:00.000-04:00');
  });

  it('never ends a limit before its start, not at the second of two equal times of day either', () => {
    // 01:30 for the second time.
    const second = Date.parse('2026-11-01T06:30:00.000Z');
    for (const limit of ['0d!@time', '0d@time', '0wd@time'])
      expect(dueAt(newYork, parseLimit(limit), second).dueAt).toBe(second);
  });

  it('keeps the wall clock over the change in days, not in hours', () => {
    const amsterdam = calendarOf({
      calendar: 'ams',
      timezone: 'Europe/Amsterdam',
      weekly: weekdays([['09:00', '17:00']]),
    });
    const from = parseInstant('2011-10-11 13:42:22.688', amsterdam.zone);
    expect(formatInstant(dueAt(amsterdam, parseLimit('56d!@time'), from).dueAt!, amsterdam.zone)).toBe(
      '2011-12-06T13:42:22.688+01:00',
    );
    expect(formatInstant(dueAt(amsterdam, parseLimit('1344h'), from).dueAt!, amsterdam.zone)).toBe(
      '2011-12-06T12:42:22.688+01:00',
    );
  });

  it('knows a date that a zone jumped over', () => {
    const samoa = calendarOf({
      calendar: 'samoa',
      timezone: 'Pacific/Apia',
      weekly: weekdays([['09:00', '17:00']]),
    });
    const thursday = parseInstant('2011-12-29 10:00', samoa.zone);
    expect(formatInstant(dueAt(samoa, parseLimit('1wd'), thursday).dueAt!, samoa.zone).slice(0, 10)).toBe(
      '2012-01-02',
    );
  });
});

describe('a calendar document', () => {
  it('answers as known then and as known now', () => {
    const document = {
      calendar: 'cn',
      timezone: 'Asia/Shanghai',
      weekly: weekdays([['09:00', '17:00']]),
      days: [
        { date: '2020-02-01', work: true, knownSince: '2019-11-21' },
        { date: '2020-02-01', off: true, knownSince: '2020-01-27' },
      ],
    };
    const from = at('2020-01-31 10:00');
    expect(show(dueAt(calendarOf(document, '2020-01-01'), parseLimit('1wd'), from).dueAt)).toBe(
      '2020-02-01 23:59:59.999',
    );
    expect(show(dueAt(calendarOf(document), parseLimit('1wd'), from).dueAt)).toBe('2020-02-03 23:59:59.999');
  });

  it('opens a make-up day with the usual weekday hours and a listed day with its own', () => {
    const calendar = calendarOf({
      calendar: 'x',
      timezone: 'Asia/Shanghai',
      weekly: { ...weekdays([['09:00', '17:00']]), fri: [['09:00', '15:00']] },
      days: [
        { date: '2026-09-20', work: true },
        { date: '2026-09-21', hours: [['10:00', '11:00']] },
      ],
    });
    expect(calendar.workingMsOfDay(calendar.dayOf(at('2026-09-20 12:00'))) / 3_600_000).toBe(8);
    expect(calendar.workingMsOfDay(calendar.dayOf(at('2026-09-21 12:00'))) / 3_600_000).toBe(1);
  });
});
