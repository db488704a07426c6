import { aCase, at, bookOf } from '../testing/builders';
import type { CaseBuilder } from '../testing/builders';
import { suspensionStatistics } from './suspension-statistics';

const BOOK = bookOf({
  A: { name: '事项', promise: '10wh', department: 'housing' },
  B: { name: '事项', promise: '10wh', department: 'tax' },
});
const until = at('2026-09-30');
const map = (...cases: CaseBuilder[]) =>
  new Map(cases.map(({ caseNo, events }) => [caseNo, events] as const));
const accepted = (item: string, caseNo: string): CaseBuilder =>
  aCase(item, caseNo).accepted('2026-09-14 10:00');
const plain = (item: string, caseNo: string): CaseBuilder =>
  accepted(item, caseNo).decided('2026-09-15 10:00');
/** 1.5 of 6.5 working hours, 23 %. */
const held = (item: string, caseNo: string): CaseBuilder =>
  accepted(item, caseNo)
    .suspended('2026-09-14 14:00')
    .resumed('2026-09-14 15:30')
    .decided('2026-09-15 10:00');
/** From one hour before the promise runs out: 6 of 16 working hours. */
const late = (item: string, caseNo: string): CaseBuilder =>
  accepted(item, caseNo)
    .suspended('2026-09-15 14:00')
    .resumed('2026-09-16 13:30')
    .decided('2026-09-16 14:30');

describe('suspensions by department', () => {
  it('are shares of the cases decided, the worst department first', () => {
    const cases = map(plain('A', '1'), held('A', '2'), plain('B', '3'), late('B', '4'));
    const [tax, housing, ...others] = suspensionStatistics(cases, BOOK, until);
    expect(others).toEqual([]);
    expect(tax).toMatchObject({ department: 'tax', decided: 2, suspendedShare: 0.5, lateShare: 0.5 });
    expect(housing).toMatchObject({
      department: 'housing',
      suspendedShare: 0.5,
      lateShare: 0,
      extendedShare: 0,
    });
    expect(housing?.medianLife).toBeCloseTo(1.5 / 6.5, 6);
  });

  it('give the share of life of the suspended cases alone: the median, and what 90 % do not exceed', () => {
    const cases = map(plain('A', '1'), held('A', '2'), held('A', '3'), late('A', '4'));
    const [housing] = suspensionStatistics(cases, BOOK, until);
    expect(housing?.medianLife).toBeCloseTo(1.5 / 6.5, 6);
    expect(housing?.ninetiethLife).toBe(6 / 16);
    expect(suspensionStatistics(map(plain('A', '1')), BOOK, until)[0]).toMatchObject({
      medianLife: null,
      ninetiethLife: null,
    });
  });

  it('count a case that was extended', () => {
    const extension = { days: 1, approver: '王局长', notice: '延期告知 1 号' };
    const extended = accepted('A', '1').extended('2026-09-14 11:00', extension).decided('2026-09-15 10:00');
    expect(suspensionStatistics(map(extended, plain('A', '2')), BOOK, until)[0]?.extendedShare).toBe(0.5);
  });

  it('leave out what is open, what ended without a decision, and what was decided at another time', () => {
    const withdrawn = held('A', '2').event('case.withdrawn', '2026-09-14 16:00');
    const cases = map(accepted('A', '1'), withdrawn, plain('A', '3'));
    expect(suspensionStatistics(cases, BOOK, until)[0]?.decided).toBe(1);
    expect(suspensionStatistics(cases, BOOK, at('2026-09-15 09:59'))).toEqual([]);
    expect(suspensionStatistics(cases, BOOK, until, at('2026-09-15 10:01'))).toEqual([]);
    expect(suspensionStatistics(cases, BOOK, until, at('2026-09-15 10:00'))).toHaveLength(1);
  });

  it('put departments that are alike in order of their codes', () => {
    const cases = map(plain('B', '1'), plain('A', '2'));
    const codes = suspensionStatistics(cases, BOOK, until).map(({ department }) => department);
    expect(codes).toEqual(['housing', 'tax']);
  });
});
