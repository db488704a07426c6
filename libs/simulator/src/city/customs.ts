import { HABIT_KINDS, HABIT_RATE, type HabitKind, type MisconductChoice } from '../misconduct';
import { Random } from '../random';
import type { SimulatedCity } from './city';
import { dateOf, dayAt, startOfDay } from './city-hours';

/** Department days on which everything waiting is signed in one afternoon. */
const BATCH_DAYS = 0.05;
/** Department evenings whose work is entered the next morning. */
const LATE_MORNINGS = 0.04;
/** Applications handed in by an agent, and how many agents there are. */
const BY_AGENTS = 0.12;
const AGENTS = 200;

/** How departments work: honest customs that look odd, and habits that are not. A function of (city, seed) alone. */
export class Customs {
  private readonly habits: readonly HabitKind[];

  constructor(
    readonly city: SimulatedCity,
    readonly seed: string,
    readonly choice: MisconductChoice = 'usual',
  ) {
    this.habits = typeof choice === 'string' ? [] : HABIT_KINDS.filter((kind) => choice.includes(kind));
  }

  /** The habit of a department in the month of an instant; null for most. */
  habitAt(department: string, at: number): HabitKind | null {
    if (this.habits.length === 0) return null;
    const random = this.about('habit', department, dateOf(dayAt(at)).slice(0, 7));
    return random.chance(HABIT_RATE) ? random.pick(this.habits) : null;
  }

  /** When a decision ready at `at` is signed: on a batch day in its afternoon, with all others; else at once. */
  signedAt(department: string, at: number): number {
    const day = dayAt(at);
    const batch = this.about('batch', department, dateOf(day));
    if (!batch.chance(BATCH_DAYS)) return at;
    const random = new Random(`${this.seed}/signed/${at}`);
    return Math.max(at, startOfDay(day) + Math.floor(random.between(15, 16.9) * 3600) * 1000);
  }

  /** Whether what a department does late on a day is entered the next morning: late, and honestly. */
  entersNextMorning(department: string, at: number): boolean {
    const day = dayAt(at);
    return (
      at >= startOfDay(day) + 15.5 * 3_600_000 &&
      this.about('evening', department, dateOf(day)).chance(LATE_MORNINGS)
    );
  }

  /**
   * Who applies: mostly somebody who comes once, now and then an agent who comes for many. A keyed hash as a department
   * would make it.
   */
  applicantOf(caseNo: string): string {
    const random = this.about('applicant', caseNo, '');
    const who = random.chance(BY_AGENTS)
      ? this.about('agent', String(random.integer(1, AGENTS)), '')
      : random;
    const half = (): string =>
      Math.floor(who.next() * 2 ** 32)
        .toString(16)
        .padStart(8, '0');
    return half() + half();
  }

  private about(what: string, who: string, when: string): Random {
    return new Random(`${this.city.code}/${this.seed}/${what}/${who}/${when}`);
  }
}
