import type { CalendarDay } from '@mingjian/contracts';
import { dueAt } from './due-at';
import type { Limit } from './limit';
import type { Pause } from './pauses';
import type { DayPattern, WallHours } from './wall-hours';
import type { WorkingCalendar } from './working-calendar';

/** Where a provisional due instant may come to lie, epoch ms. */
export interface DueRange {
  earliest: number;
  latest: number;
}

/** Arrangements older than this say little: the holidays of the law were others. */
const MOST_YEARS = 20;
const DAYS_OF_YEAR = 365.2425;
/** A table begins with about a year on each side of the horizon and grows where more is asked. */
const DAYS_BESIDE = 400;

const laid = new WeakMap<WorkingCalendar, readonly WorkingCalendar[]>();

/**
 * Between which instants a due instant beyond the published calendar lies, if the arrangement to come is like one of
 * the published years, or like the weekly pattern alone; null where the answer is not provisional, or an open suspension
 * holds it.
 *
 * Guarantees: the provisional answer of {@link dueAt} lies within. Does not guarantee that the final answer does: a
 * festival by the moon may fall as it did in none of the years. A suspension still open that only some arrangements
 * reach is left out. Some twenty times the work of one due instant, and the first call for a calendar compiles it
 * twenty times over: not for the hot path.
 * @see 全国年节及纪念日放假办法: the arrangement of a year is published late in the year before.
 */
export function dueRange(
  calendar: WorkingCalendar,
  limit: Limit,
  from: number,
  pauses: readonly Pause[] = [],
): DueRange | null {
  const { dueAt: byTheWeek, provisional } = dueAt(calendar, limit, from, pauses);
  if (!provisional || byTheWeek === null) return null;
  const range: DueRange = { earliest: byTheWeek, latest: byTheWeek };
  const ended = pauses.filter(({ to }) => to !== null);
  for (const arrangement of arrangementsOf(calendar)) {
    const at = dueAt(arrangement, limit, from, pauses).dueAt ?? dueAt(arrangement, limit, from, ended).dueAt!;
    if (at < range.earliest) range.earliest = at;
    if (at > range.latest) range.latest = at;
  }
  return range;
}

/** The calendar once for each published year, with that year's arrangement laid onto the days not published. */
function arrangementsOf(calendar: WorkingCalendar): readonly WorkingCalendar[] {
  let known = laid.get(calendar);
  if (known !== undefined) return known;
  const { publishedFrom, publishedThrough, hours } = calendar;
  const years = Math.min(MOST_YEARS, Math.round((publishedThrough - publishedFrom + 1) / DAYS_OF_YEAR));
  const middle = Number.isFinite(publishedThrough) ? publishedThrough : publishedFrom;
  known = Array.from({ length: Math.max(0, years) }, (_, index) =>
    calendar.withHours(
      new LaidHours(hours, publishedFrom, publishedThrough, index + 1),
      middle - DAYS_BESIDE,
      middle + DAYS_BESIDE,
    ),
  );
  laid.set(calendar, known);
  return known;
}

/**
 * Hours with the arrangement of `years` years before (of a day before the published part: after) on the days that are
 * not published, on the same weekday. A day further away than that takes it over as many steps as it needs.
 */
class LaidHours implements WallHours {
  constructor(
    private readonly written: WallHours,
    private readonly publishedFrom: number,
    private readonly publishedThrough: number,
    private readonly years: number,
  ) {}

  patternOn(dayNumber: number): DayPattern {
    // What is known of a day already counts there: a closure announced for next year, say.
    return this.written.patternOn(this.entryOf(dayNumber) === undefined ? this.source(dayNumber) : dayNumber);
  }

  entryOf(dayNumber: number): CalendarDay | undefined {
    return this.written.entryOf(dayNumber);
  }

  private source(dayNumber: number): number {
    let day = dayNumber;
    for (let steps = 1; day > this.publishedThrough; steps++) day = dayNumber - this.weeksBack(steps);
    if (day !== dayNumber) return day;
    for (let steps = 1; day < this.publishedFrom; steps++) day = dayNumber + this.weeksBack(steps);
    return day;
  }

  /** The days of whole weeks nearest to that many times the years. */
  private weeksBack(steps: number): number {
    return 7 * Math.round((DAYS_OF_YEAR * this.years * steps) / 7);
  }
}
