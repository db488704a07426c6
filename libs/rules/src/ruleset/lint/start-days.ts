import type { Limit, WorkingCalendar } from '../../calendar';
import { dateTextOf, dueAt } from '../../calendar';
import { bareClock } from '../../clock/clock-spec';
import { trackClock } from '../../light/track-clock';
import type { Threshold } from '../compile-clock';

/** Instants, one for each start; epoch milliseconds. */
export type Instants = readonly number[];

/** When the lights of one clock come on, for each start; `Infinity` where one never does. */
export interface LightInstants {
  yellowAt: Instants;
  redAt: Instants;
}

/** How two limits compare over all starts, with the first start where the one ends after the other. */
export interface Comparison {
  later: 'never' | 'sometimes' | 'always';
  /** Local date; null where it never is later. */
  example: string | null;
}

const YEAR = 365;

/**
 * Starts spread over two years around `today`: opening and last minute of each working day. Limits are held
 * against each other by the due instants that they give from all of these, so that days, hours and holidays meet as
 * they do in practice.
 */
export class StartDays {
  readonly starts: Instants;
  private readonly dues = new Map<string, Instants>();
  private readonly lights = new Map<string, LightInstants>();

  /** `today`: epoch ms. Without any working day there are no starts. */
  constructor(
    readonly calendar: WorkingCalendar,
    today: number,
  ) {
    const starts: number[] = [];
    const middle = calendar.dayOf(today);
    for (let day = middle - YEAR; day <= middle + YEAR; day++) {
      if (!calendar.isWorkingDay(day)) continue;
      const opening = calendar.openAtOrAfter(calendar.startOfDay(day));
      const worked = calendar.workingMsOfDay(day);
      starts.push(opening, calendar.addWorkingMs(opening, Math.max(0, worked - 60_000)));
    }
    this.starts = starts;
  }

  /** The due instant of a limit from each start. */
  duesOf(limit: Limit): Instants {
    const known = this.dues.get(limit.text);
    if (known) return known;
    const dues = this.duesAfter(limit, this.starts);
    this.dues.set(limit.text, dues);
    return dues;
  }

  /** The due instant of a limit from other instants, as many as there are starts. */
  duesAfter(limit: Limit, from: Instants): Instants {
    return from.map((start) => dueAt(this.calendar, limit, start).dueAt!);
  }

  /** When yellow and red come on, as the judge would have it. */
  lightsOf(limit: Limit, yellowBefore: readonly Threshold[], redAfter: Limit | null): LightInstants {
    const key = JSON.stringify([limit.text, yellowBefore, redAfter?.text]);
    const known = this.lights.get(key);
    if (known) return known;
    const yellowAt: number[] = [];
    const redAt: number[] = [];
    for (const start of this.starts) {
      const spec = { ...bareClock('lint', 'promise', start, null), limit, yellowBefore, redAfter };
      const { spans } = trackClock(spec, this.calendar, []);
      yellowAt.push(spans.find(({ light }) => light === 'yellow')?.from ?? Infinity);
      redAt.push(spans.find(({ light }) => light === 'red')?.from ?? Infinity);
    }
    const lights = { yellowAt, redAt };
    this.lights.set(key, lights);
    return lights;
  }

  /** Whether `a` is later than `b`: from no start, from some, or from all. */
  compare(a: Instants, b: Instants): Comparison {
    const first = a.findIndex((instant, index) => instant > b[index]!);
    if (first < 0) return { later: 'never', example: null };
    const isAlways = a.every((instant, index) => instant > b[index]!);
    const example = dateTextOf(this.calendar.dayOf(this.starts[first]!));
    return { later: isAlways ? 'always' : 'sometimes', example };
  }
}
