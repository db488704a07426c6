import { addWorkingSeconds, dayAt, dateOf, startOfDay } from '../city/city-hours';
import type { SimulatedCity } from '../city/city';
import type { Customs } from '../city/customs';
import type { LivedEvent } from '../life/life-writer';
import type { MisconductKind } from '../misconduct';
import { Random } from '../random';

/** An event with the instant (epoch milliseconds) at which the collector gets it. */
export interface Arrival extends LivedEvent {
  arrivesAt: number;
}

const MINUTE_MS = 60_000;

/**
 * How the events of a case travel: mostly within a minute; now and then twice, now and then after their successors;
 * some cases only days later.
 */
export function arrivals(
  customs: Customs,
  life: readonly LivedEvent[],
  misconduct: MisconductKind | null,
  random: Random,
): Arrival[] {
  const { city, seed } = customs;
  const last = Math.max(...life.map(({ at }) => at));
  // Reported whole, after the end: made up from the result, or entered from paper days later.
  const heldUntil =
    misconduct === 'fabricated-steps'
      ? last
      : misconduct === 'late-upload'
        ? addWorkingSeconds(last, random.between(1, 6) * 6.5 * 3600)
        : 0;
  return life.flatMap((lived) => {
    const department = lived.event.data.department ?? '';
    const sent = Math.max(enteredAt(lived, customs, department), heldUntil);
    const slow = heldUntil === 0 && random.chance(0.012);
    const delay = slow ? random.between(10, 240) * MINUTE_MS : 1_000 + random.next() ** 3 * MINUTE_MS;
    const arrivesAt = afterSilence(city, seed, department, Math.round(sent + delay));
    if (!random.chance(0.008)) return [{ ...lived, arrivesAt }];
    const again = arrivesAt + Math.round(random.between(0.1, 30) * MINUTE_MS);
    return [
      { ...lived, arrivesAt },
      { ...lived, arrivesAt: again },
    ];
  });
}

/** When somebody entered it: at once, when they say, or on the next morning. */
function enteredAt({ at, enteredAt: said }: LivedEvent, customs: Customs, department: string): number {
  const entered = Math.max(at, said ?? at);
  if (!customs.entersNextMorning(department, entered)) return entered;
  // In the order in which they were put on the pile, within some minutes.
  const lateMs = entered - startOfDay(dayAt(entered));
  return addWorkingSeconds(startOfDay(dayAt(entered) + 1), 300 + lateMs / 86_400);
}

/** A span in which a department's source sends nothing: no events, no heartbeats. */
export interface Silence {
  from: number;
  until: number;
}

/** The silence of a department on a day in the city, if it has one: about one in fifty days. */
export function silenceOn(
  city: SimulatedCity,
  seed: string,
  department: string,
  day: number,
): Silence | null {
  const random = new Random(`${city.code}/${seed}/silence/${department}/${dateOf(day)}`);
  if (!random.chance(0.02)) return null;
  const from = startOfDay(day) + Math.round(random.between(9, 14) * 3600) * 1000;
  return { from, until: from + Math.round(random.between(0.7, 3) * 3600) * 1000 };
}

/** What would arrive in a silence arrives when the source is back, in its order. */
function afterSilence(city: SimulatedCity, seed: string, department: string, at: number): number {
  const silence = silenceOn(city, seed, department, dayAt(at));
  if (silence === null || at < silence.from || at >= silence.until) return at;
  return silence.until + Math.round((at - silence.from) / 60);
}
