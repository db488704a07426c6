import type { CalendarDocument } from '@mingjian/contracts';
import type { Place } from './office-hours';
import { hoursOn, namedIn } from './office-hours';
import { WallClock } from './wall-clock';

const DAY = 86_400_000;
/** Four hundred years of stepping without a working day: there will be none. */
const MOST_STEPS = 146_097;

/** A local date: `wall` is its midnight on the wall clock as if it were UTC. */
export interface OfficeDay {
  wall: number;
  /** First instant. The day lasts until the first instant of the next date. */
  first: number;
  /** First instant of the next date. */
  next: number;
  /** Stretches of opening time, in instants, closed–open. A day with any is a working day. */
  open: readonly (readonly [number, number])[];
}

const read = new WeakMap<CalendarDocument, Map<string, OfficeDays>>();
const wallClocks = new Map<string, WallClock>();

/** A calendar document read date by date at one place, with no table: each question steps over dates. */
export class OfficeDays {
  private readonly clock: WallClock;
  private readonly known = new Map<number, OfficeDay>();

  private constructor(
    private readonly document: CalendarDocument,
    private readonly place: Place,
  ) {
    const { timezone } = document;
    this.clock = wallClocks.get(timezone) ?? new WallClock(timezone);
    wallClocks.set(timezone, this.clock);
  }

  /** The days as a place has them; without one, as entries without a scope say. */
  static of(document: CalendarDocument, place: Place = {}): OfficeDays {
    let places = read.get(document);
    if (!places) read.set(document, (places = new Map<string, OfficeDays>()));
    const named = namedIn(document, place);
    const key = JSON.stringify([named.district, named.hall, named.department]);
    let days = places.get(key);
    if (!days) places.set(key, (days = new OfficeDays(document, named)));
    return days;
  }

  /** The date of an instant. A date is one stretch, also where its clock is set back over midnight. */
  at(instant: number): OfficeDay {
    let day = this.on(Math.floor(this.clock.wallOf(instant) / DAY) * DAY);
    while (instant < day.first) day = this.before(day);
    while (instant >= day.next) day = this.after(day);
    return day;
  }

  /** `YYYY-MM-DD` of an instant. */
  dateAt(instant: number): string {
    return textOf(this.at(instant).wall);
  }

  after(day: OfficeDay): OfficeDay {
    return this.on(day.wall + DAY);
  }

  before(day: OfficeDay): OfficeDay {
    return this.on(day.wall - DAY);
  }

  /** Time of day on the wall clock, ms since midnight. */
  timeOf(instant: number): number {
    return ((this.clock.wallOf(instant) % DAY) + DAY) % DAY;
  }

  /** The instant of a time of day on a date. */
  atTime(day: OfficeDay, time: number): number {
    return this.clock.instantOf(day.wall + time);
  }

  /**
   * Steps to the n-th working day after (`+1`) or before (`-1`) a day; for 0 the day itself or, where it is closed, the
   * next one in that direction.
   */
  working(day: OfficeDay, n: number, direction: 1 | -1): OfficeDay {
    let left = n;
    let here = day;
    if (n === 0 && here.open.length > 0) return here;
    for (let steps = 0; steps < MOST_STEPS; steps++) {
      here = this.on(here.wall + direction * DAY);
      if (here.open.length > 0 && --left <= 0) return here;
    }
    throw new RangeError('no working day is ever reached');
  }

  private on(wall: number): OfficeDay {
    let day = this.known.get(wall);
    if (!day) this.known.set(wall, (day = this.make(wall)));
    return day;
  }

  private make(wall: number): OfficeDay {
    const first = this.clock.instantOf(wall);
    const next = this.clock.instantOf(wall + DAY);
    // A date that the zone jumps over has no length and no opening time.
    const hours =
      next > first ? hoursOn(this.document, this.place, textOf(wall), new Date(wall).getUTCDay()) : [];
    const open = hours
      .map(([from, to]): [number, number] => [
        this.clock.instantOf(wall + msOf(from)),
        to === '24:00' ? next : this.clock.instantOf(wall + msOf(to)),
      ])
      .filter(([from, to]) => to > from);
    return { wall, first, next, open };
  }
}

function msOf(time: string): number {
  const [hour, minute] = time.split(':').map(Number) as [number, number];
  return (hour * 60 + minute) * 60_000;
}

function textOf(wall: number): string {
  return new Date(wall).toISOString().slice(0, 10);
}
