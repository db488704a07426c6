import type { Due, WorkingCalendar } from '../calendar';
// Straight from the files: a getter of an index in between is a tenth of the time of judging.
import { dueAt, isProvisional, movedBy } from '../calendar/due-at';
import { lengthen } from '../calendar/limit';
import { DAY_MS } from '../calendar/local-date';
import type { Extension } from '../clock/case-facts';
import type { ClockSpec } from '../clock/clock-spec';

/** A suspension that has ended and counts for the clock. */
export interface HeldStretch {
  from: number;
  to: number;
}

/**
 * The due instant of a clock under suspensions and extensions that were in time for it. Where both move a limit in hours
 * or a carried instant, they do so in order of start, each from the due instant that the earlier ones gave.
 */
export function dueWith(
  spec: ClockSpec,
  calendar: WorkingCalendar,
  pauses: readonly HeldStretch[],
  extensions: readonly Pick<Extension, 'at' | 'days'>[],
): Due {
  const { limit, startedAt } = spec;
  if (limit !== null && extensions.length === 0) return dueAt(calendar, limit, startedAt, pauses);
  if (limit !== null && (limit.unit === 'working-day' || limit.unit === 'calendar-day')) {
    const added = extensions.reduce((sum, extension) => sum + extension.days, 0);
    return dueAt(calendar, lengthen(limit, added), startedAt, pauses);
  }
  let due = limit === null ? spec.carriedDueAt! : dueAt(calendar, limit, startedAt).dueAt!;
  let isMovedOutside = false;
  const moves = [...pauses, ...extensions.map(({ at, days }) => ({ from: at, days }))];
  for (const move of moves.sort((a, b) => a.from - b.from)) {
    const before = due;
    if ('days' in move) due = laterByWorkingDays(calendar, due, move.days);
    else if (limit !== null) due = movedBy(calendar, limit, due, move);
    else
      due = laterByWorkingDays(
        calendar,
        due,
        // A carried due instant stands for a limit we do not know: it moves by whole working days at its own hour.
        calendar.workingDaysBetween(calendar.dayOf(move.from), calendar.dayOf(move.to)),
      );
    // Moved by working days, also an instant that rests on no arrangement itself rests on one.
    if (due !== before && ('days' in move || limit === null)) {
      const day = calendar.dayOf(due);
      isMovedOutside ||= !calendar.isPublished(day, day);
    }
  }
  const provisional = isMovedOutside || (limit !== null && isProvisional(calendar, limit, startedAt, due));
  return { dueAt: due, provisional };
}

/** Later by whole working days at its own time of day, open then or not: a due instant at 23:59:59 stays there. */
function laterByWorkingDays(calendar: WorkingCalendar, at: number, days: number): number {
  if (days <= 0) return at;
  const day = calendar.workingDayAfter(calendar.dayOf(at), days);
  return calendar.zone.toInstant(day * DAY_MS + calendar.wallTimeOf(at));
}
