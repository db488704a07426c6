import type { CalendarDay, CalendarDocument } from '@mingjian/contracts';
import { calendarAsKnownOn } from './as-known-on';
import { DAY_MS, dayNumberOf } from './local-date';
import type { Place } from './place';
import { LocalVersions } from './place';
import type { DayPattern, WallHours } from './wall-hours';
import { CLOSED, WrittenHours } from './wall-hours';
import { EARLIEST, LATEST, Zone } from './zone';

const FIRST_DAY = EARLIEST / DAY_MS;
const LAST_DAY = LATEST / DAY_MS;

/**
 * 工作日历: one calendar document as prefix sums over days, so that every question is an index or a binary search.
 *
 * Guarantees: pure; any IANA zone; days of 23, 24 or 25 hours have the working time that really passes. Outside the
 * years 1900–2400, and where no working time is ever reached, it throws a RangeError rather than guess.
 * All instants are epoch milliseconds; a *day number* is a local date (see local-date.ts).
 */
export class WorkingCalendar {
  readonly document: CalendarDocument;
  readonly id: string;
  readonly version: string;
  readonly zone: Zone;
  /** First and last day number whose arrangement is published; infinite where the document does not say. */
  readonly publishedFrom: number;
  readonly publishedThrough: number;

  /** The hours of each date on the wall clock. */
  readonly hours: WallHours;

  /** The versions of places; null where nothing holds in some places only. */
  private local: LocalVersions<WorkingCalendar> | null = null;
  private firstDay = 0;
  private count = 0;
  /** First instant of each day, working milliseconds and working days before it; one entry more than days. */
  private starts = new Float64Array(1);
  private workedMs = new Float64Array(1);
  private workedDays = new Int32Array(1);
  private patterns: DayPattern[] = [];
  /** The n-th working day of the table, as an index into it. */
  private nthWorkingDay = new Int32Array(0);

  private constructor(document: CalendarDocument, hours: WallHours, firstDay: number, lastDay: number) {
    this.document = document;
    this.id = document.calendar;
    this.version = document.version ?? 'unversioned';
    this.zone = Zone.of(document.timezone);
    this.publishedFrom =
      document.publishedFrom === undefined ? -Infinity : dayNumberOf(document.publishedFrom);
    this.publishedThrough =
      document.publishedThrough === undefined ? Infinity : dayNumberOf(document.publishedThrough);
    this.hours = hours;
    this.build(Math.max(firstDay, FIRST_DAY), Math.min(lastDay, LAST_DAY));
  }

  /**
   * Compiles a document: the calendar where no place is named, without entries and hours of places. With `asKnownOn` (a
   * date) as it was known on that day, see {@link calendarAsKnownOn}.
   */
  static fromDocument(written: CalendarDocument, asKnownOn?: string): WorkingCalendar {
    const document = asKnownOn === undefined ? written : calendarAsKnownOn(written, asKnownOn);
    // A stretch of years is read when it is asked for: only its first day counts here.
    const known = document.days.map(({ date }) => dayNumberOf(date));
    known.push(dayNumberOf('2000-01-01'), dayNumberOf('2032-12-31'));
    const [first, last] = [Math.min(...known) - 400, Math.max(...known) + 400];
    const make = (weekly: CalendarDocument['weekly'], entries: readonly CalendarDay[]) =>
      new WorkingCalendar(document, new WrittenHours(weekly, entries), first, last);
    const base = make(
      document.weekly,
      document.days.filter(({ scope }) => scope === undefined),
    );
    base.local = LocalVersions.of(document, base, (weekly, entries) => {
      const version = make(weekly, entries);
      version.local = base.local;
      return version;
    });
    return base;
  }

  /** The same calendar with other hours, its table reaching from one day number to another until more is asked. */
  withHours(hours: WallHours, firstDay: number, lastDay: number): WorkingCalendar {
    return new WorkingCalendar(this.document, hours, firstDay, lastDay);
  }

  /** The calendar's own entry for a day, if it has one: its name and notice explain the day. */
  entryOf(dayNumber: number): CalendarDay | undefined {
    return this.hours.entryOf(dayNumber);
  }

  /**
   * The calendar of a place: with the closures and hours that hold there; itself where the document has none. Versions
   * are compiled when first asked for, and shared by places between which nothing differs.
   */
  at(place: Place): WorkingCalendar {
    return this.local === null ? this : this.local.at(place);
  }

  /** Local date of an instant. */
  dayOf(instant: number): number {
    // Looking up a day can build another table: nothing of the old one may be in hand then.
    const index = this.locate(instant);
    return this.firstDay + index;
  }

  /** First instant of a local day. */
  startOfDay(dayNumber: number): number {
    const index = this.indexOf(dayNumber);
    return this.starts[index]!;
  }

  /** Last instant (the last millisecond) of a local day. */
  endOfDay(dayNumber: number): number {
    const index = this.indexOf(dayNumber);
    return this.starts[index + 1]! - 1;
  }

  /** Wall-clock time of an instant, milliseconds since local midnight. */
  wallTimeOf(instant: number): number {
    const local = this.zone.toLocal(instant);
    return ((local % DAY_MS) + DAY_MS) % DAY_MS;
  }

  isWorkingDay(dayNumber: number): boolean {
    const index = this.indexOf(dayNumber);
    return this.patterns[index]!.length > 0;
  }

  /** Whether the calendar is open at the instant; opening intervals are closed–open. */
  isOpen(instant: number): boolean {
    const index = this.locate(instant);
    const pattern = this.patterns[index]!;
    const offset = instant - this.starts[index]!;
    for (let i = 0; i < pattern.length; i += 2)
      if (offset >= pattern[i]! && offset < pattern[i + 1]!) return true;
    return false;
  }

  /** Working milliseconds of one local day. */
  workingMsOfDay(dayNumber: number): number {
    const index = this.indexOf(dayNumber);
    return this.workedMs[index + 1]! - this.workedMs[index]!;
  }

  /** Working milliseconds between two instants; 0 where `to` is not later. */
  elapsedMs(from: number, to: number): number {
    if (to <= from) return 0;
    // Counts begin at the table's first day: the table must reach back before the first count is taken.
    if (from < this.starts[0]!) this.locate(from);
    const until = this.workedBefore(to);
    return until - this.workedBefore(from);
  }

  /** Working days after the first day up to and including the last; negative where the last day is earlier. */
  workingDaysBetween(fromDay: number, toDay: number): number {
    const first = Math.min(fromDay, toDay);
    if (first < this.firstDay) this.indexOf(first);
    const to = this.indexOf(toDay);
    const from = this.indexOf(fromDay);
    return this.workedDays[to + 1]! - this.workedDays[from + 1]!;
  }

  /** The n-th working day after a day; for 0 the day itself or, where it is closed, the next working day. */
  workingDayAfter(dayNumber: number, n: number): number {
    for (;;) {
      const index = this.indexOf(dayNumber);
      const nth = n === 0 ? this.workedDays[index]! : this.workedDays[index + 1]! + n - 1;
      if (nth < this.nthWorkingDay.length) return this.firstDay + this.nthWorkingDay[nth]!;
      this.extendLater();
    }
  }

  /** The n-th working day before a day; for 0 the day itself or, where it is closed, the working day before it. */
  workingDayBefore(dayNumber: number, n: number): number {
    for (;;) {
      const index = this.indexOf(dayNumber);
      const nth = n === 0 ? this.workedDays[index + 1]! - 1 : this.workedDays[index]! - n;
      if (nth >= 0) return this.firstDay + this.nthWorkingDay[nth]!;
      this.extendEarlier();
    }
  }

  /**
   * The instant after `ms` working milliseconds. A start outside opening hours begins at the next opening; an end
   * exactly at closing time stays there.
   */
  addWorkingMs(from: number, ms: number): number {
    if (ms === 0) return this.openAtOrAfter(from);
    const target = this.workedBefore(from) + ms;
    while (this.workedMs[this.count]! < target) this.extendLater();
    // workedBefore() is counted from the start of the table: extending later leaves it as it is.
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.workedMs[middle]! < target) low = middle;
      else high = middle - 1;
    }
    let rest = target - this.workedMs[low]!;
    const pattern = this.patterns[low]!;
    for (let i = 0; ; i += 2) {
      const length = pattern[i + 1]! - pattern[i]!;
      if (rest <= length) return this.starts[low]! + pattern[i]! + rest;
      rest -= length;
    }
  }

  /** The mirror of {@link addWorkingMs}: backwards, from the previous closing, an end exactly at opening stays there. */
  subtractWorkingMs(from: number, ms: number): number {
    if (ms === 0) return this.openAtOrBefore(from);
    let target = this.workedBefore(from) - ms;
    while (target < 0) {
      this.extendEarlier();
      target = this.workedBefore(from) - ms;
    }
    let low = 0;
    let high = this.count - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.workedMs[middle]! <= target) low = middle;
      else high = middle - 1;
    }
    let rest = target - this.workedMs[low]!;
    const pattern = this.patterns[low]!;
    for (let i = 0; ; i += 2) {
      const length = pattern[i + 1]! - pattern[i]!;
      if (rest < length) return this.starts[low]! + pattern[i]! + rest;
      rest -= length;
    }
  }

  /** The instant itself where it is open, else the next opening. */
  openAtOrAfter(instant: number): number {
    for (let index = this.locate(instant); ; index++) {
      while (index >= this.count) this.extendLater();
      const pattern = this.patterns[index]!;
      const start = this.starts[index]!;
      for (let i = 0; i < pattern.length; i += 2) {
        if (instant < start + pattern[i]!) return start + pattern[i]!;
        if (instant < start + pattern[i + 1]!) return instant;
      }
    }
  }

  /** Mirror: the instant itself where it lies after an opening and up to its closing, else the previous closing. */
  openAtOrBefore(instant: number): number {
    for (let day = this.dayOf(instant); ; day--) {
      const index = this.indexOf(day);
      const pattern = this.patterns[index]!;
      const start = this.starts[index]!;
      for (let i = pattern.length - 2; i >= 0; i -= 2) {
        if (instant > start + pattern[i + 1]!) return start + pattern[i + 1]!;
        if (instant > start + pattern[i]!) return instant;
      }
    }
  }

  /** Whether the arrangement of all days between two day numbers is published. */
  isPublished(fromDay: number, toDay: number): boolean {
    return fromDay >= this.publishedFrom && toDay <= this.publishedThrough;
  }

  /** Days from the instant to the end of the published part, both local; null where it has no end. */
  publishedDaysLeft(instant: number): number | null {
    return this.publishedThrough === Infinity ? null : this.publishedThrough - this.dayOf(instant);
  }

  private workedBefore(instant: number): number {
    const index = this.locate(instant);
    const pattern = this.patterns[index]!;
    const offset = instant - this.starts[index]!;
    let worked = this.workedMs[index]!;
    for (let i = 0; i < pattern.length && offset > pattern[i]!; i += 2)
      worked += Math.min(offset, pattern[i + 1]!) - pattern[i]!;
    return worked;
  }

  private locate(instant: number): number {
    for (;;) {
      if (instant < this.starts[0]!) this.extendEarlier();
      else if (instant >= this.starts[this.count]!) this.extendLater();
      else break;
    }
    let index = Math.min(Math.floor((instant - this.starts[0]!) / DAY_MS), this.count - 1);
    while (instant < this.starts[index]!) index--;
    while (instant >= this.starts[index + 1]!) index++;
    return index;
  }

  private indexOf(dayNumber: number): number {
    while (dayNumber < this.firstDay) this.extendEarlier();
    while (dayNumber >= this.firstDay + this.count) this.extendLater();
    return dayNumber - this.firstDay;
  }

  private extendLater(): void {
    const last = this.firstDay + this.count - 1;
    if (last >= LAST_DAY) throw new RangeError(`calendar ${this.id}: no answer before the year 2400`);
    this.build(this.firstDay, Math.min(LAST_DAY, last + this.count));
  }

  private extendEarlier(): void {
    if (this.firstDay <= FIRST_DAY)
      throw new RangeError(`calendar ${this.id}: no answer after the year 1900`);
    this.build(Math.max(FIRST_DAY, this.firstDay - this.count), this.firstDay + this.count - 1);
  }

  private build(firstDay: number, lastDay: number): void {
    const count = lastDay - firstDay + 1;
    const starts = new Float64Array(count + 1);
    const workedMs = new Float64Array(count + 1);
    const workedDays = new Int32Array(count + 1);
    const patterns: DayPattern[] = [];
    const workingDays: number[] = [];
    for (let i = 0; i <= count; i++) starts[i] = this.zone.toInstant((firstDay + i) * DAY_MS);
    for (let i = 0; i < count; i++) {
      const pattern = this.patternOn(firstDay + i, starts[i]!, starts[i + 1]!);
      patterns.push(pattern);
      let worked = 0;
      for (let k = 0; k < pattern.length; k += 2) worked += pattern[k + 1]! - pattern[k]!;
      if (pattern.length > 0) workingDays.push(i);
      workedMs[i + 1] = workedMs[i]! + worked;
      workedDays[i + 1] = workingDays.length;
    }
    this.firstDay = firstDay;
    this.count = count;
    this.starts = starts;
    this.workedMs = workedMs;
    this.workedDays = workedDays;
    this.patterns = patterns;
    this.nthWorkingDay = Int32Array.from(workingDays);
  }

  private patternOn(dayNumber: number, start: number, end: number): DayPattern {
    const pattern = this.hours.patternOn(dayNumber);
    if (end - start === DAY_MS || pattern.length === 0) return pattern;
    // A zone that jumps over a whole date (Samoa 2011-12-30) has no such day to work on.
    if (end <= start) return CLOSED;
    // The offset changes on this day: place each time on the wall clock, then drop what the change swallowed.
    const placed: number[] = [];
    for (let i = 0; i < pattern.length; i += 2) {
      const opening = this.zone.toInstant(dayNumber * DAY_MS + pattern[i]!) - start;
      const closing =
        pattern[i + 1] === DAY_MS
          ? end - start
          : this.zone.toInstant(dayNumber * DAY_MS + pattern[i + 1]!) - start;
      if (closing > opening) placed.push(opening, closing);
    }
    return placed;
  }
}
