import { HOLIDAYS } from './holidays';

/**
 * The city's opening hours: working days 09:00–12:00 and 13:30–17:00, UTC+8 all year (China has had no daylight
 * saving since 1992). Instants are epoch milliseconds; a *working second* counts opening time only, from the first
 * day of the table.
 */
export const SECONDS_PER_WORKING_DAY = 6.5 * 3600;

const DAY_MS = 86_400_000;
const OFFSET_MS = 8 * 3_600_000;
const OPENING = 9 * 3600;
const MORNING = 3 * 3600;
const LUNCH = 1.5 * 3600;
const FIRST_YEAR = 2007;
const LAST_YEAR = 2060;

const FIRST_DAY = Date.UTC(FIRST_YEAR, 0, 1) / DAY_MS;
const LAST_DAY = Date.UTC(LAST_YEAR, 11, 31) / DAY_MS;

/** All working days in order, and for each day of the table how many of them lie before it. */
const { workingDays, before } = workingDayTable();

/** The day number (days since 1970-01-01) of a date written YYYY-MM-DD. */
export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY_MS;
}

/** The date, YYYY-MM-DD, of a day number. */
export function dateOf(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** Midnight at which the day begins in the city. */
export function startOfDay(day: number): number {
  return day * DAY_MS - OFFSET_MS;
}

/** The day in the city at an instant. */
export function dayAt(at: number): number {
  return Math.floor((at + OFFSET_MS) / DAY_MS);
}

export function isWorkingDay(day: number): boolean {
  return ordinal(day) < ordinal(day + 1);
}

/** Monday is 1, Sunday 7. */
export function weekdayOf(day: number): number {
  return ((day + 3) % 7) + 1;
}

/** The instant as the departments write it: RFC 3339 with seconds and +08:00. */
export function cityTime(at: number): string {
  return `${new Date(at + OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** The instant that lies `seconds` of opening time after `at`; outside opening hours counting begins at the next opening. */
export function addWorkingSeconds(at: number, seconds: number): number {
  return instantOf(workingSecond(at) + Math.max(0, Math.round(seconds)));
}

/** Opening seconds from an instant to the closing of the n-th working day after its day. */
export function workingSecondsToClosing(at: number, days: number): number {
  return (ordinal(dayAt(at) + 1) + days) * SECONDS_PER_WORKING_DAY - workingSecond(at);
}

/** The last working day of the week of a day; the day itself where none is left. */
export function lastWorkingDayOfWeek(day: number): number {
  for (let last = day + 7 - weekdayOf(day); last > day; last--) if (isWorkingDay(last)) return last;
  return day;
}

function workingSecond(at: number): number {
  const day = dayAt(at);
  const start = ordinal(day) * SECONDS_PER_WORKING_DAY;
  if (!isWorkingDay(day)) return start;
  const clock = Math.floor((at - startOfDay(day)) / 1000) - OPENING;
  if (clock <= MORNING) return start + Math.max(0, clock);
  return start + Math.min(SECONDS_PER_WORKING_DAY, Math.max(MORNING, clock - LUNCH));
}

function instantOf(second: number): number {
  const index = Math.floor(second / SECONDS_PER_WORKING_DAY);
  const rest = second - index * SECONDS_PER_WORKING_DAY;
  const day = workingDays[index];
  if (day === undefined) throw outside(`working day ${index}`);
  return startOfDay(day) + (OPENING + rest + (rest >= MORNING ? LUNCH : 0)) * 1000;
}

function ordinal(day: number): number {
  const count = before[day - FIRST_DAY];
  if (count === undefined) throw outside(dateOf(day));
  return count;
}

function outside(what: string): RangeError {
  return new RangeError(`the simulated city knows ${FIRST_YEAR} to ${LAST_YEAR}, not ${what}`);
}

function workingDayTable(): { workingDays: number[]; before: number[] } {
  const workingDays: number[] = [];
  const before: number[] = [];
  const off = new Set<string>();
  const work = new Set<string>();
  for (const [year, dates] of Object.entries(HOLIDAYS)) {
    for (const mmdd of dates.off.split(' ')) off.add(year + mmdd);
    for (const mmdd of dates.work.split(' ')) work.add(year + mmdd);
  }
  for (let day = FIRST_DAY; day <= LAST_DAY; day++) {
    before.push(workingDays.length);
    const key = dateOf(day).replaceAll('-', '');
    if (work.has(key) || (weekdayOf(day) <= 5 && !off.has(key))) workingDays.push(day);
  }
  return { workingDays, before };
}
