import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CalendarDocument, parseYamlDocument } from '@mingjian/contracts';
import {
  dateTextOf,
  dayNumberOf,
  dueAt,
  formatInstant,
  parseInstant,
  parseLimit,
  WorkingCalendar,
} from '@mingjian/rules';

const CN = join(__dirname, '../../rulesets/calendars/cn.yaml');
const document = parseYamlDocument(readFileSync(CN, 'utf8'), CN, CalendarDocument);
const cn = WorkingCalendar.fromDocument(document);
const WEEKLY = document.weekly;

function closedDays(days: object[], from: string, through: string): string[] {
  const calendar = WorkingCalendar.fromDocument(
    CalendarDocument.parse({
      calendar: 'x',
      timezone: 'Asia/Shanghai',
      weekly: { ...WEEKLY, sat: WEEKLY.mon, sun: WEEKLY.mon },
      days,
    }),
  );
  const closed: string[] = [];
  for (let day = dayNumberOf(from); day <= dayNumberOf(through); day++)
    if (!calendar.isWorkingDay(day)) closed.push(dateTextOf(day));
  return closed;
}

describe('defect 18: a stretch of days across the end of a year', () => {
  it('is closed from its first day through its last, in no other year', () => {
    const stretch = { date: '2026-12-29', through: '2027-01-03', off: true };
    expect(closedDays([stretch], '2026-01-01', '2028-12-31')).toEqual([
      '2026-12-29',
      '2026-12-30',
      '2026-12-31',
      '2027-01-01',
      '2027-01-02',
      '2027-01-03',
    ]);
  });

  it('gives way where a later entry opens one of its days', () => {
    const stretch = { date: '2026-12-29', through: '2027-01-03', off: true, knownSince: '2026-11-01' };
    const open = { date: '2026-12-31', work: true, knownSince: '2026-11-20' };
    for (const days of [
      [stretch, open],
      [open, stretch],
    ])
      expect(closedDays(days, '2026-12-01', '2027-01-31')).toHaveLength(5);
  });

  it('counts the days of December that the notice of the next year sets', () => {
    expect(cn.isWorkingDay(dayNumberOf('2018-12-29'))).toBe(true);
    expect(cn.isWorkingDay(dayNumberOf('2018-12-31'))).toBe(false);
    expect(cn.entryOf(dayNumberOf('2018-12-29'))).toMatchObject({ name: '元旦', knownSince: '2018-12-06' });
    const due = dueAt(cn, parseLimit('2wd'), parseInstant('2018-12-28 10:00', cn.zone)).dueAt!;
    expect(formatInstant(due, cn.zone).slice(0, 10)).toBe('2019-01-02');
  });

  it('knew nothing of them before that notice', () => {
    const before = WorkingCalendar.fromDocument(document, '2018-12-05');
    const from = parseInstant('2018-12-28 10:00', cn.zone);
    expect(before.isWorkingDay(dayNumberOf('2018-12-29'))).toBe(false);
    const due = dueAt(before, parseLimit('2wd'), from);
    expect(formatInstant(due.dueAt!, cn.zone).slice(0, 10)).toBe('2019-01-01');
    expect(due.provisional).toBe(true);
  });
});
