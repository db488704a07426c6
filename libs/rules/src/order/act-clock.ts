import type { Light } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { parseLimit } from '../calendar/limit';
import { bareClock } from '../clock/clock-spec';
import { redFrom } from '../light/thresholds';
import { trackClock } from '../light/track-clock';
import { redAfter, threshold } from '../ruleset/compile-clock';
import type { LightSpan } from '../verdict';

/** A limit that runs for a person who has to act: to reply, to verify, to decide. Notation of the ruleset. */
export interface ActLimit {
  /** `reply#1`, `verify#1`, `decide` … unique within its matter. */
  clock: string;
  startedAt: number;
  /** When it was done, or when nobody waits for it any more; null while it runs. */
  finishedAt: number | null;
  limit: string;
  yellowBefore: readonly string[];
  redAfter: string;
  extensions?: readonly { at: number; days: number }[];
  /** What does not count against the limit, each begun and ended. */
  pauses?: readonly { from: number; to: number }[];
}

/** Its life as spans of light, with the due instant that counts. */
export interface ActTrack {
  clock: string;
  startedAt: number;
  finishedAt: number | null;
  /** The last instant still in time. */
  dueAt: number;
  /** Extensions that were in time for the clock and moved it. */
  extensions: number;
  /** True where the answer leaves the published part of the calendar. */
  provisional: boolean;
  spans: readonly LightSpan[];
  /** The first instant that is later than the due instant plus `after`. */
  after(after: string): number;
}

/** A change of light of an act's clock. */
export interface ActLightChange {
  clock: string;
  from: Light | null;
  to: Light;
  becameAt: number;
  dueAt: number | null;
}

/**
 * Tracks the limit of an act by the same clock that measures cases: one way of counting for both. An
 * extension after the limit ran out changes nothing.
 */
export function trackAct(act: ActLimit, calendar: WorkingCalendar): ActTrack {
  // The kind plays no part in how a clock without suspensions runs.
  const spec = bareClock(act.clock, 'rectification', act.startedAt, act.finishedAt);
  spec.limit = parseLimit(act.limit);
  spec.yellowBefore = act.yellowBefore.map(threshold);
  spec.redAfter = redAfter(act.redAfter);
  spec.extensions = (act.extensions ?? []).map(({ at, days }, index) => ({
    at,
    days,
    approver: null,
    notice: null,
    eventId: `${act.clock}/${index}`,
  }));
  spec.pauses = (act.pauses ?? []).map((pause, index) => ({
    ...pause,
    eventId: `${act.clock}/pause/${index}`,
  }));
  const track = trackClock(spec, calendar, []);
  const dueAt = track.spans.reduce((due, span) => span.dueAt ?? due, act.startedAt);
  return {
    clock: act.clock,
    startedAt: act.startedAt,
    finishedAt: act.finishedAt,
    dueAt,
    extensions: track.extensions.length,
    provisional: track.provisional,
    spans: track.spans,
    after: (after) => redFrom(parseLimit(after), calendar, spec, dueAt),
  };
}

/** The light of a clock at an instant; green before it starts. */
export function actLightAt(track: ActTrack, at: number): Light {
  let light: Light = 'green';
  for (const span of track.spans) if (span.from <= at) light = span.light;
  return light;
}

/** The changes of light up to an instant. A clock that starts green has not changed. */
export function actLightChanges(track: ActTrack, at: number): ActLightChange[] {
  const changes: ActLightChange[] = [];
  let light: Light | null = null;
  for (const span of track.spans) {
    if (span.from > at) break;
    if (span.light !== light && !(light === null && span.light === 'green'))
      changes.push({
        clock: track.clock,
        from: light,
        to: span.light,
        becameAt: span.from,
        dueAt: span.dueAt,
      });
    light = span.light;
  }
  return changes;
}

/** The earliest of some instants that lies after `at`; null where none does. */
export function earliestAfter(at: number, instants: readonly number[]): number | null {
  const later = instants.filter((instant) => instant > at);
  return later.length === 0 ? null : Math.min(...later);
}
