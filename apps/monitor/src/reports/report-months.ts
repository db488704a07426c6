import { addMonths, startOfMonth, type WorkingCalendar } from '@mingjian/rules';

/** A month of the calendar's zone, from its first instant until before the first of the next (epoch ms). */
export function boundsOf(month: string, calendar: WorkingCalendar): { from: number; until: number } {
  return { from: startOfMonth(calendar, month), until: startOfMonth(calendar, addMonths(month, 1)) };
}

/** All months from one to another, both included; none where the last is earlier. */
export function monthsBetween(first: string, last: string): string[] {
  const months: string[] = [];
  for (let month = first; month <= last; month = addMonths(month, 1)) months.push(month);
  return months;
}

/** 2026年3月. */
export function monthInChinese(month: string): string {
  return `${month.slice(0, 4)}年${Number(month.slice(5))}月`;
}
