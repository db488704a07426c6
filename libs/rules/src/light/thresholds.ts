import type { Limit, WorkingCalendar } from '../calendar';
import { dueAt, instantBack } from '../calendar/due-at';
import { parseLimit } from '../calendar/limit';
import type { ClockSpec } from '../clock/clock-spec';
import type { Threshold } from '../ruleset/compile-clock';

/** Yellow comes on at the earliest of its thresholds; with none, when the due instant has passed. */
export function yellowFrom(spec: ClockSpec, calendar: WorkingCalendar, due: number): number {
  let earliest = due + 1;
  for (const threshold of spec.yellowBefore) {
    const before = thresholdLimit(threshold, spec, due);
    if (before === null) continue;
    const at = instantBack(calendar, before, due);
    if (at < earliest) earliest = at;
  }
  return earliest;
}

/**
 * A threshold in the manner of the clock's own limit: whole days are counted as whole days, hour-exact limits to the
 * hour. A share of a limit in days is rounded down to whole days, because the days left are whole: 20 % of 7 days is
 * reached when 1 day is left, not 1.4.
 */
function thresholdLimit(threshold: Threshold, spec: ClockSpec, due: number): Limit | null {
  const own = spec.limit;
  if ('limit' in threshold) return likeOwn(threshold.limit, own);
  if (own === null)
    return { ...CLOCK_HOURS, amount: Math.floor(((due - spec.startedAt) * threshold.percent) / 100) };
  const share = Math.floor((own.amount * threshold.percent) / 100);
  if (share <= 0) return null;
  return { ...own, amount: share };
}

const CLOCK_HOURS: Limit = parseLimit('0h');

function likeOwn(threshold: Limit, own: Limit | null): Limit {
  const isExact = own === null || own.atTime || own.unit === 'working-ms' || own.unit === 'wall-ms';
  const isDays = threshold.unit === 'working-day' || threshold.unit === 'calendar-day';
  return isExact && isDays ? { ...threshold, atTime: true } : threshold;
}

/** Red comes on the millisecond after the due instant plus `redAfter`. */
export function redFrom(redAfter: Limit, calendar: WorkingCalendar, spec: ClockSpec, due: number): number {
  if (redAfter.amount === 0) return due + 1;
  return dueAt(calendar, likeOwn(redAfter, spec.limit), due).dueAt! + 1;
}
