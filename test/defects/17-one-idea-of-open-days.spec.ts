import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { CalendarDocument, parseYamlDocument } from '@mingjian/contracts';
import { dateTextOf, dayNumberOf, dueAt, parseLimit, WorkingCalendar } from '@mingjian/rules';
import { anyCalendar } from '../../libs/rules/src/testing/arbitraries';

const CN = join(__dirname, '../../rulesets/calendars/cn.yaml');

/** Every way in which the product can say that a date is worked; all must say the same. */
function opinionsOn(calendar: WorkingCalendar, day: number): Record<string, boolean> {
  const from = calendar.startOfDay(day);
  const to = calendar.endOfDay(day) + 1;
  const opening = calendar.openAtOrAfter(from);
  const before = calendar.endOfDay(day - 1);
  return {
    isWorkingDay: calendar.isWorkingDay(day),
    'has working time': calendar.workingMsOfDay(day) > 0,
    'working time elapses': calendar.elapsedMs(from, to) > 0,
    'a working day elapses': calendar.workingDaysBetween(day - 1, day) === 1,
    'an opening lies in it': opening < to,
    'is open at that opening': opening < to && calendar.isOpen(opening),
    'one working day from the day before ends on it':
      calendar.dayOf(dueAt(calendar, parseLimit('1wd'), before).dueAt!) === day,
    'a working second from its first instant ends on it':
      calendar.dayOf(dueAt(calendar, parseLimit('1ws'), from).dueAt!) === day,
    'no working day counts to its own end':
      calendar.dayOf(dueAt(calendar, parseLimit('0wd'), from).dueAt!) === day,
    'calendar days may end on it': calendar.dayOf(dueAt(calendar, parseLimit('0d'), from).dueAt!) === day,
  };
}

function expectOneOpinion(calendar: WorkingCalendar, day: number): void {
  const opinions = opinionsOn(calendar, day);
  const said = opinions.isWorkingDay;
  expect({ day: dateTextOf(day), ...opinions }).toEqual({
    day: dateTextOf(day),
    ...Object.fromEntries(Object.keys(opinions).map((name) => [name, said])),
  });
}

describe('defect 17: days and hours are counted by one idea of which dates are open', () => {
  it('defect 17: on every date of mainland China 2007–2026, make-up weekends and holidays included', () => {
    const calendar = WorkingCalendar.fromDocument(
      parseYamlDocument(readFileSync(CN, 'utf8'), 'cn.yaml', CalendarDocument),
    );
    let worked = 0;
    let workedWeekend = 0;
    for (let day = dayNumberOf('2007-01-01'); day <= dayNumberOf('2026-12-31'); day++) {
      expectOneOpinion(calendar, day);
      if (!calendar.isWorkingDay(day)) continue;
      worked++;
      if (['Sat', 'Sun'].includes(new Date(day * 86_400_000).toUTCString().slice(0, 3))) workedWeekend++;
    }
    expect(worked).toBeGreaterThan(20 * 245);
    expect(workedWeekend).toBeGreaterThan(100);
  });

  it('defect 17: in any calendar, with daylight saving, hours of its own on a day, and make-up days', () => {
    const anyDay = fc.integer({ min: dayNumberOf('2026-01-01'), max: dayNumberOf('2026-12-31') });
    fc.assert(fc.property(anyCalendar, anyDay, expectOneOpinion), { numRuns: 400 });
  });
});
