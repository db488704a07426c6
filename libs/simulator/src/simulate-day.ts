import { cityNamed } from './city/city';
import {
  addWorkingSeconds,
  dateOf,
  dayAt,
  dayOf,
  SECONDS_PER_WORKING_DAY,
  startOfDay,
} from './city/city-hours';
import { Customs } from './city/customs';
import { departmentsOf, isCounterItem, ITEMS, UNKNOWN_ITEM, type SimulatedItem } from './city/items';
import { arrivals, type Arrival } from './arrival/arrival';
import { fabricate } from './life/fabricate';
import { chooseCourse, type Course } from './life/course';
import { liveCounterCase } from './life/counter-life';
import { LifeWriter } from './life/life-writer';
import { livePermitCase } from './life/permit-life';
import { roundTimes } from './life/round-times';
import { casesOn, submittedAt } from './life/submission';
import type { InjectedMisconduct, MisconductChoice, MisconductKind } from './misconduct';
import { Random } from './random';

const PERMIT_ITEMS = ITEMS.filter((item) => !isCounterItem(item));
const COUNTER_ITEMS = ITEMS.filter(isCounterItem);

/** Part of the cases that is asked for an item of no ruleset. */
const UNKNOWN_ITEM_RATE = 0.012;

/** Of the cases that ended early and without a result, so many come in again: the applicant brings what was missing. */
const HONEST_RETURN_RATE = 0.3;
/** Cases filed again are numbered from here on. */
const AGAIN = 50_000;

/** Everything about the cases submitted on one day, to the end of their lives. */
export interface SimulatedDay {
  /** In order of arrival. */
  arrivals: Arrival[];
  misconduct: InjectedMisconduct[];
}

/**
 * The complete lives of the cases submitted on a date, as a function of (city, seed, date, choice) alone: days can be
 * made in any order, on any machine.
 * @param date in the city's zone, YYYY-MM-DD.
 * @throws BadInputError when there is no such city; RangeError for a date the city does not know.
 */
export function simulateDay(
  cityName: string,
  seed: string,
  date: string,
  choice: MisconductChoice = 'usual',
): SimulatedDay {
  const city = cityNamed(cityName);
  const customs = new Customs(city, seed, choice);
  const day = dayOf(date);
  const volume = new Random(`${city.code}/${seed}/${date}`);
  const permits = casesOn(day, city.permitsPerWorkingDay, volume);
  const counterCases = casesOn(day, city.counterCasesPerWorkingDay, volume);
  const simulated: SimulatedDay = { arrivals: [], misconduct: monthsWithoutCases(customs, date) };
  for (let n = 1; n <= permits + counterCases; n++) {
    const random = new Random(`${city.code}/${seed}/${date}/${n}`);
    const item = n > permits ? random.weighted(COUNTER_ITEMS) : permitItem(random);
    if (customs.habitAt(item.department, startOfDay(day)) !== 'zero-case-month')
      liveOneCase(simulated, customs, day, n, item, random);
  }
  simulated.arrivals.sort(byArrival);
  return simulated;
}

/** Told on the first of the month: it has no case by which it could be told. */
function monthsWithoutCases(customs: Customs, date: string): InjectedMisconduct[] {
  if (!date.endsWith('-01')) return [];
  return departmentsOf()
    .filter((department) => customs.habitAt(department, startOfDay(dayOf(date))) === 'zero-case-month')
    .map((department) => ({ kind: 'zero-case-month', caseNo: null, item: null, department, date }));
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
  customs: Customs,
  day: number,
  n: number,
  item: SimulatedItem,
  random: Random,
): void {
  const chosen = chooseCourse(item, customs.choice, random);
  const course = item === UNKNOWN_ITEM ? { ...chosen, misconduct: null } : chosen;
  const caseNo = caseNoOf(customs, day, n);
  const writer = new LifeWriter(customs, caseNo, item, customs.applicantOf(caseNo));
  const submitted = submittedAt(day, course.online, random);
  const isClean = customs.choice === 'none' || item !== UNKNOWN_ITEM;
  tell(into, writer, course, submitted, day, isClean ? course.misconduct : 'unknown-item', random);
  fileAgain(into, writer, course, day, n);
}

/** Lives a case and tells what arrives of it, and what was wrong with it. */
function tell(
  into: SimulatedDay,
  writer: LifeWriter,
  course: Course,
  submitted: number,
  day: number,
  kind: MisconductKind | null,
  random: Random,
): void {
  const { caseNo, item } = writer;
  (isCounterItem(item) ? liveCounterCase : livePermitCase)(writer, course, submitted, random);
  const life =
    course.misconduct === 'fabricated-steps'
      ? fabricate(writer.events)
      : roundTimes(writer, new Random(`${writer.customs.seed}/round/${caseNo}`));
  into.arrivals.push(...arrivals(writer.customs, life, course.misconduct, random));
  const about = { caseNo, item: item.code, department: item.department };
  // Of a case filed again the second filing is the one that is found.
  if (kind !== null && kind !== 'filed-again') into.misconduct.push({ kind, ...about, date: dateOf(day) });
  for (const [habit, at] of writer.habits)
    into.misconduct.push({ kind: habit, ...about, date: dateOf(dayAt(at)) });
}

/** The same applicant comes in again: soon after being talked out of it, or days later with what had been missing. */
function fileAgain(
  into: SimulatedDay,
  { customs, item, applicant, caseNo, events }: LifeWriter,
  { turn, misconduct }: Course,
  day: number,
  n: number,
): void {
  const random = new Random(`${customs.city.code}/${customs.seed}/again/${caseNo}`);
  const isTalkedInto = misconduct === 'filed-again';
  const isHonest =
    (turn === 'not-accepted' || turn === 'withdrawn' || turn === 'returned') && misconduct === null;
  if (!isTalkedInto && !(isHonest && item !== UNKNOWN_ITEM && random.chance(HONEST_RETURN_RATE))) return;
  const ended = Math.max(...events.map(({ at }) => at));
  const days = isTalkedInto ? random.between(0.1, 2) : random.between(0.3, 8);
  const submitted = addWorkingSeconds(ended, days * SECONDS_PER_WORKING_DAY);
  if (customs.habitAt(item.department, submitted) === 'zero-case-month') return;
  const writer = new LifeWriter(customs, caseNoOf(customs, day, n + AGAIN), item, applicant);
  const course: Course = {
    ...chooseCourse(item, 'none', random),
    turn: 'plain',
    online: false,
  };
  tell(into, writer, course, submitted, day, null, random);
  if (!isTalkedInto) return;
  const about = { caseNo: writer.caseNo, item: item.code, department: item.department };
  into.misconduct.push({ kind: 'filed-again', ...about, date: dateOf(dayAt(submitted)) });
}

function caseNoOf({ city }: Customs, day: number, n: number): string {
  return `${city.area}-${dateOf(day).replaceAll('-', '')}-${String(n).padStart(5, '0')}`;
}
