import { judgeCase } from '../index';
import type { CaseBuilder } from '../testing/builders';
import { aCase, bookOf } from '../testing/builders';

/** What these specs guarantee: steps are held against those that they come after, and against no others. */
const BOOK = bookOf({
  parallel: {
    name: '并联审批',
    promise: 'none',
    steps: {
      planning: { after: [] },
      fire: { after: [] },
      merge: { after: ['planning', 'fire'] },
      // Comes after `merge`, the step written before it.
      print: {},
    },
  },
  circle: { name: '次序成环', promise: 'none', steps: { a: { after: ['b'] }, b: { after: ['a'] }, c: {} } },
});

function found(item: string, ...begun: string[]): string[] {
  const theCase = begun.reduce<CaseBuilder>(
    (made, step, index) => made.stepStarted(step, `2026-09-14 1${index}:00`),
    aCase(item).accepted('2026-09-14 09:00'),
  );
  return judgeCase('C-1', theCase.events, BOOK).findings.map(({ ref }) => ref);
}

describe('steps with an order of their own', () => {
  it('begin beside each other in any order', () => {
    expect(found('parallel', 'fire', 'planning', 'merge', 'print')).toEqual([]);
    expect(found('parallel', 'fire')).toEqual([]);
  });

  it('are skipped when one that comes after them, directly or not, has begun', () => {
    expect(found('parallel', 'fire', 'merge')).toEqual(['step-skipped:planning']);
    expect(found('parallel', 'print')).toEqual([
      'step-skipped:fire',
      'step-skipped:merge',
      'step-skipped:planning',
    ]);
  });

  it('are out of order when they begin after it', () => {
    expect(found('parallel', 'fire', 'merge', 'planning')).toEqual(['step-out-of-order:planning']);
  });

  it('that come after each other in a circle come after none of it', () => {
    expect(found('circle', 'a')).toEqual([]);
    expect(found('circle', 'c')).toEqual(['step-skipped:a', 'step-skipped:b']);
  });
});
