import type { OfficeDay, OfficeDays } from './office-days';

/** A limit as written, taken apart: `56d!@time` is 56, `d!`, at the same time of day. */
export interface WrittenLimit {
  n: number;
  unit: string;
  sameTime: boolean;
}

/** What moves a due instant: a stretch in which the clock was held, or an extension by days. */
export type Move = { from: number; to: number } | { from: number; days: number };

/** `ms` of clock time and `wms` of working time are never written: shares of a limit come in them. */
const MS: Record<string, number> = { h: 3_600_000, ms: 1, wh: 3_600_000, wm: 60_000, ws: 1_000, wms: 1 };

export function readLimit(text: string): WrittenLimit {
  const [, n, unit, sameTime] = /^(\d+)(wd|wh|wm|ws|d!|d|h)(@time)?$/.exec(text)!;
  return { n: Number(n), unit: unit!, sameTime: sameTime !== undefined };
}

/** Limits in days count dates, all others time. */
export function isInDays({ unit }: WrittenLimit): boolean {
  return unit === 'wd' || unit === 'd' || unit === 'd!';
}

/** A limit in hours as milliseconds. */
export function msOf({ n, unit }: WrittenLimit): number {
  return n * MS[unit]!;
}

/**
 * Last instant in time of a limit from `start`, moved by all that moves it, in order of start.
 * @see README of this library: Limits, Suspensions, Extensions.
 */
export function dueOf(days: OfficeDays, limit: WrittenLimit, start: number, moves: readonly Move[]): number {
  if (!isInDays(limit)) {
    const ms = msOf(limit);
    let due = limit.unit === 'h' ? start + ms : spend(days, start, ms);
    for (const move of moves) {
      if ('days' in move) due = sameTimeLater(days, due, move.days);
      else if (limit.unit === 'h') due += move.to - move.from;
      else {
        const held = openTime(days, move.from, move.to);
        if (held > 0) due = spend(days, due, held);
      }
    }
    return due;
  }
  const granted = moves.reduce((sum, move) => sum + ('days' in move ? move.days : 0), 0);
  let last = onDate(days, days.at(start), limit.n + granted, limit.unit);
  for (const move of moves) {
    if ('days' in move) continue;
    const held = datesHeld(days, move, limit.unit);
    if (held > 0) last = onDate(days, last, held, limit.unit);
  }
  if (limit.unit === 'd') last = days.working(last, 0, 1);
  if (!limit.sameTime) return last.next - 1;
  // From the second of two equal times of day no limit ends at the first of them.
  const instant = Math.max(start, days.atTime(last, days.timeOf(start)));
  return limit.unit === 'wd' ? spend(days, instant, 0) : instant;
}

/** A due instant that a case carries is moved by whole working days at its own time of day. */
export function carriedDue(days: OfficeDays, carried: number, moves: readonly Move[]): number {
  let due = carried;
  for (const move of moves)
    due = sameTimeLater(days, due, 'days' in move ? move.days : datesHeld(days, move, 'wd'));
  return due;
}

/** The mirror: where one is, a limit before the due instant. */
export function before(days: OfficeDays, limit: WrittenLimit, due: number): number {
  if (limit.unit === 'h' || limit.unit === 'ms') return due - msOf(limit);
  if (!isInDays(limit)) return spendBackwards(days, due, msOf(limit));
  let day = days.at(due);
  if (limit.unit === 'wd') day = days.working(day, limit.n, -1);
  else for (let n = 0; n < limit.n; n++) day = days.before(day);
  if (limit.unit === 'd') day = days.working(day, 0, -1);
  if (!limit.sameTime) return day.first;
  const instant = days.atTime(day, days.timeOf(due));
  return limit.unit === 'wd' ? spendBackwards(days, instant, 0) : instant;
}

function onDate(days: OfficeDays, from: OfficeDay, n: number, unit: string): OfficeDay {
  if (unit === 'wd') return days.working(from, n, 1);
  let day = from;
  for (let i = 0; i < n; i++) day = days.after(day);
  return day;
}

/** Dates after the date of suspension up to and including the date of resumption; of working days for `wd`. */
function datesHeld(days: OfficeDays, { from, to }: { from: number; to: number }, unit: string): number {
  let held = 0;
  const last = days.at(to);
  for (let day = days.at(from); day.wall < last.wall;) {
    day = days.after(day);
    if (unit !== 'wd' || day.open.length > 0) held++;
  }
  return held;
}

function sameTimeLater(days: OfficeDays, instant: number, n: number): number {
  if (n === 0) return instant;
  const day = days.working(days.at(instant), n, 1);
  return days.atTime(day, days.timeOf(instant));
}

/** Opening time between two instants, ms. */
function openTime(days: OfficeDays, from: number, to: number): number {
  let sum = 0;
  for (let day = days.at(from); day.first < to; day = days.after(day))
    for (const [opening, closing] of day.open)
      sum += Math.max(0, Math.min(closing, to) - Math.max(opening, from));
  return sum;
}

/** Uses up opening time from an instant on: outside hours from the next opening; an end at closing stays there. */
function spend(days: OfficeDays, from: number, ms: number): number {
  let left = ms;
  for (let day = days.at(from); ; day = days.after(day)) {
    for (const [opening, closing] of day.open) {
      const start = Math.max(opening, from);
      if (start >= closing) continue;
      if (left <= closing - start) return start + left;
      left -= closing - start;
    }
    // Only a calendar with no opening time left would step for ever; `working` throws for it.
    if (day.open.length === 0) days.working(day, 0, 1);
  }
}

function spendBackwards(days: OfficeDays, from: number, ms: number): number {
  let left = ms;
  for (let day = days.at(from); ; day = days.before(day)) {
    for (const [opening, closing] of [...day.open].reverse()) {
      const end = Math.min(closing, from);
      if (end <= opening) continue;
      if (left <= end - opening) return end - left;
      left -= end - opening;
    }
    if (day.open.length === 0) days.working(day, 0, -1);
  }
}
