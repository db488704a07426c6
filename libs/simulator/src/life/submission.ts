import {
  addWorkingSeconds,
  isWorkingDay,
  SECONDS_PER_WORKING_DAY,
  startOfDay,
  weekdayOf,
} from '../city/city-hours';
import type { Random } from '../random';

/** Part of a mean working day's cases that comes in on a day of the week; Monday is 1. */
const WEEKDAY_FACTOR: Readonly<Record<number, number>> = { 1: 1.18, 2: 1.06, 3: 1, 4: 0.96, 5: 0.8 };

/** Days off bring in online applications only. */
const DAY_OFF_FACTOR = 0.05;

/** How many cases come in on a day whose mean is `mean`. */
export function casesOn(day: number, mean: number, random: Random): number {
  const factor = isWorkingDay(day) ? (WEEKDAY_FACTOR[weekdayOf(day)] ?? 0.9) : DAY_OFF_FACTOR;
  return Math.round(mean * factor * random.between(0.9, 1.1));
}

/**
 * When on that day the application is handed in. At the hall in opening hours, with a rush in the morning and
 * another after lunch; online at any time between 7:00 and 23:00.
 */
export function submittedAt(day: number, online: boolean, random: Random): number {
  if (online || !isWorkingDay(day))
    return startOfDay(day) + Math.floor(random.between(7 * 3600, 23 * 3600)) * 1000;
  const morning = random.chance(0.58);
  const rush = Math.min(random.next(), random.next());
  // Nobody takes a number in the last forty minutes of the day.
  const seconds = morning ? rush * 3 * 3600 : 3 * 3600 + rush * (SECONDS_PER_WORKING_DAY - 3.7 * 3600);
  return addWorkingSeconds(startOfDay(day), Math.floor(seconds));
}
