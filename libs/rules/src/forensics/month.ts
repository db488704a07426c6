import type { WorkingCalendar } from '../calendar';
import { dateTextOf, dayNumberOf } from '../calendar/local-date';

/** The local month of an instant, `YYYY-MM`. */
export function monthAt(calendar: WorkingCalendar, at: number): string {
  return dateTextOf(calendar.dayOf(at)).slice(0, 7);
}

/** The month `n` months after another one; negative: before. */
export function addMonths(month: string, n: number): string {
  const count = Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1 + n;
  return `${Math.floor(count / 12)}-${String((count % 12) + 1).padStart(2, '0')}`;
}

/** First instant of a local month. */
export function startOfMonth(calendar: WorkingCalendar, month: string): number {
  return calendar.startOfDay(dayNumberOf(`${month}-01`));
}
