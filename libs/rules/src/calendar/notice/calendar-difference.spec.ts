import type { CalendarDay, CalendarDocument } from '@mingjian/contracts';
import { WorkingCalendar } from '../working-calendar';
import { calendarDifference, withDifference } from './calendar-difference';
import { parseHolidayNotice } from './parse-holiday-notice';
import { annualNotice, NOTICES } from './testing/notices';

const OPEN: [string, string][] = [['09:00', '17:00']];
const SOURCE = { notice: 'https://example.cn/notice', knownSince: '2025-11-04' };

function calendar(days: CalendarDay[] = [], publishedThrough?: string): CalendarDocument {
  const weekly = { mon: OPEN, tue: OPEN, wed: OPEN, thu: OPEN, fri: OPEN };
  return { calendar: 'cn', timezone: 'Asia/Shanghai', weekly, days, publishedThrough };
}

function difference(text: string, document = calendar()) {
  return calendarDifference(document, parseHolidayNotice(text, { year: 2026 }), SOURCE);
}

describe('the difference of a notice', () => {
  it('has the weekdays off and the weekend days worked, and no Saturday off', () => {
    expect(difference('元旦：1月1日至3日放假调休，共3天。1月4日（星期日）上班。')).toEqual({
      added: [
        { date: '2026-01-01', name: '元旦', ...SOURCE, off: true },
        { date: '2026-01-02', name: '元旦', ...SOURCE, off: true },
        { date: '2026-01-04', name: '元旦', ...SOURCE, work: true },
      ],
      changed: [],
      outdated: [],
    });
  });

  it('is empty where the calendar has the notice already', () => {
    const once = withDifference(calendar(), difference(annualNotice(2026)));
    expect(once.days).toHaveLength(25);
    expect(difference(annualNotice(2026), once)).toEqual({ added: [], changed: [], outdated: [] });
  });

  it('takes a make-up day back and leaves the earlier entry as it was', () => {
    const before: CalendarDay = { date: '2026-02-14', work: true, name: '春节', knownSince: '2025-11-03' };
    const result = difference('春节：2月14日（星期六）放假。', calendar([before]));
    const after = { date: '2026-02-14', name: '春节', ...SOURCE, off: true };
    expect(result).toEqual({ added: [], changed: [{ before, after }], outdated: [] });
    const changed = withDifference(calendar([before]), result);
    expect(changed.days).toEqual([before, after]);
    expect(WorkingCalendar.fromDocument(changed, '2025-11-03').isWorkingDay(20498)).toBe(true);
    expect(WorkingCalendar.fromDocument(changed).isWorkingDay(20498)).toBe(false);
  });

  it('leaves a day that a later notice has changed', () => {
    const later: CalendarDay = { date: '2026-02-14', work: true, knownSince: '2026-01-20' };
    expect(difference('春节：2月14日放假。', calendar([later]))).toEqual({
      added: [],
      changed: [],
      outdated: [later],
    });
  });

  it('counts a day with hours of its own as worked', () => {
    const halfDay: CalendarDay = { date: '2026-02-14', hours: [['09:00', '12:00']] };
    expect(difference('春节：2月14日上班。', calendar([halfDay])).changed).toEqual([]);
    expect(difference('春节：2月14日放假。', calendar([halfDay])).changed).toHaveLength(1);
  });

  it('moves the end of the published part by one year, and by no more', () => {
    const through = (date?: string) => difference(annualNotice(2026), calendar([], date)).publishedThrough;
    expect(through('2025-12-31')).toBe('2026-12-31');
    expect(through('2026-03-31')).toBe('2026-12-31');
    expect(through('2024-12-31')).toBeUndefined();
    expect(through('2027-12-31')).toBeUndefined();
    expect(through(undefined)).toBeUndefined();
  });

  it('gives the calendar a version of its own, if anything changes', () => {
    const version = (earlier: string, text = annualNotice(2026)) =>
      difference(text, { ...calendar(), version: earlier }).version;
    expect(version('2025-3')).toBe('2026-1');
    expect(version('2026-1')).toBe('2026-2');
    expect(version('draft')).toBeUndefined();
    expect(version('2026-1', '清明节：4月4日放假。')).toBeUndefined();
  });

  it('of an amendment leaves the end of the published part', () => {
    const amendment = NOTICES.find(({ text }) => text.includes('调整2019'))!;
    const result = calendarDifference(calendar([], '2018-12-31'), parseHolidayNotice(amendment.text), SOURCE);
    expect(result.publishedThrough).toBeUndefined();
    expect(result.added.map(({ date }) => date)).toEqual([
      '2019-04-28',
      '2019-05-01',
      '2019-05-02',
      '2019-05-03',
      '2019-05-05',
    ]);
  });
});
