import { cityNamed, type SimulatedCity } from './city/city';
import { dateOf, dayOf } from './city/city-hours';
import { isCounterItem, ITEMS, UNKNOWN_ITEM, type SimulatedItem } from './city/items';
import { arrivals, type Arrival } from './arrival/arrival';
import { fabricate } from './life/fabricate';
import { chooseCourse } from './life/course';
import { liveCounterCase } from './life/counter-life';
import { LifeWriter } from './life/life-writer';
import { livePermitCase } from './life/permit-life';
import { casesOn, submittedAt } from './life/submission';
import type { InjectedMisconduct } from './misconduct';
import { Random } from './random';

const PERMIT_ITEMS = ITEMS.filter((item) => !isCounterItem(item));
const COUNTER_ITEMS = ITEMS.filter(isCounterItem);

/** Part of the cases that is asked for an item of no ruleset. */
const UNKNOWN_ITEM_RATE = 0.012;

/** Everything about the cases submitted on one day, to the end of their lives. */
export interface SimulatedDay {
  /** In order of arrival. */
  arrivals: Arrival[];
  misconduct: InjectedMisconduct[];
}

/**
 * The complete lives of the cases submitted on a date, as a function of (city, seed, date) alone: days can be made
 * in any order, on any machine.
 * @param date in the city's zone, YYYY-MM-DD.
 * @throws BadInputError when there is no such city; RangeError for a date the city does not know.
 */
export function simulateDay(cityName: string, seed: string, date: string): SimulatedDay {
  const city = cityNamed(cityName);
  const day = dayOf(date);
  const volume = new Random(`${city.code}/${seed}/${date}`);
  const permits = casesOn(day, city.permitsPerWorkingDay, volume);
  const counterCases = casesOn(day, city.counterCasesPerWorkingDay, volume);
  const simulated: SimulatedDay = { arrivals: [], misconduct: [] };
  for (let n = 1; n <= permits + counterCases; n++) {
    const random = new Random(`${city.code}/${seed}/${date}/${n}`);
    const item = n > permits ? random.weighted(COUNTER_ITEMS) : permitItem(random);
    liveOneCase(simulated, city, seed, day, n, item, random);
  }
  simulated.arrivals.sort(byArrival);
  return simulated;
}

/** Order of arrival; ties in the order of source and id, so that it is the same everywhere. */
export function byArrival(a: Arrival, b: Arrival): number {
  if (a.arrivesAt !== b.arrivesAt) return a.arrivesAt - b.arrivesAt;
  if (a.event.subject !== b.event.subject) return a.event.subject < b.event.subject ? -1 : 1;
  return sequence(a) - sequence(b);
}

/** Events of one case count up; their ids as texts would put the tenth before the second. */
function sequence({ event }: Arrival): number {
  return Number(event.id.slice(event.subject.length + 1));
}

function permitItem(random: Random): SimulatedItem {
  return random.chance(UNKNOWN_ITEM_RATE) ? UNKNOWN_ITEM : random.weighted(PERMIT_ITEMS);
}

function liveOneCase(
  into: SimulatedDay,
  city: SimulatedCity,
  seed: string,
  day: number,
  n: number,
  item: SimulatedItem,
  random: Random,
): void {
  const date = dateOf(day);
  const caseNo = `${city.area}-${date.replaceAll('-', '')}-${String(n).padStart(5, '0')}`;
  const chosen = chooseCourse(item, random);
  const course = item === UNKNOWN_ITEM ? { ...chosen, misconduct: null } : chosen;
  const writer = new LifeWriter(city, caseNo, item);
  const submitted = submittedAt(day, course.online, random);
  const live = isCounterItem(item) ? liveCounterCase : livePermitCase;
  live(writer, course, submitted, random);
  const life = course.misconduct === 'fabricated-steps' ? fabricate(writer.events) : writer.events;
  into.arrivals.push(...arrivals(city, seed, life, course.misconduct, random));
  const kind = item === UNKNOWN_ITEM ? 'unknown-item' : course.misconduct;
  if (kind !== null)
    into.misconduct.push({ kind, caseNo, item: item.code, department: item.department, date });
}
