import { judgeCase } from '../index';
import { aCase, at, bookOf } from '../testing/builders';
import { findingInChinese } from './finding-in-chinese';

const BOOK = bookOf({ A: { name: '事项', promise: '20wd' } });

function repeated(first: string, second: string): number {
  const { events } = aCase('A')
    .accepted('2026-09-14 10:00')
    .suspended('2026-09-15 10:00', { ground: first })
    .resumed('2026-09-16 10:00')
    .suspended('2026-09-17 10:00', { ground: second })
    .resumed('2026-09-18 10:00');
  return judgeCase('C-1', events, BOOK).findings.filter(
    ({ code, at: found }) => code === 'SUS-3' && found === at('2026-09-17 10:00'),
  ).length;
}

describe('a ground that is none of the law', () => {
  it.each([
    ['现场勘查', '现场勘查', 1],
    ['现场勘查', ' 现场勘查 ', 1],
    ['现场勘查', '领导出差', 0],
    ['现场勘查', '鉴定', 0],
    ['鉴定', '现场勘查', 0],
  ])('%s and then %s: suspended again on it %d times', (first, second, times) => {
    expect(repeated(first, second)).toBe(times);
  });
});

describe('a finding that has no text of its own', () => {
  it('is shown by its kind, or by its code where it has none', () => {
    expect(findingInChinese({ code: 'NEW-1', detail: { kind: 'not-yet-named' } })).toBe('not-yet-named');
    expect(findingInChinese({ code: 'NEW-1', detail: {} })).toBe('NEW-1');
  });
});
