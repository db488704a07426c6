import type { WorkingCalendar } from '../calendar';
import { foundInCase, isAct, type CaseRecord } from './case-record';
import type { ForensicFinding } from './forensic-finding';
import type { ForensicSettings } from './settings';

/**
 * TIM-1: somebody worked at night or on a day without opening hours. Overtime exists, and one evening proves nothing: a
 * notice; how often a department does it is tested beside (`often-outside-hours`).
 * @returns one finding for the case, at the first such act; null where there is none
 */
export function findOutsideHours(record: CaseRecord): ForensicFinding | null {
  const { timeline, settings, calendar } = record;
  let first: number | null = null;
  let isNight = false;
  let times = 0;
  for (const event of timeline) {
    if (!isAct(event)) continue;
    const atNight = isAtNight(calendar, settings, event.occurredAt);
    if (!atNight && !isOnClosedDay(calendar, settings, event.occurredAt)) continue;
    times++;
    if (first === null) [first, isNight] = [event.occurredAt, atNight];
  }
  if (first === null) return null;
  return foundInCase(record, 'outside-hours', 'notice', first, {
    when: isNight ? 'night' : 'closed-day',
    times,
  });
}

function isAtNight(
  calendar: WorkingCalendar,
  { nightFromMs, nightToMs }: ForensicSettings,
  at: number,
): boolean {
  if (nightFromMs === nightToMs) return false;
  const time = calendar.wallTimeOf(at);
  return nightFromMs < nightToMs
    ? time >= nightFromMs && time < nightToMs
    : time >= nightFromMs || time < nightToMs;
}

function isOnClosedDay(calendar: WorkingCalendar, { closedDays }: ForensicSettings, at: number): boolean {
  return closedDays && !calendar.isWorkingDay(calendar.dayOf(at));
}
