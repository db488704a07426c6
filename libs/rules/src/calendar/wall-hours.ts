import type { CalendarDay, CalendarDocument, CalendarScope, OpeningIntervals } from '@mingjian/contracts';
import { WEEKDAYS } from '@mingjian/contracts';
import { DAY_MS, dayNumberOf, timeOfDayMs, weekdayOf } from './local-date';
import { LATEST } from './zone';

/** Opening times of a day as milliseconds after its first instant: opening, closing, opening, closing, … */
export type DayPattern = readonly number[];

export const CLOSED: DayPattern = [];
const NOON = DAY_MS / 2;
const LAST_DAY = LATEST / DAY_MS;

/** The hours of each date on the wall clock; what an offset change does to a day is asked elsewhere. */
export interface WallHours {
  patternOn(dayNumber: number): DayPattern;
  /** The entry that the date has, if any: its name and notice explain the day. */
  entryOf(dayNumber: number): CalendarDay | undefined;
}

/**
 * A weekly pattern with the entries that replace it. Of several entries for one date the one with the narrowest scope
 * counts, then the one known latest, then the one written last.
 */
export class WrittenHours implements WallHours {
  private readonly weekly: DayPattern[];
  private readonly usual: DayPattern;
  private readonly listed = new Map<number, CalendarDay>();

  constructor(weekly: CalendarDocument['weekly'], entries: readonly CalendarDay[]) {
    this.weekly = WEEKDAYS.map((day) => patternOf(weekly[day] ?? []));
    this.usual = mostCommon(this.weekly);
    for (const entry of entries) this.list(entry);
  }

  entryOf(dayNumber: number): CalendarDay | undefined {
    return this.listed.get(dayNumber);
  }

  /** Whether the date has any opening time. */
  isWorked(dayNumber: number): boolean {
    return this.patternOn(dayNumber).length > 0;
  }

  patternOn(dayNumber: number): DayPattern {
    const entry = this.listed.get(dayNumber);
    const weekly = this.weekly[weekdayOf(dayNumber)]!;
    if (entry === undefined) return weekly;
    if ('hours' in entry) return patternOf(entry.hours);
    if ('off' in entry) return CLOSED;
    if ('halfOff' in entry) return withoutHalf(weekly, entry.halfOff);
    return weekly.length > 0 ? weekly : this.usual;
  }

  private list(entry: CalendarDay): void {
    const last = Math.min(dayNumberOf(entry.through ?? entry.date), LAST_DAY);
    for (let day = dayNumberOf(entry.date); day <= last; day++) {
      const other = this.listed.get(day);
      if (other === undefined || !counts(other, entry)) this.listed.set(day, entry);
    }
  }
}

/** Whether of two entries for one date the first counts; with equals the later one written does. */
function counts(entry: CalendarDay, other: CalendarDay): boolean {
  const narrower = narrowness(entry.scope) - narrowness(other.scope);
  if (narrower !== 0) return narrower > 0;
  return (entry.knownSince ?? '') > (other.knownSince ?? '');
}

/** A department before any hall, a hall before any district; of two departments the one that also names a hall. */
function narrowness(scope: CalendarScope | undefined): number {
  if (scope === undefined) return 0;
  return (
    (scope.department === undefined ? 0 : 4) +
    (scope.hall === undefined ? 0 : 2) +
    (scope.district === undefined ? 0 : 1)
  );
}

function patternOf(intervals: OpeningIntervals): DayPattern {
  const pattern: number[] = [];
  for (const [opening, closing] of intervals) {
    const from = timeOfDayMs(opening);
    // 09:00–12:00, 12:00–17:00 is one stretch: an end at noon then is not an end at closing.
    if (pattern[pattern.length - 1] === from) pattern.pop();
    else pattern.push(from);
    pattern.push(timeOfDayMs(closing));
  }
  return pattern;
}

/** 半天假: the pattern without its hours before, or after, 12:00. */
export function withoutHalf(pattern: DayPattern, half: 'morning' | 'afternoon'): DayPattern {
  const rest: number[] = [];
  for (let i = 0; i < pattern.length; i += 2) {
    const opening = half === 'morning' ? Math.max(pattern[i]!, NOON) : pattern[i]!;
    const closing = half === 'morning' ? pattern[i + 1]! : Math.min(pattern[i + 1]!, NOON);
    if (closing > opening) rest.push(opening, closing);
  }
  return rest;
}

/** The usual hours, for a make-up working day: what most weekdays have; the earlier weekday where two tie. */
function mostCommon(weekly: readonly DayPattern[]): DayPattern {
  let best: DayPattern = CLOSED;
  let bestCount = 0;
  for (const pattern of weekly) {
    if (pattern.length === 0) continue;
    const count = weekly.filter((other) => other.join() === pattern.join()).length;
    if (count > bestCount) [best, bestCount] = [pattern, count];
  }
  return best;
}
