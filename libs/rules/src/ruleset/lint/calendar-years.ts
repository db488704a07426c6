import type { Limit, WorkingCalendar } from '../../calendar';
import { dateTextOf, dayNumberOf, dueAt } from '../../calendar';
import type { CompiledRuleset } from '../compile-rules';
import type { LintedClock } from './clocks-of-item';
import type { Report } from './lint-finding';

/** With fewer published days left, limits that start today leave the calendar. */
const DAYS_AHEAD = 90;

/** The stretch of acceptances that a version of a ruleset judges. */
export interface InForce {
  ruleset: CompiledRuleset;
  calendar: WorkingCalendar;
  /** The version after it; null for the newest. */
  next: CompiledRuleset | null;
}

/** Years that the calendar of a ruleset lacks: before its first case, after its last one, and soon. */
export function lintCalendarYears(
  { ruleset, calendar, next }: InForce,
  clocks: readonly LintedClock[],
  today: number,
  report: Report,
): void {
  if (ruleset.inForceFromDay < calendar.publishedFrom)
    report(
      'calendar-starts-late',
      ['inForceFrom'],
      `the ruleset is in force before calendar ${calendar.id} begins`,
      'extend the calendar backwards, or let the ruleset begin later',
    );
  const daysLeft = calendar.publishedDaysLeft(today);
  if (next === null && daysLeft !== null && daysLeft < DAYS_AHEAD) {
    report(
      daysLeft < 0 ? 'calendar-ended' : 'calendar-ends',
      ['calendar'],
      daysLeft < 0
        ? `calendar ${calendar.id} ended ${-daysLeft} days ago; all limits are provisional`
        : `calendar ${calendar.id} is published for ${daysLeft} more days; limits that pass its end are provisional`,
      "add the next year's notice to the calendar as soon as it is out",
    );
    return;
  }
  const lastStart =
    next === null ? Math.max(calendar.dayOf(today), ruleset.inForceFromDay) : next.inForceFromDay - 1;
  const leaving = longestLeaving(clocks, calendar, calendar.startOfDay(lastStart));
  if (leaving === null) return;
  report(
    'limit-leaves-calendar',
    leaving.path,
    `${leaving.limit.text} that starts on ${dateTextOf(lastStart)} ends on ${leaving.dueOn}, after the end of calendar ${calendar.id}: it is provisional`,
    'add the years that are missing to the calendar',
  );
}

/** The clock that reaches furthest beyond the published part; null where none does. */
function longestLeaving(
  clocks: readonly LintedClock[],
  calendar: WorkingCalendar,
  start: number,
): { path: readonly string[]; limit: Limit; dueOn: string } | null {
  let longest: { path: readonly string[]; limit: Limit; dueOn: string } | null = null;
  for (const { limit, path, isWritten } of clocks) {
    // A default has no line of its own: what stands in the file is looked at first.
    if (limit === 'carried' || !isWritten) continue;
    const { dueAt: due, provisional } = dueAt(calendar, limit, start);
    const dueOn = dateTextOf(calendar.dayOf(due!));
    if (!provisional || dayNumberOf(dueOn) <= calendar.publishedThrough) continue;
    if (longest === null || dueOn > longest.dueOn) longest = { path, limit, dueOn };
  }
  return longest;
}

/** Versions that judge no case, or judged cases before anybody could know them. */
export function lintVersion({ ruleset, calendar, next }: InForce, report: Report): void {
  const { knownSince } = ruleset.document;
  if (next !== null && calendar.workingDayAfter(ruleset.inForceFromDay - 1, 1) >= next.inForceFromDay)
    report(
      'never-in-force',
      ['inForceFrom'],
      `version ${next.version} replaces it on ${next.inForceFrom}, before the first working day on which a case could be accepted`,
      'remove this version, or correct one of the two dates',
    );
  if (knownSince === undefined || knownSince <= ruleset.inForceFrom) return;
  report(
    'known-too-late',
    ['knownSince'],
    next !== null && knownSince >= next.inForceFrom
      ? `the version became known on ${knownSince}, when version ${next.version} had replaced it`
      : `the version became known on ${knownSince}, after it had come into force: rules do not reach back`,
    'let it come into force on the day it became known, or later',
  );
}
