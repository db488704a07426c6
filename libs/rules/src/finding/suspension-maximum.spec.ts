import { judgeCase, verdictAt } from '../index';
import { aCase, at, bookOf } from '../testing/builders';
import type { CaseBuilder } from '../testing/builders';
import { findingInChinese } from './finding-in-chinese';

const ITEMS = { A: { name: '事项', promise: '20wd' } };
const BOOK = bookOf(ITEMS, { suspensionMaxDays: { 听证: 3 } });
/** From Tuesday 15 September 2026; three working days are 16, 17 and 18 September. */
const suspended = (ground = '听证'): CaseBuilder =>
  aCase('A').accepted('2026-09-14 10:00').suspended('2026-09-15 10:00', { ground });
const overMaximum = ({ events }: CaseBuilder, book = BOOK) =>
  judgeCase('C-1', events, book).findings.filter(({ code }) => code === 'SUS-2');

describe('a suspension against the maximum of its ground', () => {
  it('is over it at the instant after its last day, with ground, day and maximum as evidence', () => {
    const [finding, ...others] = overMaximum(suspended('举行听证').resumed('2026-09-21 10:00'));
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      severity: 'serious',
      at: at('2026-09-19'),
      detail: {
        kind: 'suspended-beyond-maximum',
        ground: '听证',
        days: 4,
        allowedDays: 3,
        daysApplied: null,
      },
    });
    expect(findingInChinese(finding!)).toBe(
      '停止计时超过该事由允许的最长天数（天数 4，允许天数 3，事由 听证）',
    );
  });

  it('is within it up to the last instant of that day', () => {
    expect(overMaximum(suspended().resumed('2026-09-18 23:59:59.999'))).toEqual([]);
    expect(overMaximum(suspended().resumed('2026-09-19 00:00'))).toHaveLength(1);
  });

  it('is going to be over it while it is open, and a verdict shows that only then', () => {
    const tracks = judgeCase('C-1', suspended().events, BOOK);
    const before = verdictAt(tracks, at('2026-09-18 23:59:59.999'));
    expect(before.findings.filter(({ code }) => code === 'SUS-2')).toEqual([]);
    expect(before.nextChangeAt).toBe(at('2026-09-19'));
    expect(verdictAt(tracks, at('2026-09-19')).findings.map(({ code }) => code)).toContain('SUS-2');
  });

  it('finds the same whether it has ended since or not', () => {
    expect(overMaximum(suspended())).toEqual(overMaximum(suspended().resumed('2026-09-30 10:00')));
  });

  it('lasts to the end of its case at most', () => {
    expect(overMaximum(suspended().decided('2026-09-18 10:00'))).toEqual([]);
    expect(overMaximum(suspended().decided('2026-09-21 10:00'))).toHaveLength(1);
  });

  it('does not count where it begins after the end of the case', () => {
    const late = aCase('A').accepted('2026-09-14 10:00').decided('2026-09-14 15:00');
    expect(overMaximum(late.suspended('2026-09-15 10:00', { ground: '听证' }))).toEqual([]);
  });

  it('is counted to the hour where the site counts suspensions so', () => {
    const book = bookOf(ITEMS, { suspensionMaxDays: { 听证: 3 }, suspensionCounting: 'wd@time' });
    expect(overMaximum(suspended(), book)[0]?.at).toBe(at('2026-09-18 10:00') + 1);
  });

  it.each(['鉴定', '现场勘查', ''])('says nothing of the ground "%s", which has none', (ground) => {
    expect(overMaximum(suspended(ground))).toEqual([]);
  });

  it('says nothing where the ruleset has no maximum, and moves no clock where it has', () => {
    const plain = bookOf(ITEMS);
    expect(overMaximum(suspended(), plain)).toEqual([]);
    const { events } = suspended();
    expect(judgeCase('C-1', events, BOOK).clocks).toEqual(judgeCase('C-1', events, plain).clocks);
  });

  it('is refused by the schema for what is no ground of the law, and for no day at all', () => {
    expect(() => bookOf(ITEMS, { suspensionMaxDays: { 现场勘查: 3 } })).toThrow();
    expect(() => bookOf(ITEMS, { suspensionMaxDays: { 听证: 0 } })).toThrow();
  });
});
