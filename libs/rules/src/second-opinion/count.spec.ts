import { at, calendarOf, OFFICE_2026 } from '../testing/builders';
import type { Move } from './count';
import { before, dueOf, readLimit } from './count';
import { OfficeDays } from './office-days';

const days = OfficeDays.of(OFFICE_2026.document);

/** Due instants of README.md (Limits, Suspensions, Backwards), counted by stepping. A date alone: the end of that day. */
function expectDue(limit: string, from: string, due: string, moves: readonly Move[] = []): void {
  const wanted = due.includes(' ') ? at(due) : at(due) + 86_399_999;
  expect(new Date(dueOf(days, readLimit(limit), at(from), moves))).toEqual(new Date(wanted));
}

describe('counting by stepping', () => {
  it.each([
    ['20wd', '2026-09-14 10:00', '2026-10-16'],
    ['0wd', '2026-09-12 10:00', '2026-09-14'],
    ['7wd@time', '2026-09-14 10:00', '2026-09-22 10:00'],
    ['1wd@time', '2026-09-14 18:00', '2026-09-16 09:00'],
    ['8wh', '2026-09-14 10:00', '2026-09-15 11:30'],
    ['210wm', '2026-09-18 13:30', '2026-09-18 17:00'],
    ['90wm', '2026-09-19 08:00', '2026-09-20 10:30'],
    ['90ws', '2026-09-14 10:00', '2026-09-14 10:01:30'],
    ['60d', '2026-08-05 10:00', '2026-10-08'],
    ['60d!', '2026-08-05 10:00', '2026-10-04'],
    ['48h', '2026-09-14 10:00', '2026-09-16 10:00'],
  ])('gives for %s from %s the due instant %s', (limit, from, due) => {
    expectDue(limit, from, due);
  });

  it.each([
    ['7wd', '2026-09-15 09:00', '2026-09-18 09:00', '2026-09-28'],
    ['8wh', '2026-09-14 16:00', '2026-09-15 10:00', '2026-09-15 15:00'],
    ['10d', '2026-09-15 10:00', '2026-09-18 10:00', '2026-09-28'],
    ['48h', '2026-09-14 12:00', '2026-09-14 18:00', '2026-09-16 16:00'],
  ])('moves %s, held from %s to %s, to %s', (limit, from, to, due) => {
    expectDue(limit, '2026-09-14 10:00', due, [{ from: at(from), to: at(to) }]);
  });

  it('never ends a limit before its start, where a time of day occurs twice', () => {
    const everyDay = { sun: [['00:00', '24:00']] };
    const { document } = calendarOf({ calendar: 'nl', timezone: 'Europe/Amsterdam', weekly: everyDay });
    const secondTwoOClock = Date.parse('2026-10-25T01:00:00Z');
    for (const limit of ['0d!@time', '0d@time', '0wd@time'])
      expect(dueOf(OfficeDays.of(document), readLimit(limit), secondTwoOClock, [])).toBe(secondTwoOClock);
  });

  it.each([
    ['1wd', '2026-10-16 23:59:59.999', '2026-10-15 00:00'],
    ['8wh', '2026-09-15 11:30', '2026-09-14 10:00'],
    ['1wd@time', '2026-09-15 08:00', '2026-09-11 17:00'],
    ['1d', '2026-10-05 12:00', '2026-09-30 00:00'],
  ])('goes %s back from %s to %s', (limit, from, wanted) => {
    expect(new Date(before(days, readLimit(limit), at(from)))).toEqual(new Date(at(wanted)));
  });
});
