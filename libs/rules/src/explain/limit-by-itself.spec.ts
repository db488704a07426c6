import type { StepEventData } from '@mingjian/contracts';
import {
  dayLedger,
  explainCase,
  explanationInChinese,
  limitInChinese,
  parseLimit,
  trackLimit,
} from '../index';
import { aCase, at, bookOf, calendarOf, OFFICE_2026, weekdays } from '../testing/builders';
import { provisionOf } from './provisions';

describe('a limit by itself', () => {
  it('is tracked as a clock that nothing ends', () => {
    const { due, track, spec } = trackLimit(OFFICE_2026, parseLimit('7wd'), at('2026-09-14 10:00'), [
      { from: at('2026-09-15 09:00'), to: at('2026-09-18 09:00') },
    ]);
    expect(due).toEqual({ dueAt: at('2026-09-28 23:59:59.999'), provisional: false });
    expect(track).toMatchObject({
      limit: '7wd',
      finishedAt: null,
      suspensions: [{ from: at('2026-09-15 09:00') }],
    });
    expect(spec.clock).toBe('limit');
  });

  it.each([
    [null, '未规定'],
    ['carried', '办件自带期限'],
    ['0wd', '当日办结'],
    ['7wd', '7 个工作日'],
    ['7wd@time', '7 个工作日（精确到时刻）'],
    ['160wh', '160 个工作小时'],
    ['90wm', '90 个工作分钟'],
    ['90ws', '90 个工作秒'],
    ['60d', '60 日'],
    ['60d!', '60 日（不顺延）'],
    ['48h', '48 小时'],
    ['0wh', '0 个工作小时'],
  ])('is told in Chinese: %s is %s', (limit, text) => {
    expect(limitInChinese(limit)).toBe(text);
  });
});

describe('the explanation of a case', () => {
  const BOOK = bookOf({ A: { name: '事项', promise: '7wd' } });
  const textOf = (
    builder: ReturnType<typeof aCase>,
    when: string,
    book = BOOK,
    calendar = OFFICE_2026,
  ): string => explanationInChinese(explainCase('C-1', builder.events, book, at(when)), calendar);

  it('says what is not known of it', () => {
    const text = textOf(aCase(null).accepted('2026-09-14 10:00'), '2026-09-15 10:00');
    expect(text).toContain('办件 C-1  （事项不明）  （部门不明）');
    expect(text).toContain('◌ 灰（不明）');
    expect(text).toContain('原因：办件没有事项编码');
    expect(textOf(aCase('Z').accepted('2026-09-14 10:00'), '2026-09-15 10:00')).toContain('办件 C-1  Z  ');
  });

  it('says that a due instant is for the time being', () => {
    const calendar = calendarOf({
      calendar: 'short',
      timezone: 'Asia/Shanghai',
      weekly: weekdays([['09:00', '17:00']]),
      publishedThrough: '2026-09-16',
    });
    const text = textOf(
      aCase('A').accepted('2026-09-14 10:00'),
      '2026-09-15 10:00',
      bookOf({ A: { name: '事项', promise: '7wd' } }, {}, calendar),
      calendar,
    );
    expect(text).toContain('（暂定：超出已公布的放假安排）');
  });

  it('leaves out days where there are too many of them, and says how many', () => {
    const text = textOf(aCase('A').accepted('2020-01-06 10:00'), '2026-09-15 10:00');
    expect(text).toMatch(/……其后 \d+ 日从略/);
    expect(text).toMatch(/超期 \d+ 日/);
  });

  it('names the suspension that held a day by its ground and notice, or by the event that reported it', () => {
    const held = (data: StepEventData): string =>
      textOf(
        aCase('A')
          .accepted('2026-09-14 10:00')
          .event('case.suspended', '2026-09-15 10:00', data)
          .resumed('2026-09-17 10:00'),
        '2026-09-22 10:00',
      );
    expect(held({ ground: '鉴定', notice: 'N-1' })).toContain('鉴定 N-1');
    expect(held({ ground: '鉴定' })).toContain('鉴定 C-1-2');
    expect(held({})).toContain('C-1-2');
  });
});

describe('the provision of a clock', () => {
  it('of what silence granted is that by which it did, and none where none is written', () => {
    const { items } = bookOf({ A: { name: '事项', promise: '7wd', steps: { s: { limit: '2wd' } } } }).newest
      .ruleset;
    const item = items.get('A')!;
    expect(provisionOf('issuance', item)).toBe('');
    expect(provisionOf('issuance', item, { step: 's' })).toBe('');
    expect(provisionOf('issuance', item, { ruleKey: 'items.A.renewal' })).toContain('第五十条');
    expect(provisionOf('statutory', item)).toContain('第四十二条第一款');
  });
});

describe('a day ledger', () => {
  it('of a limit in clock hours is in hours', () => {
    const { spec, track } = trackLimit(OFFICE_2026, parseLimit('48h'), at('2026-09-14 10:00'), []);
    const ledger = dayLedger(spec, track, OFFICE_2026, at('2026-09-15 10:00'));
    expect(ledger).toMatchObject({ unit: 'ms', countedUntilDue: 48 * 3_600_000 });
  });
});
