import type { Due, Limit, Pause, WorkingCalendar } from '../calendar';
import { dueAt } from '../calendar';
import type { ClockSpec } from '../clock/clock-spec';
import { bareClock } from '../clock/clock-spec';
import { trackClock } from '../light/track-clock';
import type { ClockTrack } from '../verdict';

/** A limit by itself, tracked as a clock without a case: what `mingjian due --explain` accounts for. */
export function trackLimit(
  calendar: WorkingCalendar,
  limit: Limit,
  from: number,
  pauses: readonly Pause[],
): { spec: ClockSpec; track: ClockTrack; due: Due } {
  const spec: ClockSpec = { ...bareClock('limit', 'promise', from, null), limit, pauses };
  return { spec, track: trackClock(spec, calendar, []), due: dueAt(calendar, limit, from, pauses) };
}
