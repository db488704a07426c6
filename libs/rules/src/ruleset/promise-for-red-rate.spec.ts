import { RuleBook } from './rule-book';
import { aCase, at, bookOf, OFFICE_2026, rulesetOf } from '../testing/builders';
import type { CaseBuilder } from '../testing/builders';
import { promiseForRedRate } from './promise-for-red-rate';

const map = (...cases: CaseBuilder[]) =>
  new Map(cases.map(({ caseNo, events }) => [caseNo, events] as const));
const until = at('2026-10-31');
const decided = (item: string, when: string, caseNo = 'C-1'): CaseBuilder =>
  aCase(item, caseNo).accepted('2026-09-14 10:00').decided(when);

describe('the shortest promise', () => {
  it('leaves out a case whose promise nobody can measure', () => {
    const book = bookOf({ A: { name: '事项', promise: '7wd' } });
    const backwards = aCase('A', 'C-2').accepted('2026-09-16 10:00').decided('2026-09-14 10:00');
    expect(promiseForRedRate(map(decided('A', '2026-09-15 10:00'), backwards), book, 'A', 0, until)).toEqual({
      days: 1,
      cases: 1,
      late: 0,
      open: 0,
    });
  });

  it('is found for a promise with lights of its own, and in every version that has the item', () => {
    const document = (version: string, inForceFrom: string, items: Record<string, unknown>) => ({
      ...rulesetOf(items),
      version,
      inForceFrom,
    });
    const book = new RuleBook(
      [
        document('1', '2018-01-01', { B: { name: '另一事项', promise: '3wd' } }),
        document('2', '2026-09-01', { A: { name: '事项', promise: { limit: '7wd', redAfter: '1wd' } } }),
      ],
      new Map([['office', OFFICE_2026]]),
    );
    expect(promiseForRedRate(map(decided('A', '2026-09-16 10:00')), book, 'A', 0, until)).toMatchObject({
      days: 2,
      late: 0,
    });
  });
});
