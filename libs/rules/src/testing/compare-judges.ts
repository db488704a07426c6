import type { CalendarDocument } from '@mingjian/contracts';
import { judgeCase, RuleBook, verdictAt, WorkingCalendar } from '../index';
import type { SecondOpinion, SecondReading } from '../second-opinion/second-opinion';
import { secondReading } from '../second-opinion/second-opinion';
import type { CaseTracks } from '../verdict';
import type { RandomSite } from './random-cases';

const DAY = 86_400_000;

/** What two judges say of one case at one instant, where they differ. */
export interface Disagreement {
  at: string;
  first: unknown;
  second: unknown;
  /** What a judge threw. */
  error?: unknown;
}

/** What was compared, for those who count. */
export interface Tally {
  cases: number;
  looks: number;
  /** Is told of each case and of each look at it. */
  note?: (site: RandomSite, events: RandomSite['cases'][number]['events'], reading: SecondReading) => void;
  see?: (opinion: SecondOpinion) => void;
}

/**
 * Judges each case twice, at random instants and at instants from its boundaries (every change of a clock, every due
 * instant, every event, each with the millisecond before and after).
 * @returns the first disagreement, or null; `tally` counts the cases and instants compared.
 */
export function compareJudges(
  { calendar, sites }: { calendar: CalendarDocument; sites: readonly RandomSite[] },
  tally: Tally = { cases: 0, looks: 0 },
): Disagreement | null {
  const compiled = new Map([[calendar.calendar, WorkingCalendar.fromDocument(calendar)]]);
  for (const site of sites) {
    const { rulesets } = site;
    const book = new RuleBook(rulesets, compiled);
    for (const { events, looks } of site.cases) {
      tally.cases++;
      const tracks = judgeCase('C-1', events, book);
      const reading = secondReading('C-1', events, rulesets, [calendar]);
      tally.note?.(site, events, reading);
      const [first, second] = [ofTracks(tracks), ofReading(reading)];
      if (JSON.stringify(first) !== JSON.stringify(second)) return { at: 'any', first, second };
      for (const at of instantsOf(tracks, events, looks)) {
        tally.looks++;
        const slow = reading.at(at);
        tally.see?.(slow);
        slow.clocks.sort(byName);
        const fast = firstOpinion(tracks, at);
        if (!isSame(fast, slow)) return { at: new Date(at).toISOString(), first: fast, second: slow };
      }
    }
  }
  return null;
}

function instantsOf(
  tracks: CaseTracks,
  events: RandomSite['cases'][number]['events'],
  looks: readonly number[],
): number[] {
  const times = events.map((event) => event.occurredAt);
  const boundaries = boundariesOf(tracks, times);
  const first = Math.min(...boundaries, Infinity) - DAY;
  const last = Math.max(...boundaries, -Infinity) + DAY;
  if (boundaries.length === 0) return [];
  return looks.flatMap((look) => {
    const anywhere = Math.floor(first + look * (last - first));
    const boundary = boundaries[Math.floor(look * boundaries.length)]!;
    return [anywhere, boundary - 1, boundary, boundary + 1];
  });
}

function ofTracks({ acceptedAt, closedAt, outcome }: CaseTracks): unknown {
  return { acceptedAt, closedAt, outcome };
}

function ofReading({ acceptedAt, closedAt, outcome }: SecondReading): unknown {
  return { acceptedAt, closedAt, outcome };
}

function firstOpinion(tracks: CaseTracks, at: number): SecondOpinion {
  const { light, clock: governs, dueAt: governed, stepLight, open, clocks } = verdictAt(tracks, at);
  return {
    light,
    clock: governs,
    dueAt: governed,
    stepLight,
    open,
    clocks: clocks
      .map(({ clock, light: colour, phase, dueAt }) => ({ clock, light: colour, phase, dueAt }))
      .sort(byName),
  };
}

/** Compared member by member: text is dear to make a million times. */
function isSame(a: SecondOpinion, b: SecondOpinion): boolean {
  return (
    a.light === b.light &&
    a.clock === b.clock &&
    a.dueAt === b.dueAt &&
    a.stepLight === b.stepLight &&
    a.open === b.open &&
    a.clocks.length === b.clocks.length &&
    a.clocks.every((one, index) => {
      const other = b.clocks[index]!;
      return (
        one.clock === other.clock &&
        one.light === other.light &&
        one.phase === other.phase &&
        one.dueAt === other.dueAt
      );
    })
  );
}

function boundariesOf({ clocks }: CaseTracks, times: readonly number[]): number[] {
  const all = clocks.flatMap(({ spans }) => spans.flatMap(({ from, dueAt }) => [from, dueAt ?? from]));
  return [...new Set([...all, ...times])].sort((a, b) => a - b);
}

function byName(a: { clock: string }, b: { clock: string }): number {
  return a.clock < b.clock ? -1 : a.clock > b.clock ? 1 : 0;
}
