import { parseHolidayNotice } from './parse-holiday-notice';

/** What one sentence of the notice of 2026 says, and what is wrong with it. */
function read(sentence: string): { days: string[]; problems: number } {
  const { days, problems } = parseHolidayNotice(sentence, { year: 2026 });
  return { days: days.map(({ date }) => date), problems: problems.length };
}

describe('a stretch over the end of a year', () => {
  it('whose first day alone names the year goes on into the next', () => {
    expect(read('元旦：2026年12月31日至1月2日放假。')).toEqual({
      days: ['2026-12-31', '2027-01-01', '2027-01-02'],
      problems: 0,
    });
  });

  it('that names no year begins in the year before the notice', () => {
    expect(read('元旦：12月31日至1月2日放假。')).toEqual({
      days: ['2025-12-31', '2026-01-01', '2026-01-02'],
      problems: 0,
    });
  });

  it('into a date that does not exist is a problem', () => {
    expect(read('元旦：2026年12月31日至1月32日放假。')).toMatchObject({ days: [] });
    expect(read('元旦：2026年12月31日至1月32日放假。').problems).toBeGreaterThan(0);
  });

  it('into a 29 February that the next year does not have is a problem', () => {
    expect(parseHolidayNotice('春节：2028年12月31日至2月29日放假。', { year: 2028 }).days).toEqual([]);
    expect(parseHolidayNotice('春节：2028年12月31日至2月29日放假。', { year: 2028 }).problems).not.toEqual(
      [],
    );
  });
});

describe('a long sentence that cannot be read', () => {
  it('is shown by its beginning', () => {
    const sentence = `10月1日${'请各地区各部门认真做好值班和安全保卫工作'.repeat(5)}`;
    const [problem] = parseHolidayNotice(`国庆节：${sentence}。`, { year: 2026 }).problems;
    expect(problem!.got).toContain('…');
    expect(problem!.got.length).toBeLessThan(70);
  });
});
