import type { Pause } from './pauses';
import { mergePauses } from './pauses';
import type { WorkingCalendar } from './working-calendar';

/** Working time and working days between two instants, without the suspended parts. */
export interface Elapsed {
  /** Working milliseconds; 0 where `to` is not later than `from`. */
  workingMs: number;
  /** Working days after the first date up to and including the last; negative where `to` is earlier. */
  workingDays: number;
}

/** A pause that is still open lasts to the end of the stretch. */
export function elapsed(
  calendar: WorkingCalendar,
  from: number,
  to: number,
  pauses: readonly Pause[] = [],
): Elapsed {
  let workingMs = calendar.elapsedMs(from, to);
  let workingDays = calendar.workingDaysBetween(calendar.dayOf(from), calendar.dayOf(to));
  for (const pause of mergePauses(pauses)) {
    const start = Math.max(pause.from, from);
    const end = Math.min(pause.to ?? to, to);
    if (end <= start) continue;
    workingMs -= calendar.elapsedMs(start, end);
    workingDays -= calendar.workingDaysBetween(calendar.dayOf(start), calendar.dayOf(end));
  }
  return { workingMs, workingDays };
}
