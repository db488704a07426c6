import { dateTextOf } from '../local-date';
import type { NoticeCount, NoticeDay, NoticeExtension } from './parsed-notice';

interface Stated {
  state: 'off' | 'work';
  name: string;
}

/**
 * Gathers what the sentences of a notice say of each day.
 *
 * A day whose rest is moved away (`4月4日公休日调至4月6日`) is worked, unless the notice has it off for itself: a
 * festival on a Saturday moves its rest, and stays a holiday. That is known only at the end of the notice.
 */
export class DayCollector {
  private readonly stated = new Map<number, Stated>();
  private readonly moved = new Map<number, string>();
  private readonly contradicted = new Map<number, string>();
  private readonly extensions: NoticeExtension[] = [];
  private readonly counts: NoticeCount[] = [];

  state(days: readonly number[], state: Stated['state'], name: string): void {
    for (const day of days) {
      const earlier = this.stated.get(day);
      if (earlier === undefined) this.stated.set(day, { state, name });
      else if (earlier.state !== state) this.contradicted.set(day, name);
    }
  }

  moveRest(days: readonly number[], name: string): void {
    for (const day of days) this.moved.set(day, name);
  }

  extend(name: string, through: number): void {
    this.extensions.push({ name, through: dateTextOf(through) });
  }

  count(count: NoticeCount): void {
    this.counts.push(count);
  }

  finish(): {
    days: NoticeDay[];
    extensions: NoticeExtension[];
    counts: NoticeCount[];
    contradictions: { day: number; name: string }[];
  } {
    const all = new Map(this.stated);
    for (const [day, name] of this.moved) if (!all.has(day)) all.set(day, { state: 'work', name });
    return {
      days: [...all]
        .sort(([a], [b]) => a - b)
        .map(([day, { state, name }]) => ({ date: dateTextOf(day), state, name })),
      extensions: this.extensions,
      counts: this.counts,
      contradictions: [...this.contradicted].map(([day, name]) => ({ day, name })),
    };
  }
}
