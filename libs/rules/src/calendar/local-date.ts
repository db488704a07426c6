/**
 * Dates and times of day as numbers. A *day number* counts days since 1970-01-01 on the wall calendar of whatever
 * zone is meant; a *local* value is a wall-clock time written as milliseconds as if it were UTC.
 */
export const DAY_MS = 86_400_000;

/** Day number of a `YYYY-MM-DD` text. */
export function dayNumberOf(date: string): number {
  return Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1, Number(date.slice(8, 10))) / DAY_MS;
}

/** `YYYY-MM-DD` of a day number. */
export function dateTextOf(dayNumber: number): string {
  return new Date(dayNumber * DAY_MS).toISOString().slice(0, 10);
}

/** 0 = Monday … 6 = Sunday (1970-01-01 was a Thursday). */
export function weekdayOf(dayNumber: number): number {
  return (((dayNumber + 3) % 7) + 7) % 7;
}

/** Milliseconds since midnight of `HH:MM`; `24:00` is the end of the day. */
export function timeOfDayMs(time: string): number {
  return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000;
}
