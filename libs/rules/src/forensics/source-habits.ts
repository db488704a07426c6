import type { TimelineEvent } from '@mingjian/contracts';

/** Bins of lags, four for each doubling: a quantile is right within a fifth, and a source costs some hundred numbers. */
const BINS_PER_DOUBLING = 4;
const WHOLE_MINUTES = 0.95;
/** Fewer events than this say nothing about a source. */
const LEAST_EVENTS = 30;

interface Habit {
  lags: number[];
  received: number;
  events: number;
  wholeMinutes: number;
}

/** What is usual for a source: how long its events need, and how exactly it writes its times. */
export class SourceHabits {
  private readonly bySource = new Map<string, Habit>();

  add(timeline: readonly TimelineEvent[]): void {
    for (const { source, occurredAt, receivedAt } of timeline) {
      let habit = this.bySource.get(source);
      if (habit === undefined)
        this.bySource.set(source, (habit = { lags: [], received: 0, events: 0, wholeMinutes: 0 }));
      habit.events++;
      if (occurredAt % 60_000 === 0) habit.wholeMinutes++;
      if (receivedAt === null) continue;
      habit.received++;
      const bin = binOf(receivedAt - occurredAt);
      habit.lags[bin] = (habit.lags[bin] ?? 0) + 1;
    }
  }

  get sources(): string[] {
    return [...this.bySource.keys()].sort();
  }

  /** The lag (ms) that this share of a source's events does not exceed; 0 where too few are known. */
  lagMs(source: string, share: number): number {
    const habit = this.bySource.get(source);
    if (habit === undefined || habit.received < LEAST_EVENTS) return 0;
    let rest = habit.received * share;
    for (let bin = 0; bin < habit.lags.length; bin++)
      if ((rest -= habit.lags[bin] ?? 0) <= 0) return 1000 * (2 ** ((bin + 1) / BINS_PER_DOUBLING) - 1);
    return 0;
  }

  received(source: string): number {
    return this.bySource.get(source)?.received ?? 0;
  }

  /** Whether the source writes whole minutes: then one minute is no finer than its clock, and proves nothing. */
  writesWholeMinutes(source: string): boolean {
    const habit = this.bySource.get(source);
    return (
      habit !== undefined &&
      habit.events >= LEAST_EVENTS &&
      habit.wholeMinutes >= WHOLE_MINUTES * habit.events
    );
  }
}

function binOf(lagMs: number): number {
  return Math.floor(BINS_PER_DOUBLING * Math.log2(1 + Math.max(0, lagMs) / 1000));
}
