import type { CalendarDocument } from '@mingjian/contracts';
import { calendarDifference, withDifference } from './calendar-difference';
import { checkNotice, statutoryHolidayDays, workingDaysOfYear } from './check-notice';
import { parseHolidayNotice } from './parse-holiday-notice';
import { annualNotice, NOTICES } from './testing/notices';

const OPEN: [string, string][] = [['09:00', '17:00']];

function check(text: string, weekly: CalendarDocument['weekly'] = WEEK, publishedThrough = '2025-12-31') {
  const parsed = parseHolidayNotice(text);
  expect(parsed.problems).toEqual([]);
  const empty: CalendarDocument = {
    calendar: 'cn',
    timezone: 'Asia/Shanghai',
    weekly,
    days: [],
    publishedThrough,
  };
  const difference = calendarDifference(empty, parsed, { notice: 'n', knownSince: '2025-11-04' });
  const after = withDifference(empty, difference);
  return checkNotice(after, parsed.year!, parsed).map(
    ({ code, message, suggestion }) => `${code}: ${message} — ${suggestion}`,
  );
}

const WEEK = { mon: OPEN, tue: OPEN, wed: OPEN, thu: OPEN, fri: OPEN };

describe('the checks of a notice', () => {
  it('have nothing to say of 2026', () => {
    expect(check(annualNotice(2026))).toEqual([]);
  });

  it('miss a make-up day that was not pasted', () => {
    expect(check(annualNotice(2026).replace('5月9日（周六）上班。', ''))).toEqual([
      'make-up-balance: 2026: 19 weekdays off less 13 statutory holidays are 6, but 5 weekend days are worked — a day is missing or too many, unless an amendment gave days off without make-up',
    ]);
  });

  it('hold 共N天 against the dates', () => {
    expect(check(annualNotice(2026).replace('共9天', '共8天'))).toEqual([
      'days-said: 春节: the notice says 共8天, its dates are 9 days — compare the pasted dates with the notice',
    ]);
  });

  it('find a weekly pattern that is not Monday to Friday', () => {
    expect(check(annualNotice(2026), { ...WEEK, sat: OPEN })[1]).toBe(
      'working-days: 2026 has 289 working days, not 245 to 255 — the notice is incomplete, or the weekly pattern is not Monday to Friday',
    );
  });

  it('say that a year was left out', () => {
    expect(check(annualNotice(2026), WEEK, '2024-12-31')).toEqual([
      'year-left-out: the calendar is published through 2024-12-31, so answers in 2026 stay provisional — import the notices of the whole years up to this one first',
    ]);
  });

  it('say that an extension has nothing to extend', () => {
    const extension = NOTICES.find(({ text }) => text.includes('延长2020'))!;
    expect(check(extension.text)[0]).toBe(
      'nothing-to-extend: 春节 is extended through 2020-02-02, but the calendar has no day off of that name before — import the notice of the whole year first',
    );
  });
});

describe('the years of the law', () => {
  it('have 10 statutory holidays until 2007, 11 until 2024, 13 from 2025', () => {
    expect([2007, 2008, 2024, 2025].map(statutoryHolidayDays)).toEqual([10, 11, 11, 13]);
  });

  it('have 261 weekdays where no notice is known', () => {
    expect(
      workingDaysOfYear({ calendar: 'cn', timezone: 'Asia/Shanghai', weekly: WEEK, days: [] }, 2026),
    ).toBe(261);
  });

  it('are counted without the closures of one place', () => {
    const calendar = calendarWith([
      { date: '2026-06-01', through: '2026-07-31', off: true, scope: { hall: 'east' }, basis: '搬迁公告' },
    ]);
    expect(workingDaysOfYear(calendar, 2026)).toBe(261);
    const balance = checkNotice(calendar, 2026).find(({ code }) => code === 'make-up-balance');
    expect(balance?.message).toContain('2026: 0 weekdays off');
  });

  it('are counted with every day of a stretch, and with half days as worked', () => {
    const calendar = calendarWith([
      { date: '2026-10-01', through: '2026-10-08', off: true, name: '国庆节' },
      { date: '2026-03-09', halfOff: 'afternoon', name: '妇女节' },
    ]);
    expect(workingDaysOfYear(calendar, 2026)).toBe(255);
    const balance = checkNotice(calendar, 2026).find(({ code }) => code === 'make-up-balance');
    expect(balance?.message).toContain('2026: 6 weekdays off');
  });
});

describe('a notice for a calendar with entries of one place', () => {
  it('changes what holds everywhere, whatever one place has', () => {
    const closed = {
      off: true as const,
      scope: { hall: 'east' },
      basis: '搬迁公告',
      knownSince: '2026-01-01',
    };
    const calendar = calendarWith([{ date: '2026-10-01', through: '2026-10-07', ...closed }]);
    const parsed = parseHolidayNotice(annualNotice(2026));
    const source = { notice: 'n', knownSince: '2025-11-04' };
    const { added, changed, outdated } = calendarDifference(calendar, parsed, source);
    expect(added.map(({ date }) => date)).toEqual(expect.arrayContaining(['2026-10-01', '2026-10-07']));
    expect([changed, outdated]).toEqual([[], []]);
  });

  it('makes a stretch longer from its last day', () => {
    const extension = NOTICES.find(({ text }) => text.includes('延长2020'))!;
    const calendar = calendarWith([{ date: '2020-01-24', through: '2020-01-30', off: true, name: '春节' }]);
    const parsed = parseHolidayNotice(extension.text);
    const { added } = calendarDifference(calendar, parsed, { notice: 'n', knownSince: '2020-01-26' });
    expect(added.map(({ date }) => date)).toEqual(['2020-01-31']);
    expect(checkNotice(calendar, 2020, parsed).map(({ code }) => code)).not.toContain('nothing-to-extend');
  });
});

function calendarWith(days: CalendarDocument['days']): CalendarDocument {
  return { calendar: 'cn', timezone: 'Asia/Shanghai', weekly: WEEK, days };
}
