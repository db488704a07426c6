import type { ClockKind } from '@mingjian/contracts';
import type { Pause } from '../calendar';
import { parseLimit } from '../calendar/limit';
import { formatInstant } from '../calendar/parse-instant';
import type { ClockSpec } from '../clock/clock-spec';
import { bareClock } from '../clock/clock-spec';
import { trackClock } from '../light/track-clock';
import type { Finding } from '../verdict';
import { at, OFFICE_2026 } from './builders';

/** A clock in the words of a test; times are Chinese. It starts on Monday 14 September 2026 at 10:00, red at once, never yellow. */
export interface Given {
  kind?: ClockKind;
  from?: string;
  limit?: string;
  /** The due instant that the case carries, instead of a limit. */
  carried?: string;
  end?: string;
  visibleFrom?: string;
  pauses?: [string, string | null][];
  extensions?: [string, number][];
  /** Limits, or shares as numbers. */
  yellow?: (string | number)[];
  /** `null`: never. */
  red?: string | null;
  unknown?: string;
}

export function specOf(given: Given): ClockSpec {
  const { from = '2026-09-14 10:00', end, red = '0wd', yellow = [] } = given;
  const spec = bareClock('promise', given.kind ?? 'promise', at(from), end === undefined ? null : at(end));
  spec.limit = given.limit === undefined ? null : parseLimit(given.limit);
  spec.carriedDueAt = given.carried === undefined ? null : at(given.carried);
  if (given.visibleFrom !== undefined) spec.visibleFrom = at(given.visibleFrom);
  spec.pauses = (given.pauses ?? []).map(([a, b]): Pause => ({ from: at(a), to: b === null ? null : at(b) }));
  spec.extensions = (given.extensions ?? []).map(([when, days], n) => ({
    eventId: `x${n + 1}`,
    at: at(when),
    days,
    approver: 'a',
    notice: 'n',
  }));
  spec.yellowBefore = yellow.map((before) =>
    typeof before === 'number' ? { percent: before } : { limit: parseLimit(before) },
  );
  spec.redAfter = red === null ? null : parseLimit(red);
  spec.unknownBecause = given.unknown ?? null;
  return spec;
}

/** `09-16 23:59:59.999`, without zeros at its end. */
export const show = (instant: number | null): string =>
  instant === null
    ? 'none'
    : formatInstant(instant, OFFICE_2026.zone)
        .slice(5, 23)
        .replace('T', ' ')
        .replace(/(:00)?\.000$/, '');

/** The life of a clock, a line each: `09-16 00:00 yellow running due 09-16 23:59:59.999 by time`. */
export function life(given: Given): string[] {
  return trackClock(specOf(given), OFFICE_2026, []).spans.map(
    ({ from, light, phase, dueAt, cause }) =>
      `${show(from)} ${light} ${phase} due ${show(dueAt)} by ${cause}`,
  );
}

/** What is found while the clock is tracked. */
export const findingsOf = (given: Given): Finding[] => {
  const findings: Finding[] = [];
  trackClock(specOf(given), OFFICE_2026, findings);
  return findings;
};
