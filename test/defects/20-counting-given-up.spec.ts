import { CalendarDocument } from '@mingjian/contracts';
import {
  dueAt,
  dueBefore,
  elapsed,
  formatInstant,
  parseInstant,
  parseLimit,
  WorkingCalendar,
} from '@mingjian/rules';

function calendarOf(more: object): WorkingCalendar {
  return WorkingCalendar.fromDocument(
    CalendarDocument.parse({
      calendar: 'long',
      timezone: 'Asia/Shanghai',
      weekly: { mon: [['09:00', '17:00']] },
      ...more,
    }),
  );
}

const open = calendarOf({});
const at = (text: string): number => parseInstant(text, open.zone);
const day = (instant: number | null): string => formatInstant(instant!, open.zone).slice(0, 10);

describe('defect 20: counting that stops after so many steps', () => {
  it('gets over a closure of years', () => {
    const closed = calendarOf({ days: [{ date: '2026-09-01', through: '2031-08-31', off: true }] });
    const from = at('2026-08-31 10:00');
    expect(day(dueAt(closed, parseLimit('1wd'), from).dueAt)).toBe('2031-09-01');
    expect(day(dueAt(closed, parseLimit('8wh'), from).dueAt)).toBe('2031-09-01');
    expect(day(dueAt(closed, parseLimit('1d'), from).dueAt)).toBe('2031-09-01');
    expect(day(dueBefore(closed, parseLimit('1wd'), at('2031-09-01 10:00')).dueAt)).toBe('2026-08-31');
    expect(elapsed(closed, from, at('2031-09-01 10:00'))).toEqual({
      workingMs: 8 * 3_600_000,
      workingDays: 1,
    });
  });

  it('counts 10,000 working hours and back to the instant', () => {
    const limit = parseLimit('10000wh');
    const from = at('2026-08-31 09:00');
    const due = dueAt(open, limit, from).dueAt!;
    // 1,250 Mondays of 8 hours, the first of them the day of the start.
    expect(formatInstant(due, open.zone).slice(0, 16)).toBe('2050-08-08T17:00');
    expect(elapsed(open, from, due).workingMs).toBe(10_000 * 3_600_000);
    expect(dueBefore(open, limit, due).dueAt).toBe(from);
  });

  it('gives an error, and no date, where no working time is ever reached', () => {
    const never = calendarOf({ weekly: {} });
    const last = calendarOf({ days: [{ date: '2026-09-01', through: '2399-12-31', off: true }] });
    for (const calendar of [never, last])
      for (const limit of ['1wd', '1wd@time', '1wh', '1d'])
        expect(() => dueAt(calendar, parseLimit(limit), at('2026-09-01 10:00'))).toThrow(RangeError);
    expect(() => dueAt(open, parseLimit('999999wh'), at('2026-09-01 10:00'))).toThrow(RangeError);
    expect(() => dueBefore(never, parseLimit('1wd'), at('2026-09-01 10:00'))).toThrow(RangeError);
  });

  it('gets over a closure of a century', () => {
    const closed = calendarOf({ days: [{ date: '2026-09-01', through: '2126-08-31', off: true }] });
    expect(day(dueAt(closed, parseLimit('1wd'), at('2026-08-31 10:00')).dueAt)).toBe('2126-09-02');
  });
});
