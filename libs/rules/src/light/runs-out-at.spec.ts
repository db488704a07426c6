import { OFFICE_2026 } from '../testing/builders';
import type { Given } from '../testing/clock-life';
import { show, specOf } from '../testing/clock-life';
import { runsOutAt } from './track-clock';

/** Office hours 09:00–12:00 and 13:30–17:00; the clocks start on Monday 14 September 2026 at 10:00. */
describe('when a clock runs out', () => {
  const outAt = (given: Given): string => show(runsOutAt(specOf(given), OFFICE_2026));

  it.each<[string, Given, string]>([
    ['the millisecond after its limit', { limit: '2wd' }, '09-17 00:00'],
    ['not, where it was answered in time', { limit: '2wd', end: '2026-09-16 23:59:59.999' }, 'none'],
    ['where it was answered as it ran out', { limit: '2wd', end: '2026-09-17 00:00' }, '09-17 00:00'],
    ['where it was answered later', { limit: '2wd', end: '2026-09-18 10:00' }, '09-17 00:00'],
    ['not before it is known', { limit: '2wd', visibleFrom: '2026-09-21 09:00' }, '09-21 09:00'],
    [
      'not, where it is known only after its end',
      { limit: '2wd', end: '2026-09-18 10:00', visibleFrom: '2026-09-21 09:00' },
      'none',
    ],
    ['not while it is held', { limit: '2wd', pauses: [['2026-09-15 10:00', null]] }, 'none'],
    [
      'later when it was held',
      { limit: '2wd', pauses: [['2026-09-15 10:00', '2026-09-17 10:00']] },
      '09-19 00:00',
    ],
    [
      'not, where it ended held',
      { limit: '2wd', pauses: [['2026-09-15 10:00', null]], end: '2026-10-15 10:00' },
      'none',
    ],
    ['later when it was extended', { limit: '2wd', extensions: [['2026-09-15 10:00', 2]] }, '09-19 00:00'],
    ['whatever its red', { limit: '2wd', red: null }, '09-17 00:00'],
    ['not, without a limit', { unknown: 'no-limit' }, 'none'],
    ['not, where it ended before its start', { limit: '2wd', end: '2026-09-14 09:00' }, 'none'],
    [
      'not before it goes on, where what was left had passed in between',
      { limit: '1wh', pauses: [['2026-09-14 10:30', '2026-09-14 10:45']] },
      '09-14 11:15:00.001',
    ],
  ])('%s', (_what, given, expected) => {
    expect(outAt(given)).toBe(expected);
  });
});
