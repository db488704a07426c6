import { dayAt, isWorkingDay, startOfDay } from '../city/city-hours';
import type { SimulatedItem } from '../city/items';
import type { Random } from '../random';
import type { Course } from './course';

/** In the night after: between half past midnight and half past four. */
export function atNight(at: number, random: Random): number {
  return startOfDay(dayAt(at) + 1) + seconds(random.between(0.5, 4.5));
}

/**
 * Honest overtime: now and then somebody finishes a file in the evening, or comes in on the day off. Only where the
 * promise leaves room, for nobody is to be late by it.
 */
export function overtime(at: number, item: SimulatedItem, course: Course, random: Random): number {
  const hasRoom = item.promiseDays >= 5 && course.pace < 0.35 && course.turn === 'plain';
  if (!hasRoom || course.misconduct !== null) return at;
  const draw = random.next();
  const day = dayAt(at);
  if (draw < 0.01) return Math.max(at, startOfDay(day) + seconds(random.between(17.2, 20.5)));
  return draw < 0.12 && !isWorkingDay(day + 1) ? startOfDay(day + 1) + seconds(random.between(9.5, 16)) : at;
}

function seconds(hours: number): number {
  return Math.floor(hours * 3600) * 1000;
}
