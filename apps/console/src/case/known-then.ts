import type { CaseAnswer, CaseClock, Light, LightChange, ReportedEvent } from '../api/answers';
import { instant } from '../time/texts';

/** What was known of a clock when a light was given, beside what is known of the same moment now. */
export interface KnownThen {
  change: LightChange;
  /** Null: by what is known now the clock does not run, or did not run yet. */
  now: { light: Light; dueAt: string | null } | null;
  /** Records that came after the light was given, until it was taken away. */
  cameSince: readonly ReportedEvent[];
}

/** A person took the light away: what is known did not change. */
const BY_PEOPLE = new Set(['appeal', 'manual']);

/**
 * Lights that were right by what was known then, and are not by what is known now: late records, another calendar, other
 * rules. Those that people took away are not among them.
 */
export function knownThen({ lightChanges, verdict, events }: CaseAnswer): KnownThen[] {
  return lightChanges
    .filter(
      ({ supersededAt, supersededBecause }) =>
        supersededAt !== null && !BY_PEOPLE.has(supersededBecause ?? ''),
    )
    .map((change) => {
      const clock = verdict.clocks.find((one) => one.clock === change.clock);
      return {
        change,
        now: clock === undefined ? null : knownNow(clock, change),
        cameSince: events.filter(({ receivedAt }) =>
          isBetween(receivedAt, change.detectedAt, change.supersededAt),
        ),
      };
    })
    .filter(({ change, now }) => now === null || now.light !== change.to || now.dueAt !== change.dueAt);
}

function knownNow(clock: CaseClock, { becameAt }: LightChange): KnownThen['now'] {
  const at = Date.parse(becameAt);
  const span = clock.spans.filter(({ from }) => Date.parse(from) <= at).at(-1);
  return span === undefined ? null : { light: span.light, dueAt: span.dueAt };
}

function isBetween(at: string | null, after: string, until: string | null): boolean {
  const time = instant(at);
  return time !== null && time > Date.parse(after) && time <= (instant(until) ?? Infinity);
}
