import type { WorkingCalendar } from '../calendar';
import { foundInCase, isAct, type CaseRecord } from './case-record';
import { isOnHalfHour, type DefaultStamps } from './default-stamps';
import type { ForensicFinding } from './forensic-finding';
import type { ForensicSettings } from './settings';

interface Act {
  at: number;
  isNight: boolean;
  stamp: string;
}

/** Acts outside hours of a case; which of them are times and which stand for a date is known after all cases. */
export interface ActsOutside {
  acts: readonly Act[];
  /** The finding over those that remain; null where none does. */
  finding: (stamps: DefaultStamps) => ForensicFinding | null;
}

/**
 * TIM-1: somebody worked at night or on a day without opening hours. Overtime exists, and one evening proves nothing: a
 * notice; how often a department does it is tested beside (`often-outside-hours`).
 * @param stamps counts every act looked at
 */
export function actsOutside(record: CaseRecord, stamps: DefaultStamps): ActsOutside | null {
  const { timeline, settings, calendar } = record;
  let acts: Act[] | null = null;
  for (const event of timeline) {
    if (!isAct(event)) continue;
    const at = event.occurredAt;
    stamps.count(event);
    const isNight = isAtNight(calendar, settings, at);
    const isOutside = isNight || isOnClosedDay(calendar, settings, at);
    if (isOutside) (acts ??= []).push({ at, isNight, stamp: stamps.suspect(event, calendar) });
    else if (isOnHalfHour(calendar, at)) stamps.suspect(event, calendar);
  }
  if (acts === null) return null;
  const outside = acts;
  // Only what the finding says is kept, not the case.
  const { caseNo, department, item } = record;
  const about = { caseNo, department, item, calendar, settings };
  return {
    acts: outside,
    finding: (known) => {
      const times = outside.filter(({ stamp }) => !known.has(stamp));
      const [first] = times;
      if (first === undefined) return null;
      const when = first.isNight ? 'night' : 'closed-day';
      return foundInCase(about, 'outside-hours', 'notice', first.at, { when, times: times.length });
    },
  };
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
