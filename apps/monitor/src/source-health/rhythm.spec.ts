import { OFFICE_2026 } from '../../../../libs/rules/src/testing/builders';
import { SLOT_MS } from '../judge/arrivals-of';
import { LEARNED_DAYS, Rhythm } from './rhythm';

const at = (text: string): number => Date.parse(`${text}:00+08:00`);
/** The start of a slot on each working day from one date to another. */
function everyWorkingDay(from: string, to: string, ...times: string[]): number[] {
  const slots: number[] = [];
  for (let day = OFFICE_2026.dayOf(at(`${from}T00:00`)); day <= OFFICE_2026.dayOf(at(`${to}T00:00`)); day++)
    if (OFFICE_2026.isWorkingDay(day))
      for (const time of times)
        slots.push(OFFICE_2026.startOfDay(day) + (at(`2026-01-01T${time}`) - at('2026-01-01T00:00')));
  return slots;
}
const ALL_DAY = Array.from({ length: 26 }, (_, n) => {
  const minutes = n < 12 ? 9 * 60 + 15 * n : 13 * 60 + 30 + 15 * (n - 12);
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
});

describe('the rhythm of a source', () => {
  const now = at('2026-09-16T10:00');
  const busy = Rhythm.learn(everyWorkingDay('2026-08-03', '2026-09-15', ...ALL_DAY), OFFICE_2026, now);

  it('is learned from the last twenty working days', () => {
    expect(busy).toMatchObject({ days: LEARNED_DAYS, isLearned: true });
  });

  it('is not known before five working days have passed', () => {
    const young = Rhythm.learn(everyWorkingDay('2026-09-10', '2026-09-15', '09:00'), OFFICE_2026, now);
    expect(young).toMatchObject({ days: 3, isLearned: false });
    expect(Rhythm.learn([], OFFICE_2026, now)).toMatchObject({ days: 0, isLearned: false });
  });

  it('of a busy source makes three empty quarters of an hour hard to believe, and one easy', () => {
    const lastSign = at('2026-09-16T09:16');
    const after = (slots: number): number =>
      busy.chanceOfSilence(lastSign, at('2026-09-16T09:30') + slots * SLOT_MS, OFFICE_2026);
    expect(after(0)).toBe(1);
    expect(after(1)).toBeCloseTo(0.5 / 21);
    expect(after(3)).toBeCloseTo((0.5 / 21) ** 3);
  });

  it('expects nothing at lunch, at night, at weekends and on holidays', () => {
    expect(busy.chanceOfSilence(at('2026-09-16T11:50'), at('2026-09-16T13:30'), OFFICE_2026)).toBe(1);
    expect(busy.chanceOfSilence(at('2026-09-16T16:50'), at('2026-09-17T09:00'), OFFICE_2026)).toBe(1);
    expect(busy.chanceOfSilence(at('2026-09-30T16:50'), at('2026-10-08T09:00'), OFFICE_2026)).toBe(1);
  });

  it('of a source that uploads once a day makes the rest of the day prove little', () => {
    const daily = Rhythm.learn(everyWorkingDay('2026-08-03', '2026-09-15', '16:30'), OFFICE_2026, now);
    const lastSign = at('2026-09-15T16:40');
    expect(daily.chanceOfSilence(lastSign, at('2026-09-16T16:30'), OFFICE_2026)).toBeGreaterThan(0.5);
    expect(daily.chanceOfSilence(lastSign, at('2026-09-16T16:45'), OFFICE_2026)).toBeLessThan(0.02);
    expect(daily.chanceOfSilence(lastSign, at('2026-09-18T16:45'), OFFICE_2026)).toBeLessThan(1e-4);
  });

  it('counts make-up days as the working days that they are', () => {
    // 2026-09-20 is a Sunday that is worked.
    const until = at('2026-09-20T10:00');
    expect(busy.chanceOfSilence(at('2026-09-18T16:50'), until, OFFICE_2026)).toBeLessThan(1e-4);
  });
});
