import { OFFICE_2026 } from '../testing/builders';
import { life, specOf } from '../testing/clock-life';
import { trackClock } from './track-clock';

/** Office hours 09:00–12:00 and 13:30–17:00; the clocks start on Monday 14 September 2026 at 10:00. */
describe('a clock with a due instant that the case carries', () => {
  const carried = '2026-09-16 15:00';

  it('is over after it, to the millisecond', () => {
    expect(life({ carried })).toEqual([
      '09-14 10:00 green running due 09-16 15:00 by event',
      '09-16 15:00:00.001 red overdue due 09-16 15:00 by time',
    ]);
    expect(trackClock(specOf({ carried }), OFFICE_2026, [])).toMatchObject({
      limit: 'carried',
      provisional: false,
    });
  });

  it('moves by whole working days, at its own time of day, held or extended, in order of start', () => {
    const pauses: [string, string][] = [['2026-09-15 16:00', '2026-09-16 09:00']];
    expect(life({ carried, pauses }).at(-1)).toContain('due 09-17 15:00');
    expect(life({ carried, pauses: [['2026-09-15 09:00', '2026-09-15 16:00']] }).at(-1)).toContain(
      'due 09-16 15:00',
    );
    expect(life({ carried, extensions: [['2026-09-15 10:00', 3]] }).at(-1)).toContain('due 09-20 15:00');
    expect(life({ carried, pauses, extensions: [['2026-09-14 11:00', 1]] }).at(-1)).toContain(
      'due 09-18 15:00',
    );
  });

  it('on a closed day stays there where no working day moves it', () => {
    const onSaturday = '2026-09-19 15:00';
    for (const more of [
      { pauses: [['2026-09-15 09:00', '2026-09-15 16:00']] as [string, string][] },
      { extensions: [['2026-09-15 10:00', 0]] as [string, number][] },
    ])
      expect(life({ carried: onSaturday, ...more }).at(-1)).toContain('due 09-19 15:00');
    expect(life({ carried: onSaturday, extensions: [['2026-09-15 10:00', 1]] }).at(-1)).toContain(
      'due 09-20 15:00',
    );
  });

  it('has shares of the clock time between its start and that instant', () => {
    // 53 hours from Monday 10:00 to Wednesday 15:00: half of them are left from Tuesday 12:30.
    expect(life({ carried, yellow: [50] })[1]).toBe('09-15 12:30 yellow running due 09-16 15:00 by time');
    expect(life({ carried, yellow: ['1wd'] })[1]).toBe('09-15 15:00 yellow running due 09-16 15:00 by time');
  });
});

describe('the thresholds of a clock', () => {
  const yellowOf = (limit: string, yellow: (string | number)[]): string =>
    life({ limit, yellow })
      .find((line) => line.includes('yellow'))
      ?.slice(0, 11) ?? 'never';

  it.each<[string, (string | number)[], string]>([
    ['7wd', ['1wd'], '09-21 00:00'],
    ['7wd', ['1wd', '2wd'], '09-20 00:00'],
    ['7wd', ['2wd', '1wd'], '09-20 00:00'],
    ['7wd', [20], '09-21 00:00'],
    ['7wd', [29], '09-20 00:00'],
    ['4wd', [20], 'never'],
    ['7wd', ['4wh'], '09-22 11:30'],
    ['7wd@time', ['1wd'], '09-21 10:00'],
    ['7wd@time', [20], '09-21 10:00'],
    ['10d!', ['3d'], '09-21 00:00'],
    ['10d!@time', ['3d'], '09-21 10:00'],
    ['8wh', ['1wd'], '09-14 11:30'],
    ['8wh', [50], '09-14 15:30'],
    ['48h', [25], '09-15 22:00'],
    ['48h', ['1d'], '09-15 10:00'],
  ])('%s with %j turns yellow at %s', (limit, yellow, expected) => {
    expect(yellowOf(limit, yellow)).toBe(expected);
  });

  it.each([
    ['2wd', '1wd', '09-18 00:00'],
    ['2wd', '4wh', '09-17 14:30'],
    ['2wd@time', '1wd', '09-17 10:00'],
    ['8wh', '1wd', '09-16 11:30'],
    ['48h', '1d', '09-17 10:00'],
    ['2wd', '0wh', '09-17 00:00'],
  ])('%s is red %s after, from %s', (limit, red, expected) => {
    expect(life({ limit, red }).at(-1)!.slice(0, 11)).toBe(expected);
  });
});
