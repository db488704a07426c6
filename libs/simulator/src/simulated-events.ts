import type { StepEvent } from '@mingjian/contracts';
import type { Arrival } from './arrival/arrival';
import { cityNamed } from './city/city';
import { dateOf, dayOf, startOfDay } from './city/city-hours';
import type { InjectedMisconduct, MisconductChoice } from './misconduct';
import { byArrival, simulateDay } from './simulate-day';

/** Which part of a simulated city's life is wanted. */
export interface SimulationOptions {
  city: string;
  seed: string;
  /** First and last date of submission, YYYY-MM-DD in the city. Without `to` the city goes on. */
  from: string;
  to?: string;
  /** Leaves out what arrives up to this instant (epoch milliseconds): to go on where an earlier run stopped. */
  after?: number;
  /** What goes wrong; left out: what is usual. */
  misconduct?: MisconductChoice;
}

/** A step event and when the collector gets it (epoch milliseconds). */
export interface SimulatedEvent {
  event: StepEvent;
  arrivesAt: number;
}

/**
 * The events of all cases submitted on the given dates, in order of arrival.
 * Memory: the events still to come of cases under way (about 80 days of tails), never the whole range. The same
 * options give the same events in the same order on every machine.
 * @throws BadInputError when there is no such city; RangeError for a date the city does not know.
 */
export function* simulatedEvents(options: SimulationOptions): Generator<SimulatedEvent, void, undefined> {
  cityNamed(options.city);
  const lastDay = options.to === undefined ? Infinity : dayOf(options.to);
  let waiting: Arrival[] = [];
  for (let day = dayOf(options.from); day <= lastDay; day++) {
    waiting = waiting.concat(
      simulateDay(options.city, options.seed, dateOf(day), options.misconduct).arrivals,
    );
    // Nothing of a later day arrives before that day begins.
    const nextDay = startOfDay(day + 1);
    const arrived = waiting.filter(({ arrivesAt }) => arrivesAt < nextDay).sort(byArrival);
    waiting = waiting.filter(({ arrivesAt }) => arrivesAt >= nextDay);
    yield* wanted(arrived, options.after);
  }
  yield* wanted(waiting.sort(byArrival), options.after);
}

/** What the simulator let go wrong on purpose in the cases of these dates: ground truth, in order of submission. */
export function* injectedMisconduct(
  options: Omit<SimulationOptions, 'to' | 'after'> & { to: string },
): Generator<InjectedMisconduct, void, undefined> {
  for (let day = dayOf(options.from); day <= dayOf(options.to); day++)
    yield* simulateDay(options.city, options.seed, dateOf(day), options.misconduct).misconduct;
}

function* wanted(arrived: readonly Arrival[], after = -Infinity): Generator<SimulatedEvent, void, undefined> {
  for (const { event, arrivesAt } of arrived) if (arrivesAt > after) yield { event, arrivesAt };
}
