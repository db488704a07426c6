import { aCase, at, bookOf, OFFICE_2026 } from '../testing/builders';
import type { CaseBuilder } from '../testing/builders';
import { whatIf } from './what-if';

const STEPS = { review: { name: '审核', limit: '3wd' }, approve: { limit: '1wd' } };
const BOOK = bookOf({
  A: { name: '事项', promise: '5wd', delivery: 'none', steps: STEPS },
  B: { name: '另一事项', promise: '5wd' },
});
const [since, until] = [at('2026-09-01'), at('2026-09-30 23:59:59.999')];
const map = (...cases: CaseBuilder[]) =>
  new Map(cases.map(({ caseNo, events }) => [caseNo, events] as const));
const ask = (promise: string, ...cases: CaseBuilder[]) =>
  whatIf(map(...cases), BOOK, 'A', promise, since, until);
/** Accepted on Monday 14 September 2026: 5wd are due on Sunday the 20th, which is worked, 2wd on Wednesday the 16th. */
const reviewed = (caseNo: string, reviewedAt: string, decidedAt: string): CaseBuilder =>
  aCase('A', caseNo)
    .accepted('2026-09-14 10:00')
    .stepStarted('review', '2026-09-14 10:00')
    .stepFinished('review', reviewedAt)
    .stepStarted('approve', reviewedAt)
    .stepFinished('approve', decidedAt)
    .decided(decidedAt);
const HOUR = 3_600_000;
const quick = reviewed('quick', '2026-09-14 15:00', '2026-09-15 10:00');
/** 6.5 h a day: two hours over 2wd. */
const slow = reviewed('slow', '2026-09-16 16:00', '2026-09-17 11:00');

describe('another promise', () => {
  it('shows how many cases are red today and how many would be, and which would change', () => {
    const { cases, red, changed } = ask('2wd', quick, slow);
    expect({ cases, red }).toEqual({ cases: 2, red: { before: 0, after: 1 } });
    // The quick one would have been yellow on its last morning.
    expect(changed.map(({ caseNo }) => caseNo)).toEqual(['quick', 'slow']);
  });

  it('shows on which weekdays cases fall due', () => {
    const { before, after } = ask('2wd', quick, slow).dueByWeekday;
    expect(before).toEqual([0, 0, 0, 0, 0, 0, 2]);
    expect(after).toEqual([0, 0, 2, 0, 0, 0, 0]);
  });

  it('counts no weekday for a case that is held', () => {
    const held = aCase('A', 'held').accepted('2026-09-14 10:00').suspended('2026-09-15 10:00');
    expect(ask('2wd', held).dueByWeekday.after).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  it('shows the working time of each step on the critical path, the longest first', () => {
    const { steps } = ask('2wd', quick, slow);
    const review = {
      step: 'review',
      name: '审核',
      cases: 2,
      totalMs: 21 * HOUR,
      medianMs: 3.5 * HOUR,
      ninetiethMs: 17.5 * HOUR,
    };
    expect(steps).toEqual([
      review,
      { step: 'approve', name: null, cases: 2, totalMs: 6 * HOUR, medianMs: 3 * HOUR, ninetiethMs: 3 * HOUR },
    ]);
  });

  it('takes for the longest the step that most working time goes into, not that of one case that stood still', () => {
    const odd = aCase('A', 'odd')
      .accepted('2026-09-14 10:00')
      .stepStarted('other', '2026-09-14 10:00')
      .stepFinished('other', '2026-09-18 16:00')
      .decided('2026-09-18 16:00');
    const [first, second] = ask(
      '2wd',
      odd,
      slow,
      reviewed('slow too', '2026-09-16 16:00', '2026-09-17 11:00'),
    ).steps;
    expect([first?.step, second?.step]).toEqual(['review', 'other']);
  });

  it('says by how much the longest step must shrink for nine cases in ten to keep it', () => {
    expect(ask('2wd', quick, slow).longest).toEqual({ step: 'review', name: '审核', shorterMs: 2 * HOUR });
    expect(ask('5wd', quick, slow).longest?.shorterMs).toBe(0);
  });

  it('says when shrinking that step is not enough', () => {
    const waited = reviewed('waited', '2026-09-14 11:00', '2026-09-14 11:30');
    waited.events.pop();
    expect(ask('0wd', waited.decided('2026-09-21 10:00')).longest).toMatchObject({ shorterMs: null });
  });

  it('takes a case decided on a day off after the promise as late', () => {
    const weekend = reviewed('weekend', '2026-09-17 16:00', '2026-09-19 10:00');
    expect(ask('4wd', weekend).longest?.shorterMs).toBe(1);
  });

  it('finds the shortest promise that nine cases in ten keep', () => {
    expect(ask('2wd', quick, slow).shortest).toMatchObject({ days: 3, cases: 2, late: 0 });
  });

  it('leaves out other items, cases closed before, and what happened later', () => {
    const other = aCase('B', 'other').accepted('2026-09-14 10:00').decided('2026-09-15 10:00');
    const old = aCase('A', 'old').accepted('2026-08-03 10:00').decided('2026-08-04 10:00');
    const later = aCase('A', 'later').accepted('2026-10-09 10:00');
    expect(ask('2wd', other, old, later)).toMatchObject({ cases: 0, steps: [], longest: null });
  });

  it('of an open case says nothing of its steps', () => {
    expect(
      ask('2wd', aCase('A').accepted('2026-09-14 10:00').stepStarted('review', '2026-09-14 11:00')).steps,
    ).toEqual([]);
  });

  it('keeps the lights of the promise as they are written', () => {
    const never = bookOf(
      { A: { name: '事项', promise: { limit: '5wd', redAfter: 'never' } } },
      {},
      OFFICE_2026,
    );
    expect(whatIf(map(slow), never, 'A', '2wd', since, until).red).toEqual({ before: 0, after: 0 });
  });

  it('is asked for an item that the ruleset has', () => {
    expect(() => whatIf(map(quick), BOOK, 'C', '2wd', since, until)).toThrow('has item "C"');
  });

  it('lists steps of one length in order of their codes, waiting first', () => {
    const even = aCase('A', 'even')
      .accepted('2026-09-14 10:00')
      .stepStarted('review', '2026-09-14 10:00')
      .stepFinished('review', '2026-09-14 11:00')
      .stepStarted('approve', '2026-09-14 13:30')
      .stepFinished('approve', '2026-09-14 14:30')
      .decided('2026-09-14 14:30');
    expect(ask('2wd', even).steps.map(({ step }) => step)).toEqual([null, 'approve', 'review']);
  });

  it('can be asked of an item that has none today', () => {
    const book = bookOf({ A: { name: '事项', promise: 'none', delivery: 'none' } });
    const { red } = whatIf(map(slow), book, 'A', '2wd', since, until);
    expect(red).toEqual({ before: 0, after: 1 });
  });
});
