import fc from 'fast-check';
import type { TimelineEvent } from '@mingjian/contracts';
import { dueAt, parseLimit } from '../calendar';
import { aCase, at, bookOf, OFFICE_2026 } from '../testing/builders';
import type { CaseBuilder } from '../testing/builders';
import { promiseForRedRate } from './promise-for-red-rate';

const book = bookOf({ A: { name: '事项', promise: '7wd' }, B: { name: '另一事项', promise: '7wd' } });
const until = at('2026-10-31');

function timelines(...cases: CaseBuilder[]): Map<string, TimelineEvent[]> {
  return new Map(cases.map(({ caseNo, events }) => [caseNo, events]));
}

/* Accepted on 14 September 2026, decided on these days: 1, 2, 3 and 7 working days later. */
const DECIDED = ['2026-09-15 10:00', '2026-09-16 10:00', '2026-09-17 10:00', '2026-09-22 10:00'];
const four = DECIDED.map((when, index) =>
  aCase('A', `A-${index}`).accepted('2026-09-14 10:00').decided(when),
);

describe('the shortest promise for a share of late cases', () => {
  it.each([
    [0, 7, 0],
    [0.24, 7, 0],
    [0.25, 3, 1],
    [0.5, 2, 2],
    [0.75, 1, 3],
    [1, 0, 4],
  ])('at %f late of four cases is %i working days, %i of them late', (rate, days, late) => {
    expect(promiseForRedRate(timelines(...four), book, 'A', rate, until)).toEqual({
      days,
      late,
      cases: 4,
      open: 0,
    });
  });

  it('takes suspensions out, as judging does', () => {
    // 16, 17 and 18 September are taken out: decided on the 4th counted working day, 22 September.
    const held = aCase('A').accepted('2026-09-14 10:00');
    held.suspended('2026-09-15 09:00').resumed('2026-09-18 09:00').decided('2026-09-22 10:00');
    expect(promiseForRedRate(timelines(held), book, 'A', 0, until).days).toBe(4);
  });

  it('counts an open case as late once the promise has run out', () => {
    // At the end of 18 September the 4th working day after acceptance is just over.
    const open = aCase('A').accepted('2026-09-14 10:00');
    const answer = promiseForRedRate(timelines(open), book, 'A', 0, at('2026-09-18 23:59:59.999'));
    expect(answer).toEqual({ days: 4, cases: 1, late: 0, open: 1 });
  });

  it('has no answer where even a year is not enough', () => {
    const old = aCase('A').accepted('2024-01-02 10:00');
    expect(promiseForRedRate(timelines(old), book, 'A', 0, until)).toMatchObject({ days: null, late: 1 });
  });

  it('leaves other items alone', () => {
    const other = aCase('B', 'B').accepted('2026-09-14 10:00').decided('2026-10-30 10:00');
    expect(promiseForRedRate(timelines(...four, other), book, 'A', 0, until)).toMatchObject({
      cases: 4,
      days: 7,
    });
  });

  it('refuses a rate that is none, and an item that nobody knows', () => {
    expect(() => promiseForRedRate(new Map(), book, 'A', 5, until)).toThrow('between 0 and 1');
    expect(() => promiseForRedRate(new Map(), book, 'Z', 0, until)).toThrow(
      'no version of ruleset test has item "Z"',
    );
  });

  it('keeps to the rate, and one day less would not, counted one by one', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 8 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (daysTaken, rate) => {
          const decidedAt = daysTaken.map((days) => at('2026-09-14 11:00') + days * 86_400_000);
          const cases = timelines(
            ...decidedAt.map((when, index) =>
              aCase('A', `${index}`)
                .accepted('2026-09-14 10:00')
                .event('case.decided', when, { result: 'granted' }),
            ),
          );
          const { days, late } = promiseForRedRate(cases, book, 'A', rate, until);
          const lateUnder = (promise: number): number =>
            decidedAt.filter(
              (when) => when > dueAt(OFFICE_2026, parseLimit(`${promise}wd`), at('2026-09-14 10:00')).dueAt!,
            ).length;
          expect(late).toBe(lateUnder(days!));
          expect(late).toBeLessThanOrEqual(rate * daysTaken.length);
          if (days! > 0) expect(lateUnder(days! - 1)).toBeGreaterThan(rate * daysTaken.length);
        },
      ),
      { numRuns: 40 },
    );
  });
});
