import { problemText } from '@mingjian/contracts';
import fc from 'fast-check';
import { parseHolidayNotice } from './parse-holiday-notice';
import { annualNotice, NOTICES } from './testing/notices';

/** The text without its problems, for tests of problems: what a person reads. */
function complaints(text: string, year?: number): string[] {
  return parseHolidayNotice(text, { year, file: 'n.txt' }).problems.map(problemText);
}

/** Date and state of what one sentence says in 2026. */
function daysOf(text: string): string[] {
  const parsed = parseHolidayNotice(text, { year: 2026 });
  expect(parsed.problems).toEqual([]);
  return parsed.days.map(({ date, state }) => `${date.slice(5)} ${state}`);
}

describe('a pasted notice', () => {
  const plain = parseHolidayNotice(annualNotice(2026));

  it('reads the same in full-width digits, broken lines, other dashes and without white space', () => {
    const text = annualNotice(2026);
    const wide = text.replace(/\d/g, (digit) => String.fromCharCode(digit.charCodeAt(0) + 0xfee0));
    expect(parseHolidayNotice(wide)).toEqual(plain);
    expect(parseHolidayNotice(text.replace(/(\d|月|日|、|（)/g, '$1\r\n　'))).toEqual(plain);
    expect(parseHolidayNotice(text.replace(/至/g, '—').replace(/（/g, '(').replace(/）/g, ')'))).toEqual(
      plain,
    );
    expect(parseHolidayNotice(text.replace(/\s/g, ''))).toEqual(plain);
  });

  it('reads the same below the line of a press agency and above the foot of a page', () => {
    expect(
      parseHolidayNotice(`新华社北京11月4日电 ${annualNotice(2026)}\n发布于11月5日 责任编辑：某某`),
    ).toEqual(plain);
  });

  it('says nothing of a day that employers are only encouraged to give', () => {
    const dates = parseHolidayNotice(annualNotice(2024)).days.map(({ date }) => date);
    expect(dates).not.toContain('2024-02-09');
  });

  it.each([
    ['元旦：12月30日至1月1日放假，共3天。12月29日上班。', '12-29 work,12-30 off,12-31 off,01-01 off'],
    ['中秋节：9月24日、25日放假。', '09-24 off,09-25 off'],
    ['中秋节：9月27日上班，9月25日放假。', '09-25 off,09-27 work'],
    ['中秋节：9月26日（周六），27日（周日）上班。', '09-26 work,09-27 work'],
    ['清明节：4月4日（星期六）公休日调至4月6日（星期一），4月4日放假。', '04-04 off,04-06 off'],
    ['国庆节：放假调休共三天，10月1日至3日放假，共三天。', '10-01 off,10-02 off,10-03 off'],
    ['一、元旦：2026年1月1日放假。\n二、春节：2月17日放假。', '01-01 off,02-17 off'],
  ])('reads “%s”', (text, days) => {
    expect(daysOf(text).join()).toBe(days);
  });

  it('counts the days that stand before 共N天', () => {
    expect(plain.counts.map(({ said, counted }) => [said, counted])).toEqual([
      [3, 3],
      [9, 9],
      [3, 3],
      [5, 5],
      [3, 3],
      [3, 3],
      [7, 7],
    ]);
  });

  it.each([
    [
      '一、元旦：\n1月1日放假，\n1月4日（星期六）上班。',
      'n.txt:3: 元旦: expected 星期日 for 2026-01-04, got 星期六 — date, weekday or year is wrong',
    ],
    [
      '元旦：1月3日（礼拜天）放假。',
      'n.txt:1: 元旦: expected 星期六 for 2026-01-03, got 礼拜天 — date, weekday or year is wrong',
    ],
    [
      '春节：2月30日放假。',
      'n.txt:1: 春节: expected a date that exists, got 2月30日 (2026-02-30) — correct the date',
    ],
    [
      '春节：2月15日至3月23日放假。',
      'n.txt:1: 春节: expected a stretch of 1 to 31 days, got 2月15日至3月23日 (2026-02-15 to 2026-03-23) — compare the pasted text with the notice',
    ],
    [
      '春节：2月15日至13日放假。',
      'n.txt:1: 春节: expected a stretch of 1 to 31 days, got 2月15日至13日 (2026-02-15 to 2026-02-13) — compare the pasted text with the notice',
    ],
    [
      '春节：15日放假。',
      'n.txt:1: 春节: expected a month before the day, got 15日 — the text begins in the middle of a notice',
    ],
    [
      '国庆节：10月1日放假，10月1日上班。',
      'n.txt: 国庆节: expected 2026-10-01 either off or worked, got both — compare the pasted text with the notice',
    ],
    [
      '1月1日（周四）放假。\n二、春节：2月17日放假。',
      'n.txt:1: expected a heading such as 一、元旦：, got “1日(周四)放假” — paste the heading of these days, too',
    ],
    [
      '一、元旦：1月1日放假。\n二、春节：共9天。',
      'n.txt:2: 春节: expected dates such as 1月1日至3日, got "共9天。" — compare with the notice',
    ],
    [
      '国务院办公厅关于2026年部分节假日安排的通知\n一、元旦：1月1日放假。二、春节：2月17日放假。',
      'n.txt:1: expected the sections of a whole year, 元旦, 春节 and 国庆节 among them, got 元旦; 春节 — paste the whole notice, each festival with a heading such as 一、元旦：',
    ],
    [
      '节日快乐',
      'n.txt:1: expected days off or worked, such as 1月1日至3日放假调休，共3天, got "节日快乐" — paste the text of the notice',
    ],
  ])('complains of “%s”', (text, message) => {
    expect(complaints(text, 2026)).toEqual([message]);
  });

  it.each([
    '国庆节：10月1日、2日、3日。',
    '国庆节：取消10月8日放假。',
    '国庆节：10月8日不放假。',
    '国庆节：放假三天（10月1日）。',
    '国庆节：9月20日公休日调至。',
    '国庆节：10月1日值班。',
    '国庆节：10月1日放假。10.10上班。',
    '国庆节：10月1日放假,10/10上班。',
  ])('guesses nothing where it cannot understand “%s”', (text) => {
    const sentence = text
      .slice(text.includes('10.10') ? 12 : 4, -1)
      .replace('（', '(')
      .replace('）', ')');
    expect(complaints(text, 2026)).toEqual([
      `n.txt:1: 国庆节: expected what becomes of the days: 放假, 补休, 上班, 公休日调至, got “${sentence}” — enter these days by hand, or remove the sentence if it arranges nothing`,
    ]);
  });

  it('does not take the last of several bare numbers for the only day', () => {
    const parsed = parseHolidayNotice('国庆节：10月1、2、3日放假。中秋节：9月25日放假，10月4、5日放假。', {
      year: 2026,
    });
    expect(parsed.problems).toHaveLength(3);
    expect(parsed.days.map(({ date }) => date)).toEqual(['2026-09-25']);
  });

  it('asks for the year where the text does not say it, and refuses another one', () => {
    expect(complaints('元旦：1月1日放假。')).toEqual([
      'n.txt:1: year: expected the year that the notice arranges, got nothing — paste the title, too, or name the year',
    ]);
    expect(complaints(annualNotice(2026), 2025)).toEqual([
      'n.txt:1: year: expected the year 2025, got 2026 — paste the title, too, or name the year',
    ]);
  });

  it('with one wrong day of the week has exactly that problem', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...NOTICES),
        fc.nat(),
        fc.integer({ min: 1, max: 6 }),
        (notice, n, shift) => {
          const week = '一二三四五六日';
          const places = [...notice.text.matchAll(/(?<=星期|、周|（周)[一二三四五六日]/g)];
          fc.pre(places.length > 0);
          const { index, 0: letter } = places[n % places.length]!;
          const wrong = week[(week.indexOf(letter) + shift) % 7]!;
          const text = notice.text.slice(0, index) + wrong + notice.text.slice(index + 1);
          expect(parseHolidayNotice(text).problems).toHaveLength(1);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('takes any text without an exception', () => {
    const piece = fc.constantFrom(
      '1月',
      '31日',
      '（',
      '）',
      '至',
      '放假',
      '上班',
      '调至',
      '、',
      '，',
      '。',
      '元旦：',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 30 }), (pieces) => {
        const parsed = parseHolidayNotice(pieces.join(''), { year: 2026 });
        for (const { date } of parsed.days) expect(date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      }),
      { numRuns: 300 },
    );
  });
});
