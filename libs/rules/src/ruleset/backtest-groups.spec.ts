import { aCase, at, bookOf } from '../testing/builders';
import { backtest } from './backtest';

describe('the groups of a back-test', () => {
  const item = (department?: string) => ({ name: '事项', promise: '7wd', delivery: 'none', department });
  const book = bookOf({ A: item('housing'), B: item('market'), C: item() });
  const cases = ['B', 'C', 'A', 'unheard-of'].map((code) =>
    aCase(code, `case-${code}`).accepted('2026-09-14 10:00'),
  );
  const result = backtest(
    new Map(cases.map(({ caseNo, events }) => [caseNo, events])),
    book,
    book,
    at('2026-09-01'),
    at('2026-09-30'),
  );

  it('come in order of their code, what has none first', () => {
    expect(result.byDepartment.map(({ code, cases: count }) => [code, count])).toEqual([
      [null, 2],
      ['housing', 1],
      ['market', 1],
    ]);
    expect(result.byItem.map(({ code }) => code)).toEqual(['A', 'B', 'C', 'unheard-of']);
    expect(result.total.cases).toBe(4);
  });
});
