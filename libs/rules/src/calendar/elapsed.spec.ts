import { at, OFFICE_2026 } from '../testing/builders';
import { elapsed } from './elapsed';

const HOUR = 3_600_000;
type Stretch = [from: string, to: string | null];

function between(from: string, to: string, ...pauses: Stretch[]): { hours: number; days: number } {
  const { workingMs, workingDays } = elapsed(
    OFFICE_2026,
    at(from),
    at(to),
    pauses.map(([a, b]) => ({ from: at(a), to: b === null ? null : at(b) })),
  );
  return { hours: workingMs / HOUR, days: workingDays };
}

/** Office hours 09:00–12:00 and 13:30–17:00, Monday to Friday: 14 September 2026 is a Monday. */
describe('what has elapsed', () => {
  it.each<[string, string, string, Stretch[], { hours: number; days: number }]>([
    ['a day', '2026-09-14 09:00', '2026-09-15 09:00', [], { hours: 6.5, days: 1 }],
    ['nothing', '2026-09-14 10:00', '2026-09-14 10:00', [], { hours: 0, days: 0 }],
    [
      'backwards: no time, and days below zero',
      '2026-09-16 10:00',
      '2026-09-14 10:00',
      [],
      { hours: 0, days: -2 },
    ],
    [
      'without a suspension',
      '2026-09-14 09:00',
      '2026-09-17 09:00',
      [['2026-09-15 10:00', '2026-09-16 10:00']],
      { hours: 13, days: 2 },
    ],
    [
      'without what two suspensions cover once',
      '2026-09-14 09:00',
      '2026-09-18 09:00',
      [
        ['2026-09-15 10:00', '2026-09-16 10:00'],
        ['2026-09-15 12:00', '2026-09-17 10:00'],
      ],
      { hours: 13, days: 2 },
    ],
    [
      'with a suspension still open: it lasts to the end',
      '2026-09-14 09:00',
      '2026-09-17 09:00',
      [['2026-09-15 09:00', null]],
      { hours: 6.5, days: 1 },
    ],
    [
      'only what of a suspension lies within',
      '2026-09-14 09:00',
      '2026-09-15 17:00',
      [['2026-09-10 09:00', '2026-09-14 10:00']],
      { hours: 12, days: 1 },
    ],
    [
      'only what of a suspension lies within, at the end too',
      '2026-09-14 09:00',
      '2026-09-15 17:00',
      [['2026-09-15 16:00', '2026-09-17 10:00']],
      { hours: 12, days: 1 },
    ],
    [
      'with suspensions before and after',
      '2026-09-14 09:00',
      '2026-09-15 09:00',
      [
        ['2026-09-09 09:00', '2026-09-11 09:00'],
        ['2026-09-16 09:00', '2026-09-17 09:00'],
      ],
      { hours: 6.5, days: 1 },
    ],
    [
      'with a suspension that ended at the start',
      '2026-09-14 09:00',
      '2026-09-15 09:00',
      [['2026-09-10 09:00', '2026-09-14 09:00']],
      { hours: 6.5, days: 1 },
    ],
  ])('is counted: %s', (_what, from, to, pauses, expected) => {
    expect(between(from, to, ...pauses)).toEqual(expected);
  });

  it('without any suspension where none is given', () => {
    expect(elapsed(OFFICE_2026, at('2026-09-14 09:00'), at('2026-09-15 09:00'))).toEqual({
      workingMs: 6.5 * HOUR,
      workingDays: 1,
    });
  });
});
