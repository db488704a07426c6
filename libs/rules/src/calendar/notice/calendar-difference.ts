import type { CalendarDay, CalendarDocument } from '@mingjian/contracts';
import { WEEKDAYS } from '@mingjian/contracts';
import { dateTextOf, dayNumberOf, weekdayOf } from '../local-date';
import { WrittenHours } from '../wall-hours';
import type { ParsedNotice } from './parsed-notice';

/** The evidence of an entry: the address of the notice, and the local date from which it was known. */
export interface NoticeSource {
  notice: string;
  knownSince: string;
}

/** What a notice changes in a calendar; nothing is ever taken out of one. */
export interface CalendarDifference {
  /** Days that the calendar had by its weekly pattern. */
  added: CalendarDay[];
  /** Days that an earlier notice had named otherwise: the earlier entry stays, the later known one counts. */
  changed: { before: CalendarDay; after: CalendarDay }[];
  /** Days that a notice known later has changed since: left as they are. */
  outdated: CalendarDay[];
  /** The new last day whose arrangement is known; left out where it stays. */
  publishedThrough?: string;
  /** The next version, where the calendar's is written 2026-1: two calendars must not share one. */
  version?: string;
}

/**
 * The entries that a notice adds to a calendar. Only a day that the calendar has otherwise is one: a weekday off, a
 * weekend day worked, or what an amendment takes back. A Saturday off is none.
 *
 * A whole-year notice moves the end of the published part to 31 December, if no year is left out between.
 * @param parsed without problems; a notice half read would give half a calendar.
 */
export function calendarDifference(
  calendar: CalendarDocument,
  parsed: ParsedNotice,
  source: NoticeSource,
): CalendarDifference {
  const known = entriesByDate(calendar);
  const hours = writtenHours(calendar);
  const difference: CalendarDifference = { added: [], changed: [], outdated: [] };
  for (const { date, state, name } of [...parsed.days, ...extendedDays(known, parsed)]) {
    const before = known.get(date);
    if (hours.isWorked(dayNumberOf(date)) === (state === 'work')) continue;
    const origin = { date, name, notice: source.notice, knownSince: source.knownSince };
    const after: CalendarDay = state === 'off' ? { ...origin, off: true } : { ...origin, work: true };
    if (before === undefined) difference.added.push(after);
    else if ((before.knownSince ?? '') > source.knownSince) difference.outdated.push(before);
    else difference.changed.push({ before, after });
  }
  const through = publishedAfter(calendar, parsed);
  if (through !== undefined) difference.publishedThrough = through;
  const isChanged = difference.added.length + difference.changed.length > 0 || through !== undefined;
  const version = isChanged && parsed.year !== null ? laterVersion(calendar.version, parsed.year) : undefined;
  return version === undefined ? difference : { ...difference, version };
}

/** The calendar with the difference in it, days in order of date, a later entry behind the earlier one. */
export function withDifference(
  calendar: CalendarDocument,
  { added, changed, publishedThrough, version }: CalendarDifference,
): CalendarDocument {
  const days = [...calendar.days, ...added, ...changed.map(({ after }) => after)];
  days.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  return {
    ...calendar,
    days,
    ...(publishedThrough === undefined ? {} : { publishedThrough }),
    ...(version === undefined ? {} : { version }),
  };
}

/**
 * The entry of each date that has one, by date, as it holds everywhere: those of one place, which no notice of the State
 * Council is about, are left out.
 */
export function entriesByDate(calendar: CalendarDocument): Map<string, CalendarDay> {
  const everywhere = writtenHours(calendar);
  const entries = new Map<string, CalendarDay>();
  for (const { date, through, scope } of calendar.days) {
    if (scope !== undefined) continue;
    for (let day = dayNumberOf(date); day <= dayNumberOf(through ?? date); day++)
      entries.set(dateTextOf(day), everywhere.entryOf(day)!);
  }
  return entries;
}

/** The hours of each date where no place is named. */
export function writtenHours({ weekly, days }: CalendarDocument): WrittenHours {
  return new WrittenHours(
    weekly,
    days.filter(({ scope }) => scope === undefined),
  );
}

/** Whether the weekly pattern opens on a date. */
export function isUsuallyWorked(calendar: CalendarDocument, date: string): boolean {
  return (calendar.weekly[WEEKDAYS[weekdayOf(dayNumberOf(date))]!] ?? []).length > 0;
}

/** 延长假期: from the day after the last one that the calendar has off for the festival. */
function extendedDays(known: ReadonlyMap<string, CalendarDay>, parsed: ParsedNotice): ParsedNotice['days'] {
  return parsed.extensions.flatMap(({ name, through }) => {
    const last = [...known]
      .filter(([date, day]) => 'off' in day && day.name === name && date.slice(0, 4) === through.slice(0, 4))
      .map(([date]) => date)
      .filter((date) => date < through)
      .sort()
      .at(-1);
    if (last === undefined) return [];
    const first = dayNumberOf(last) + 1;
    // The last day itself is among the days of the notice already.
    return Array.from({ length: dayNumberOf(through) - first }, (_, i) => ({
      date: dateTextOf(first + i),
      state: 'off' as const,
      name,
    }));
  });
}

function publishedAfter(calendar: CalendarDocument, parsed: ParsedNotice): string | undefined {
  const through = calendar.publishedThrough;
  if (parsed.kind !== 'annual' || parsed.year === null || through === undefined) return undefined;
  return through >= `${parsed.year - 1}-12-31` && through < `${parsed.year}-12-31`
    ? `${parsed.year}-12-31`
    : undefined;
}

/** The next version of a calendar whose version is written 2026-1: two calendars must not share one. */
export function laterVersion(written: string | undefined, ofYear?: number): string | undefined {
  const found = /^(\d{4})-(\d+)$/.exec(written ?? '');
  if (found === null) return undefined;
  const [, year, number] = found;
  return ofYear !== undefined && ofYear > Number(year) ? `${ofYear}-1` : `${year}-${Number(number) + 1}`;
}
