import type { WorkingCalendar } from '@mingjian/rules';
import { SLOT_MS } from '../judge/arrivals-of';

/** Working days of the past that a rhythm is learned from. */
export const LEARNED_DAYS = 20;
/** With signs of life on fewer of them there is no rhythm yet. */
export const LEAST_DAYS = 5;
/** Slots looked at; what is silent for longer is silent by any measure. */
const MOST_SLOTS = 5_000;
/** No silence needs a smaller chance than this to be believed. */
const SMALL_ENOUGH = 1e-9;

/**
 * 报送规律: in how many of the last working days a source sent something, for each quarter of an hour of the day.
 *
 * Whether something came is learned, not how much: a source that uploads five hundred events at five is quiet all day,
 * and one that sends single events now and then has long gaps. Neither is silent.
 */
export class Rhythm {
  private constructor(
    /** Working days learned from. */
    readonly days: number,
    /** Those with any sign of life. */
    private readonly livelyDays: number,
    /** By wall-clock time of the slot's start, milliseconds since midnight: days with a sign of life. */
    private readonly daysWith: ReadonlyMap<number, number>,
  ) {}

  /**
   * Learns from the slots in which something came, of the last {@link LEARNED_DAYS} working days before the day of `now`.
   * Days before the first slot known count not at all: the source was not there yet.
   */
  static learn(slots: readonly number[], calendar: WorkingCalendar, now: number): Rhythm {
    const today = calendar.dayOf(now);
    let from = today;
    for (let n = 0; n < LEARNED_DAYS; n++) from = calendar.workingDayBefore(from, 1);
    const first = slots.length === 0 ? today : calendar.dayOf(Math.min(...slots));
    // The first day may have begun before the source did.
    const learned = Math.max(from, first + 1);
    const daysWith = new Map<number, number>();
    const lively = new Set<number>();
    for (const slot of slots) {
      const day = calendar.dayOf(slot);
      if (day < learned || day >= today || !calendar.isWorkingDay(day)) continue;
      lively.add(day);
      const time = calendar.wallTimeOf(slot);
      daysWith.set(time, (daysWith.get(time) ?? 0) + 1);
    }
    const days = learned >= today ? 0 : calendar.workingDaysBetween(learned - 1, today - 1);
    return new Rhythm(days, lively.size, daysWith);
  }

  /** Whether enough is known to judge by it. */
  get isLearned(): boolean {
    return this.livelyDays >= LEAST_DAYS;
  }

  /** How likely something comes in a slot of opening hours: never quite 0 and never quite 1, few days proving little. */
  chanceOfSign(slot: number, calendar: WorkingCalendar): number {
    return ((this.daysWith.get(calendar.wallTimeOf(slot)) ?? 0) + 0.5) / (this.days + 1);
  }

  /**
   * How likely a source with this rhythm sends nothing from just after `lastSign` to `now` although all is well: the product over
   * the slots of opening hours that lie between them as a whole. Closed hours prove nothing.
   */
  chanceOfSilence(lastSign: number, now: number, calendar: WorkingCalendar): number {
    let chance = 1;
    let slot = Math.floor(lastSign / SLOT_MS + 1) * SLOT_MS;
    for (let n = 0; n < MOST_SLOTS && slot + SLOT_MS <= now && chance > SMALL_ENOUGH; n++, slot += SLOT_MS)
      if (calendar.isOpen(slot)) chance *= 1 - this.chanceOfSign(slot, calendar);
      // Nights and holidays are stepped over, not walked through.
      else slot = Math.max(slot, Math.floor(calendar.openAtOrAfter(slot) / SLOT_MS) * SLOT_MS - SLOT_MS);
    return chance;
  }
}
