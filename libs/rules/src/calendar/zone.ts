import { DAY_MS } from './local-date';

/** Changes of the offset are looked for in steps of this size, then pinned down by halving. */
const PROBE_MS = 7 * DAY_MS;

/** What the tables reach at most. Beyond it an answer is an error, never a guess. */
export const EARLIEST = Date.UTC(1900, 0, 1);
export const LATEST = Date.UTC(2400, 0, 1);

/** Offsets are known a little further: what lies within the bounds asks for its neighbours. */
const FIRST_KNOWN = EARLIEST - 2 * DAY_MS;
const LAST_KNOWN = LATEST + 2 * DAY_MS;

/**
 * One IANA time zone: instants (epoch ms) to wall-clock times and back, from the platform's zone data.
 * Rules of design.md §3.3: a local time that daylight saving skips moves forward by the gap; one that occurs twice
 * means the first.
 */
export class Zone {
  private readonly format: Intl.DateTimeFormat;
  /** Instants from which an offset holds; the first entry holds from the beginning of the known range. */
  private starts: number[] = [];
  private offsets: number[] = [];
  private knownFrom = 0;
  private knownTo = 0;

  private constructor(readonly name: string) {
    this.format = new Intl.DateTimeFormat('en-US', {
      timeZone: name,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    this.learn(Date.UTC(1990, 0, 1), Date.UTC(2040, 0, 1));
  }

  /** Zones are the same for everybody and slow to learn: each is learnt once. */
  static of(name: string): Zone {
    let zone = known.get(name);
    if (!zone) known.set(name, (zone = new Zone(name)));
    return zone;
  }

  /** Offset from UTC in milliseconds, east positive. */
  offsetAt(instant: number): number {
    if (instant < this.knownFrom || instant >= this.knownTo) this.extendTo(instant);
    const { starts, offsets } = this;
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= instant) low = middle;
      else high = middle - 1;
    }
    return offsets[low]!;
  }

  toLocal(instant: number): number {
    return instant + this.offsetAt(instant);
  }

  toInstant(local: number): number {
    // The offset can only be one of those in force a day around; the larger gives the earlier instant.
    const before = this.offsetAt(local - DAY_MS);
    const after = this.offsetAt(local + DAY_MS);
    const first = local - Math.max(before, after);
    if (this.offsetAt(first) === local - first) return first;
    // After the change; or skipped: read with the offset before it, which lands the length of the gap later.
    return local - Math.min(before, after);
  }

  private probe(instant: number): number {
    const part: Record<string, number> = {};
    for (const { type, value } of this.format.formatToParts(instant)) part[type] = Number(value);
    const local = Date.UTC(part.year!, part.month! - 1, part.day, part.hour, part.minute, part.second);
    return local - Math.floor(instant / 1000) * 1000;
  }

  private extendTo(instant: number): void {
    if (instant < FIRST_KNOWN || instant > LAST_KNOWN)
      throw new RangeError(`instant ${instant} is outside 1900–2400`);
    const margin = 20 * 366 * DAY_MS;
    this.learn(
      Math.max(FIRST_KNOWN, Math.min(this.knownFrom, instant - margin)),
      Math.min(LAST_KNOWN + 1, Math.max(this.knownTo, instant + margin)),
    );
  }

  private learn(from: number, to: number): void {
    const starts = [from];
    const offsets = [this.probe(from)];
    for (let at = from; at < to; at += PROBE_MS) {
      const next = Math.min(at + PROBE_MS, to);
      const offset = this.probe(next);
      const previous = offsets[offsets.length - 1]!;
      if (offset === previous) continue;
      let low = at;
      let high = next;
      while (high - low > 1000) {
        const middle = Math.floor((low + high) / 2000) * 1000;
        if (this.probe(middle) === previous) low = middle;
        else high = middle;
      }
      starts.push(high);
      offsets.push(offset);
    }
    this.starts = starts;
    this.offsets = offsets;
    this.knownFrom = from;
    this.knownTo = to;
  }
}

const known = new Map<string, Zone>();
