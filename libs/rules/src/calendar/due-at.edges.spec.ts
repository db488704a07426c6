import { at, OFFICE_2026 } from '../testing/builders';
import { dueAt, dueBefore, movedBy } from './due-at';
import { parseLimit } from './limit';
import { formatInstant } from './parse-instant';

type Stretch = [from: string, to: string];
const show = (instant: number | null): string =>
  formatInstant(instant!, OFFICE_2026.zone).slice(0, 16).replace('T', ' ');
const held = (pauses: Stretch[]) => pauses.map(([a, b]) => ({ from: at(a), to: at(b) }));

/** Office hours 09:00–12:00 and 13:30–17:00; 14 September 2026 is a Monday, Sunday the 20th is worked. */
describe('a suspension at the edge of a limit', () => {
  const due = (limit: string, from: string, ...pauses: Stretch[]): string =>
    show(dueAt(OFFICE_2026, parseLimit(limit), at(from), held(pauses)).dueAt);

  it('that begins at the last instant in time counts, a minute later it does not', () => {
    expect(due('8wh', '2026-09-14 10:00', ['2026-09-15 11:30', '2026-09-15 12:00'])).toBe('2026-09-15 12:00');
    expect(due('8wh', '2026-09-14 10:00', ['2026-09-15 11:31', '2026-09-15 12:00'])).toBe('2026-09-15 11:30');
    expect(due('24h', '2026-09-14 10:00', ['2026-09-15 10:00', '2026-09-15 11:00'])).toBe('2026-09-15 11:00');
  });

  it.each([
    ['48h', '2026-09-16 10:00'],
    ['10d!@time', '2026-09-24 10:00'],
    ['3wd@time', '2026-09-17 10:00'],
    ['8wh', '2026-09-15 11:30'],
  ])('that was over before the start takes nothing out of %s', (limit, expected) => {
    expect(due(limit, '2026-09-14 10:00', ['2026-09-09 10:00', '2026-09-11 10:00'])).toBe(expected);
    expect(due(limit, '2026-09-14 10:00', ['2026-09-09 10:00', '2026-09-14 10:00'])).toBe(expected);
  });

  it('that covers no working time leaves a due instant at closing where it is', () => {
    expect(due('180wm', '2026-09-14 09:00', ['2026-09-14 12:00', '2026-09-14 13:00'])).toBe(
      '2026-09-14 12:00',
    );
    expect(due('390wm', '2026-09-14 09:00', ['2026-09-14 12:00', '2026-09-14 13:30'])).toBe(
      '2026-09-14 17:00',
    );
  });

  it('moves a due instant that is known by what it covers', () => {
    const pause = { from: at('2026-09-14 11:00'), to: at('2026-09-14 14:00') };
    const move = (limit: string): string =>
      show(movedBy(OFFICE_2026, parseLimit(limit), at('2026-09-15 10:00'), pause));
    expect(move('8wh')).toBe('2026-09-15 11:30');
    expect(move('24h')).toBe('2026-09-15 13:00');
  });
});

describe('a suspension at the edge of a limit, counted back', () => {
  const back = (limit: string, to: string, ...pauses: Stretch[]): string =>
    show(dueBefore(OFFICE_2026, parseLimit(limit), at(to), held(pauses)).dueAt);

  it('is held against what the later ones gave, in whatever order they are given', () => {
    const pauses: Stretch[] = [
      ['2026-09-11 10:00', '2026-09-14 10:00'],
      ['2026-09-16 10:00', '2026-09-17 15:00'],
    ];
    expect(back('3wd', '2026-09-18 10:00', ...pauses)).toBe('2026-09-11 00:00');
    expect(back('3wd', '2026-09-18 10:00', ...[...pauses].reverse())).toBe('2026-09-11 00:00');
    expect(back('3wd', '2026-09-18 10:00', pauses[0]!)).toBe('2026-09-15 00:00');
  });

  it.each([
    ['48h', '2026-09-16 10:00'],
    ['3d!@time', '2026-09-15 10:00'],
    ['3wd@time', '2026-09-15 10:00'],
  ])('after the end takes nothing out of %s', (limit, expected) => {
    expect(back(limit, '2026-09-18 10:00', ['2026-09-20 10:00', '2026-09-22 10:00'])).toBe(expected);
  });

  it('that covers no working time leaves a beginning at opening where it is', () => {
    expect(back('210wm', '2026-09-14 17:00', ['2026-09-14 12:30', '2026-09-14 13:30'])).toBe(
      '2026-09-14 13:30',
    );
  });
});
