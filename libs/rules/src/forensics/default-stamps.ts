import type { TimelineEvent } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';

/** Of the events of one type of a source: so many at one second of the day, and it is no time but a date without one. */
const LEAST_SHARE = 0.2;
const LEAST_EVENTS = 30;
/** This one is suspected without a share: so many times are enough. */
const MIDNIGHT = '00:00:00';

/** A time of day that a source writes where it knows only the date. */
export interface DefaultStamp {
  source: string;
  type: string;
  /** Local, `HH:MM:SS`. */
  time: string;
  share: number;
}

/**
 * Times of day that stand for a date: 00:00:00, or whatever a conversion made of it. By chance a second of the day comes
 * once in tens of thousands of times; what is written a fifth of all times says nothing about when anybody worked.
 */
export class DefaultStamps {
  private readonly totals = new Map<string, number>();
  private readonly counts = new Map<string, number>();

  /** Counts an act of whatever time. */
  count({ source, type }: TimelineEvent): void {
    const all = `${source} ${type}`;
    this.totals.set(all, (this.totals.get(all) ?? 0) + 1);
  }

  /** Counts the stamp of an act that was counted and may stand for a date: few have one. */
  suspect(event: TimelineEvent, calendar: WorkingCalendar): string {
    const stamp = stampOf(event, calendar);
    this.counts.set(stamp, (this.counts.get(stamp) ?? 0) + 1);
    return stamp;
  }

  /** Whether a stamp stands for a date. Asked after all acts were counted. */
  has(stamp: string): boolean {
    const total = this.totals.get(stamp.slice(0, stamp.lastIndexOf(' '))) ?? 0;
    const count = this.counts.get(stamp) ?? 0;
    return count >= LEAST_EVENTS && (stamp.endsWith(MIDNIGHT) || count >= LEAST_SHARE * total);
  }

  list(): DefaultStamp[] {
    return [...this.counts.keys()]
      .filter((stamp) => this.has(stamp))
      .sort()
      .map((stamp) => {
        const [source = '', type = '', time = ''] = stamp.split(' ');
        return { source, type, time, share: this.counts.get(stamp)! / this.totals.get(`${source} ${type}`)! };
      });
  }
}

/** Source, type and local second of the day. */
export function stampOf({ source, type, occurredAt }: TimelineEvent, calendar: WorkingCalendar): string {
  return `${source} ${type} ${new Date(calendar.wallTimeOf(occurredAt)).toISOString().slice(11, 19)}`;
}

/** Whether the minute is that of a full or half hour. */
export function isOnHalfHour(calendar: WorkingCalendar, at: number): boolean {
  return Math.floor(calendar.wallTimeOf(at) / 60_000) % 30 === 0;
}
