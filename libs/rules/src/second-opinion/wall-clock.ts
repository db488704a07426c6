const HOUR = 3_600_000;
/** No zone changed its offset twice within six hours. */
const SIX_HOURS = 21_600_000;
const QUARTER = 900_000;
/** A process that runs for months asks about many instants; beyond so many it starts to remember afresh. */
const MOST_REMEMBERED = 200_000;

/**
 * The wall clock of one IANA zone, asked of the platform instant by instant. Instants are epoch milliseconds; a *wall*
 * value is a wall-clock time written as milliseconds as if it were UTC.
 */
export class WallClock {
  private readonly format: Intl.DateTimeFormat;
  private readonly remembered: Record<number, Map<number, number>> = {
    [SIX_HOURS]: new Map(),
    [QUARTER]: new Map(),
  };
  private readonly instants = new Map<number, number>();

  constructor(timezone: string) {
    this.format = new Intl.DateTimeFormat('en-CA', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
  }

  /** What the wall clock shows at an instant. */
  wallOf(instant: number): number {
    return instant + this.aheadOfUtc(instant);
  }

  /**
   * The instant of a wall time: one that occurs twice means the first, one that daylight saving skips moves forward by
   * the length of the gap (README of this library, Instants).
   */
  instantOf(wall: number): number {
    let instant = this.instants.get(wall);
    if (instant === undefined) {
      if (this.instants.size >= MOST_REMEMBERED) this.instants.clear();
      this.instants.set(wall, (instant = this.look(wall)));
    }
    return instant;
  }

  private look(wall: number): number {
    const meant = new Set<number>();
    // No zone is more than a day from UTC.
    for (let at = wall - 30 * HOUR; at <= wall + 30 * HOUR; at += SIX_HOURS)
      meant.add(wall - this.aheadOfUtc(at));
    const shown = [...meant].filter((instant) => this.wallOf(instant) === wall);
    if (shown.length > 0) return Math.min(...shown);
    // Skipped: look for the last instant before the jump and go on by its offset.
    let before = wall - 30 * HOUR;
    let after = wall + 30 * HOUR;
    while (after - before > 1) {
      const middle = Math.floor((before + after) / 2);
      if (this.wallOf(middle) < wall) before = middle;
      else after = middle;
    }
    return wall - this.aheadOfUtc(before);
  }

  private aheadOfUtc(instant: number): number {
    return this.steadyWithin(SIX_HOURS, instant) ?? this.steadyWithin(QUARTER, instant) ?? this.ask(instant);
  }

  /** The offset of the whole stretch of that length around an instant; null where it changes within. */
  private steadyWithin(length: number, instant: number): number | null {
    const start = Math.floor(instant / length) * length;
    const remembered = this.remembered[length]!;
    let ahead = remembered.get(start);
    if (ahead === undefined) {
      ahead = this.ask(start);
      if (ahead !== this.ask(start + length - 1000)) ahead = NaN;
      if (remembered.size >= MOST_REMEMBERED) remembered.clear();
      remembered.set(start, ahead);
    }
    return Number.isNaN(ahead) ? null : ahead;
  }

  private ask(instant: number): number {
    const second = Math.floor(instant / 1000) * 1000;
    const numbers = this.format.format(second).match(/\d+/g)!.map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    const [year, month, day, hour, minute, seconds] = numbers;
    return Date.UTC(year, month - 1, day, hour, minute, seconds) - second;
  }
}
