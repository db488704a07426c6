import {
  dueAt,
  formatInstant,
  judgeCase,
  parseLimit,
  verdictAt,
  type WorkingCalendar,
} from '@mingjian/rules';
import { aCase, at, bookOf, OFFICE_2026 } from '../../libs/rules/src/testing/builders';

const HOUR = 3_600_000;

function due(calendar: WorkingCalendar, limit: string, from: string, pause?: [string, string]): string {
  const pauses = pause === undefined ? [] : [{ from: at(pause[0]), to: at(pause[1]) }];
  return formatInstant(dueAt(calendar, parseLimit(limit), at(from), pauses).dueAt!, calendar.zone).slice(
    0,
    16,
  );
}

/** Office hours: 09:00–12:00 and 13:30–17:00, Monday to Friday. */
describe('defect 1: a pause over closed days', () => {
  it('defect 1: from Friday 16:00 to Monday 10:00 moves an hour-exact due instant by the two hours that were open', () => {
    const weekend: [string, string] = ['2026-09-11 16:00', '2026-09-14 10:00'];
    expect(due(OFFICE_2026, '8wh', '2026-09-11 10:00')).toBe('2026-09-14T11:30');
    expect(due(OFFICE_2026, '8wh', '2026-09-11 10:00', weekend)).toBe('2026-09-14T15:00');
    const without = dueAt(OFFICE_2026, parseLimit('8wh'), at('2026-09-11 10:00')).dueAt!;
    const held = dueAt(OFFICE_2026, parseLimit('8wh'), at('2026-09-11 10:00'), [
      { from: at(weekend[0]), to: at(weekend[1]) },
    ]).dueAt!;
    expect(OFFICE_2026.elapsedMs(without, held)).toBe(2 * HOUR);
  });

  it('defect 1: over the National Day holiday takes out no hour and no day of the holiday', () => {
    // 1 to 7 October are off, 3 and 4 October are a weekend, 8 October is worked.
    const holiday: [string, string] = ['2026-09-30 16:00', '2026-10-08 10:00'];
    expect(due(OFFICE_2026, '8wh', '2026-09-30 13:30', holiday)).toBe('2026-10-08T17:00');
    expect(due(OFFICE_2026, '5wd', '2026-09-29 10:00')).toBe('2026-10-12T23:59');
    // One working day passed in it: 8 October, the day of resumption.
    expect(due(OFFICE_2026, '5wd', '2026-09-29 10:00', holiday)).toBe('2026-10-13T23:59');
  });

  it('defect 1: on closed days only takes out nothing, and make-up days count as worked', () => {
    expect(due(OFFICE_2026, '8wh', '2026-09-11 10:00', ['2026-09-12 09:00', '2026-09-13 17:00'])).toBe(
      '2026-09-14T11:30',
    );
    // Sunday 20 September is worked.
    expect(due(OFFICE_2026, '8wh', '2026-09-18 13:30')).toBe('2026-09-20T15:00');
    expect(due(OFFICE_2026, '8wh', '2026-09-18 13:30', ['2026-09-19 09:00', '2026-09-20 12:00'])).toBe(
      '2026-09-21T10:00',
    );
  });

  it('defect 1: the promise of a case is moved by it as by the arithmetic', () => {
    const book = bookOf({ A: { name: '事项', promise: '8wh' } });
    const { events } = aCase('A')
      .accepted('2026-09-11 10:00')
      .suspended('2026-09-11 16:00', { daysApplied: 1 })
      .resumed('2026-09-14 10:00');
    const promise = verdictAt(judgeCase('C-1', events, book), at('2026-09-14 10:00')).clocks.find(
      ({ clock }) => clock === 'promise',
    );
    expect(promise?.dueAt).toBe(at('2026-09-14 15:00'));
  });
});
