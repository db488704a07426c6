import { judgeCase, lightChangesUntil } from '@mingjian/rules';
import { aCase, at, bookOf, calendarOf, OFFICE_2026, weekdays } from '../../libs/rules/src/testing/builders';

const HOUR = 3_600_000;
const MIDNIGHT = 16 * HOUR;

/** A light is true from its instant on; when a person is told is asked of the calendar of that person. */
describe('defect 26: reminders at night and on Sundays', () => {
  const book = bookOf({
    days: { name: '按日', promise: '7wd' },
    hours: { name: '按小时', promise: '16wh' },
  });
  const changesOf = (item: string) => {
    const starts = Array.from({ length: 24 * 30 }, (_, hour) => at('2026-09-07') + hour * HOUR);
    return starts.flatMap((start) =>
      lightChangesUntil(
        judgeCase('C-1', aCase(item).event('case.accepted', start).events, book),
        at('2026-12-31'),
      ),
    );
  };

  it('defect 26: every light that comes on at night has a next opening, at which its recipient is at work', () => {
    const changes = changesOf('days');
    // By law a limit in days ends at midnight: these lights do come on at night.
    expect(changes.every(({ becameAt }) => becameAt % (24 * HOUR) === MIDNIGHT)).toBe(true);
    const night = calendarOf({
      calendar: 'night-shift',
      timezone: 'Asia/Shanghai',
      weekly: { ...weekdays([['20:00', '24:00']]), sat: [['20:00', '24:00']] },
    });
    for (const calendar of [OFFICE_2026, night])
      for (const { becameAt } of changes) {
        const told = calendar.openAtOrAfter(becameAt);
        expect(calendar.isOpen(told)).toBe(true);
        // As early as that recipient's hours allow: no working time passes in between.
        expect(calendar.elapsedMs(becameAt, told)).toBe(0);
      }
  });

  it('defect 26: a limit counted in working hours lights in working hours, or with the last of them', () => {
    const promises = changesOf('hours').filter(({ clock }) => clock === 'promise');
    expect(promises.length).toBeGreaterThan(1_000);
    for (const { becameAt } of promises)
      expect(OFFICE_2026.isOpen(becameAt) || OFFICE_2026.isOpen(becameAt - 2)).toBe(true);
  });
});
