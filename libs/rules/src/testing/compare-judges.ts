import type { CalendarDocument } from '@mingjian/contracts';
import { judgeCase, RuleBook, verdictAt, WorkingCalendar } from '../index';
import { secondOpinion } from '../second-opinion/second-opinion';
import type { CaseTracks } from '../verdict';
import type { RandomCase } from './random-cases';

const DAY = 86_400_000;

/** What two judges say of one case at one instant, where they differ. */
export interface Disagreement {
  at: string;
  first: unknown;
  second: unknown;
}

/**
 * Judges each case twice, at random instants and at instants from its boundaries (every change of a clock, every due
 * instant, every event, each with the millisecond before and after).
 * @returns the first disagreement, or null; `looks` counts the instants compared.
 */
export function compareJudges(
  calendar: CalendarDocument,
  cases: readonly RandomCase[],
  tally: { cases: number; looks: number } = { cases: 0, looks: 0 },
): Disagreement | null {
  const compiled = new Map([[calendar.calendar, WorkingCalendar.fromDocument(calendar)]]);
  for (const { rulesets, events, looks } of cases) {
    tally.cases++;
    const tracks = judgeCase('C-1', events, new RuleBook(rulesets, compiled));
    const times = events.map((event) => event.occurredAt);
    const boundaries = boundariesOf(tracks, times);
    const first = Math.min(...times, ...boundaries) - DAY;
    const last = Math.max(...times, ...boundaries) + DAY;
    for (const look of looks) {
      const anywhere = Math.floor(first + look * (last - first));
      const boundary = boundaries[Math.floor(look * boundaries.length)] ?? anywhere;
      for (const at of [anywhere, boundary - 1, boundary, boundary + 1]) {
        tally.looks++;
        const fast = firstOpinion(tracks, at);
        const slow = secondOpinion('C-1', events, rulesets, [calendar], at);
        slow.clocks.sort(byName);
        if (JSON.stringify(fast) !== JSON.stringify(slow))
          return { at: new Date(at).toISOString(), first: fast, second: slow };
      }
    }
  }
  return null;
}

function firstOpinion(tracks: CaseTracks, at: number): ReturnType<typeof secondOpinion> {
  const { light, clocks } = verdictAt(tracks, at);
  return {
    light,
    clocks: clocks
      .map(({ clock, light: colour, phase, dueAt }) => ({ clock, light: colour, phase, dueAt }))
      .sort(byName),
  };
}

function boundariesOf({ clocks }: CaseTracks, times: readonly number[]): number[] {
  const all = clocks.flatMap(({ spans }) => spans.flatMap(({ from, dueAt }) => [from, dueAt ?? from]));
  return [...new Set([...all, ...times])].sort((a, b) => a - b);
}

function byName(a: { clock: string }, b: { clock: string }): number {
  return a.clock < b.clock ? -1 : a.clock > b.clock ? 1 : 0;
}
