import { DAY_MS } from './local-date';
import type { Limit } from './limit';
import type { Pause } from './pauses';
import { mergePauses } from './pauses';
import type { WorkingCalendar } from './working-calendar';

/** The answer to "until when?". */
export interface Due {
  /** Last instant still in time, epoch ms; null while an open suspension holds the clock. */
  dueAt: number | null;
  /** True where the answer rests on days whose arrangement is not published. */
  provisional: boolean;
}

/**
 * The due instant of a limit that starts at `from`, moved by its suspensions.
 *
 * Suspensions are merged, cut at the start, and applied in order of start, each against the due instant that the
 * earlier ones gave; one that starts after that instant changes nothing. Hours take out the working time covered;
 * days take out the days (working days for `wd`, calendar days for `d`) after the day of suspension up to and
 * including the day of resumption; clock hours take out the time itself.
 * @see 行政许可法 第四十五条 (time not counted), 第八十二条 (working days); 民法典 第二百零一、二百零三条.
 */
export function dueAt(
  calendar: WorkingCalendar,
  limit: Limit,
  from: number,
  pauses: readonly Pause[] = [],
): Due {
  const due = firstDue(calendar, limit, from);
  // Where the clock is set back, the same time of day comes before a start after it: no limit ends before its start.
  let at = Math.max(from, instantOf(calendar, limit, due));
  if (pauses.length === 0) return { dueAt: at, provisional: isProvisional(calendar, limit, from, at) };
  for (const pause of mergePauses(pauses)) {
    if (pause.from > at) break;
    if (pause.to !== null && pause.to <= from) continue;
    if (pause.to === null) return { dueAt: null, provisional: isProvisional(calendar, limit, from, at) };
    shift(calendar, limit, due, Math.max(pause.from, from), pause.to);
    at = Math.max(from, instantOf(calendar, limit, due));
  }
  return { dueAt: at, provisional: isProvisional(calendar, limit, from, at) };
}

/** A due instant under way: a day for limits in days, an instant for the others, and the time of day it started. */
interface Running {
  day: number;
  at: number;
  wallTime: number;
}

function firstDue(calendar: WorkingCalendar, limit: Limit, from: number): Running {
  switch (limit.unit) {
    case 'working-day':
      return dayRunning(calendar, limit, from, calendar.workingDayAfter(calendar.dayOf(from), limit.amount));
    case 'calendar-day':
      return dayRunning(calendar, limit, from, calendar.dayOf(from) + limit.amount);
    case 'working-ms':
      return { day: 0, at: calendar.addWorkingMs(from, limit.amount), wallTime: 0 };
    case 'wall-ms':
      return { day: 0, at: from + limit.amount, wallTime: 0 };
  }
}

function dayRunning(calendar: WorkingCalendar, limit: Limit, from: number, day: number): Running {
  return { day, at: 0, wallTime: limit.atTime ? calendar.wallTimeOf(from) : 0 };
}

function shift(calendar: WorkingCalendar, limit: Limit, due: Running, from: number, to: number): void {
  switch (limit.unit) {
    case 'working-day': {
      const days = calendar.workingDaysBetween(calendar.dayOf(from), calendar.dayOf(to));
      if (days > 0) due.day = calendar.workingDayAfter(due.day, days);
      return;
    }
    case 'calendar-day':
      due.day += calendar.dayOf(to) - calendar.dayOf(from);
      return;
    case 'working-ms': {
      const ms = calendar.elapsedMs(from, to);
      if (ms > 0) due.at = calendar.addWorkingMs(due.at, ms);
      return;
    }
    case 'wall-ms':
      due.at += to - from;
  }
}

/** A due instant of a limit in hours, later by one suspension that is known to count. */
export function movedBy(
  calendar: WorkingCalendar,
  limit: Limit,
  at: number,
  pause: { from: number; to: number },
): number {
  const due: Running = { day: 0, at, wallTime: 0 };
  shift(calendar, limit, due, pause.from, pause.to);
  return due.at;
}

function instantOf(calendar: WorkingCalendar, limit: Limit, due: Running): number {
  switch (limit.unit) {
    case 'working-ms':
    case 'wall-ms':
      return due.at;
    case 'working-day':
      if (!limit.atTime) return calendar.endOfDay(due.day);
      return calendar.openAtOrAfter(calendar.zone.toInstant(due.day * DAY_MS + due.wallTime));
    case 'calendar-day': {
      const day = limit.movesToWorkingDay ? calendar.workingDayAfter(due.day, 0) : due.day;
      return limit.atTime ? calendar.zone.toInstant(day * DAY_MS + due.wallTime) : calendar.endOfDay(day);
    }
  }
}

/**
 * Backwards: the first instant of the limit that ends at `to`. Mirrors {@link dueAt}: the day before is day 1 and the
 * answer is the start of the last day counted; hours are consumed backwards; `wd@time` outside hours moves to the
 * previous closing; a last calendar day that is not worked moves to the working day before it.
 */
export function dueBefore(
  calendar: WorkingCalendar,
  limit: Limit,
  to: number,
  pauses: readonly Pause[] = [],
): Due {
  const start = firstDueBefore(calendar, limit, to);
  let at = instantBefore(calendar, limit, start);
  if (pauses.length === 0) return { dueAt: at, provisional: isProvisional(calendar, limit, at, to) };
  for (const pause of mergePauses(pauses).reverse()) {
    const pauseTo = Math.min(pause.to ?? to, to);
    if (pauseTo < at) break;
    if (pause.from >= to) continue;
    shiftBefore(calendar, limit, start, pause.from, pauseTo);
    at = instantBefore(calendar, limit, start);
  }
  return { dueAt: at, provisional: isProvisional(calendar, limit, at, to) };
}

/** {@link dueBefore} without suspensions and without asking whether it is provisional: the hot path of thresholds. */
export function instantBack(calendar: WorkingCalendar, limit: Limit, to: number): number {
  return instantBefore(calendar, limit, firstDueBefore(calendar, limit, to));
}

function firstDueBefore(calendar: WorkingCalendar, limit: Limit, to: number): Running {
  switch (limit.unit) {
    case 'working-day':
      return dayRunning(calendar, limit, to, calendar.workingDayBefore(calendar.dayOf(to), limit.amount));
    case 'calendar-day':
      return dayRunning(calendar, limit, to, calendar.dayOf(to) - limit.amount);
    case 'working-ms':
      return { day: 0, at: calendar.subtractWorkingMs(to, limit.amount), wallTime: 0 };
    case 'wall-ms':
      return { day: 0, at: to - limit.amount, wallTime: 0 };
  }
}

function shiftBefore(calendar: WorkingCalendar, limit: Limit, due: Running, from: number, to: number): void {
  switch (limit.unit) {
    case 'working-day': {
      // Days before the day of resumption down to and including the day of suspension.
      const days = calendar.workingDaysBetween(calendar.dayOf(from) - 1, calendar.dayOf(to) - 1);
      if (days > 0) due.day = calendar.workingDayBefore(due.day, days);
      return;
    }
    case 'calendar-day':
      due.day -= calendar.dayOf(to) - calendar.dayOf(from);
      return;
    case 'working-ms': {
      const ms = calendar.elapsedMs(from, to);
      if (ms > 0) due.at = calendar.subtractWorkingMs(due.at, ms);
      return;
    }
    case 'wall-ms':
      due.at -= to - from;
  }
}

function instantBefore(calendar: WorkingCalendar, limit: Limit, due: Running): number {
  switch (limit.unit) {
    case 'working-ms':
    case 'wall-ms':
      return due.at;
    case 'working-day':
      if (!limit.atTime) return calendar.startOfDay(due.day);
      return calendar.openAtOrBefore(calendar.zone.toInstant(due.day * DAY_MS + due.wallTime));
    case 'calendar-day': {
      const day = limit.movesToWorkingDay ? calendar.workingDayBefore(due.day, 0) : due.day;
      return limit.atTime ? calendar.zone.toInstant(day * DAY_MS + due.wallTime) : calendar.startOfDay(day);
    }
  }
}

/** Whether an answer rests on days whose arrangement is not published. */
export function isProvisional(calendar: WorkingCalendar, limit: Limit, from: number, to: number): boolean {
  switch (limit.unit) {
    case 'wall-ms':
      return false;
    case 'calendar-day':
      // Only the question whether the last day is worked rests on the calendar.
      return limit.movesToWorkingDay && !calendar.isPublished(calendar.dayOf(to), calendar.dayOf(to));
    case 'working-day':
    case 'working-ms':
      return !calendar.isPublished(calendar.dayOf(from), calendar.dayOf(to));
  }
}
