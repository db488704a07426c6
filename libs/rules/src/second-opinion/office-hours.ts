import type { CalendarDay, CalendarDocument, OpeningIntervals } from '@mingjian/contracts';

/** Where a clock counts: closures and hours of that district, hall and department apply. */
export interface Place {
  district?: string | undefined;
  hall?: string | undefined;
  department?: string | undefined;
}

/** Weekdays in the order of `Date.getUTCDay()`. */
const NAMES = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const NOON = '12:00';

/** A place without what the document says nothing of: places that count alike are one. */
export function namedIn({ days, departments }: CalendarDocument, place: Place): Place {
  const isNamed = (part: keyof Place): boolean => days.some(({ scope }) => scope?.[part] === place[part]);
  const { district, hall, department } = place;
  return {
    district: district !== undefined && isNamed('district') ? district : undefined,
    hall: hall !== undefined && isNamed('hall') ? hall : undefined,
    department:
      department !== undefined && (departments?.[department] !== undefined || isNamed('department'))
        ? department
        : undefined,
  };
}

/**
 * The opening hours of one date at one place.
 * @param date `YYYY-MM-DD`
 * @param weekday as of `Date.getUTCDay()`
 * @see README of this library: Calendar document, Place.
 */
export function hoursOn(
  document: CalendarDocument,
  place: Place,
  date: string,
  weekday: number,
): OpeningIntervals {
  const { department } = place;
  const weekly =
    (department === undefined ? undefined : document.departments?.[department]?.weekly) ?? document.weekly;
  const usual = weekly[NAMES[weekday]!] ?? [];
  const listed = entryFor(document, place, date);
  if (listed === null) return usual;
  if ('off' in listed) return [];
  if ('hours' in listed) return listed.hours;
  if ('halfOff' in listed) return withoutHalf(usual, listed.halfOff);
  return usual.length > 0 ? usual : hoursOfMostWeekdays(weekly);
}

/** The entry with the narrowest scope; of those the latest known; of those the one written last. */
function entryFor({ days }: CalendarDocument, place: Place, date: string): CalendarDay | null {
  let found: CalendarDay | null = null;
  for (const day of days) {
    if (date < day.date || date > (day.through ?? day.date) || !holdsAt(day, place)) continue;
    const closer = found === null ? 1 : narrowness(day) - narrowness(found);
    if (closer > 0 || (closer === 0 && (day.knownSince ?? '') >= (found?.knownSince ?? ''))) found = day;
  }
  return found;
}

/** All that the scope names must be the same. */
function holdsAt({ scope }: CalendarDay, place: Place): boolean {
  if (scope === undefined) return true;
  return (['district', 'hall', 'department'] as const).every(
    (name) => scope[name] === undefined || scope[name] === place[name],
  );
}

/** A department is narrower than any hall, and that than any district; of two departments the one with a hall. */
function narrowness({ scope }: CalendarDay): number {
  const named = (part: keyof Place, worth: number): number => (scope?.[part] === undefined ? 0 : worth);
  return named('department', 4) + named('hall', 2) + named('district', 1);
}

/** 半天假: an interval over noon is cut there. Times of day are `HH:MM` and compare as text. */
function withoutHalf(hours: OpeningIntervals, half: 'morning' | 'afternoon'): OpeningIntervals {
  return hours
    .map(([from, to]): [string, string] =>
      half === 'morning' ? [from < NOON ? NOON : from, to] : [from, to > NOON ? NOON : to],
    )
    .filter(([from, to]) => from < to);
}

function hoursOfMostWeekdays(weekly: CalendarDocument['weekly']): OpeningIntervals {
  const weekdays = [1, 2, 3, 4, 5, 6, 0].map((day) => weekly[NAMES[day]!] ?? []);
  const votes = weekdays.map((hours) =>
    hours.length === 0 ? 0 : weekdays.filter((other) => sameHours(other, hours)).length,
  );
  return weekdays[votes.indexOf(Math.max(...votes))]!;
}

/** 09:00–12:00, 12:00–17:00 says the same as 09:00–17:00. */
function sameHours(a: OpeningIntervals, b: OpeningIntervals): boolean {
  const plain = (hours: OpeningIntervals): string =>
    hours
      .flat()
      .filter((time, index, all) => time !== all[index - 1] && time !== all[index + 1])
      .join();
  return plain(a) === plain(b);
}
