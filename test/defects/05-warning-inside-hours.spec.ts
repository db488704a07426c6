import { judgeCase, lightChangesUntil, type WorkingCalendar } from '@mingjian/rules';
import { aCase, at, bookOf, calendarOf, OFFICE_2026, weekdays } from '../../libs/rules/src/testing/builders';

/** When the promise of a case accepted at `from` turns yellow. */
function yellowAt(limit: string, yellowBefore: string[], from: string, calendar?: WorkingCalendar): number {
  const book = bookOf({ A: { name: '事项', promise: { limit, yellowBefore } } }, {}, calendar ?? OFFICE_2026);
  const tracks = judgeCase('C-1', aCase('A').accepted(from).events, book);
  return lightChangesUntil(tracks, at('2027-01-01')).find(
    ({ clock, to }) => clock === 'promise' && to === 'yellow',
  )!.becameAt;
}

/** Office hours: 09:00–12:00 and 13:30–17:00, Monday to Friday; 25 September and 1 to 7 October are off. */
describe('defect 5: a warning is counted back in the units of the calendar', () => {
  it.each([
    ['8wh', '2wh', '2026-09-14 10:00', '2026-09-15 09:30', 'within one morning'],
    ['8wh', '4wh', '2026-09-14 10:00', '2026-09-14 15:30', 'over the night'],
    ['4wh', '2wh', '2026-09-14 10:00', '2026-09-14 13:30', 'at the opening after noon, not in the pause'],
    ['8wh', '2wh', '2026-09-11 13:30', '2026-09-14 11:30', 'over noon, from before the weekend'],
    ['4wh', '2wh', '2026-09-11 15:00', '2026-09-14 09:00', 'at the opening after the weekend, not in it'],
    ['7wh', '4wh', '2026-09-24 13:30', '2026-09-24 16:30', 'over a weekend with a Friday off'],
    ['9wh', '4wh', '2026-09-30 13:30', '2026-10-08 10:30', 'after the National Day holiday'],
    ['9wh', '6wh', '2026-09-30 13:30', '2026-09-30 16:30', 'over the National Day holiday'],
    [
      '7wd@time',
      '1wd',
      '2026-09-14 10:00',
      '2026-09-21 10:00',
      'the same time of day, over a make-up Sunday',
    ],
  ])('defect 5: %s less %s from %s turns yellow at %s (%s)', (limit, before, from, expected) => {
    expect(yellowAt(limit, [before], from)).toBe(at(expected));
  });

  it('defect 5: of a limit in days, hours are counted back from closing and not from midnight', () => {
    // Due at the end of 16 September: the last working hour ends at 17:00.
    expect(yellowAt('2wd', ['2wh'], '2026-09-14 10:00')).toBe(at('2026-09-16 15:00'));
    expect(yellowAt('2wd', ['4wh'], '2026-09-14 10:00')).toBe(at('2026-09-16 11:30'));
  });

  it('defect 5: an hour-exact warning never comes on outside opening hours, whatever the start', () => {
    const isWorked = (instant: number): boolean =>
      OFFICE_2026.isOpen(instant) || OFFICE_2026.isOpen(instant - 1);
    const HOUR = 3_600_000;
    for (let hour = 0; hour < 24 * 40; hour++) {
      const start = at('2026-09-07') + hour * HOUR;
      const book = bookOf({ A: { name: '事项', promise: { limit: '16wh', yellowBefore: ['5wh'] } } });
      const { events } = aCase('A').event('case.accepted', start);
      const [yellow] = lightChangesUntil(judgeCase('C-1', events, book), at('2027-01-01'));
      expect(isWorked(yellow!.becameAt)).toBe(true);
      expect(OFFICE_2026.elapsedMs(yellow!.becameAt, yellow!.dueAt!)).toBe(5 * HOUR);
    }
  });

  it('defect 5: over a change of the clocks the hours that really pass are counted back', () => {
    const berlin = calendarOf({
      calendar: 'berlin',
      timezone: 'Europe/Berlin',
      weekly: { ...weekdays([['00:00', '24:00']]), sat: [['00:00', '24:00']], sun: [['00:00', '24:00']] },
    });
    // Sunday 25 October 2026 has 25 hours: 30 hours after Saturday noon it is Sunday 17:00.
    const start = '2026-10-24 18:00';
    expect(yellowAt('30wh', ['29wh'], start, berlin)).toBe(at(start) + 3_600_000);
    expect(yellowAt('2wd@time', ['1wd'], start, berlin)).toBe(Date.parse('2026-10-25T12:00:00+01:00'));
  });
});
