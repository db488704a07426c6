import type { CalendarDocument } from '@mingjian/contracts';
import fc from 'fast-check';
import type { Disagreement, Tally } from './compare-judges';
import { compareJudges } from './compare-judges';
import { countingTally } from './count-cases';
import type { RandomSite } from './random-cases';
import { anyCases } from './random-cases';
import type { JudgedCase } from './smallest-case';
import { smallestCase } from './smallest-case';

/** Calendars of one round; each has some sixty cases. */
const CALENDARS = 2;
/** A small case has few boundaries: all of them are looked at, from the first to the last. */
const ALL_OVER = Array.from({ length: 60 }, (_, index) => index / 60);

/** What came of one round. */
export interface RoundResult {
  round: number;
  cases: number;
  looks: number;
  /** In how many cases each thing occurred; empty unless asked for. */
  counts: Record<string, number>;
  /** Null where the judges agree; else a small case, and what each judge says of it. */
  failure: { disagreement: Disagreement; judged: JudgedCase } | null;
}

/**
 * Compares the two judges on one round of random cases. The cases depend on `seed` and `round` alone, so that rounds can
 * be done in any order and any one again. A judge that throws disagrees, too.
 */
export function proveRound(seed: number, round: number, isCounting: boolean): RoundResult {
  const tally: Tally = { cases: 0, looks: 0 };
  const counts: Record<string, number> = {};
  if (isCounting) Object.assign(tally, countingTally(counts));
  let failure: RoundResult['failure'] = null;
  // Biased cases are small, and at the edges; most are to be as rich as they come.
  const arbitrary = round % 4 === 0 ? anyCases : fc.noBias(anyCases);
  for (const { calendar, sites } of fc.sample(arbitrary, {
    seed: seedOf(seed, round),
    numRuns: CALENDARS,
  })) {
    if (disagreementOn(calendar, sites, tally) === null) continue;
    failure = smallFailure(calendar, sites);
    break;
  }
  return { round, cases: tally.cases, looks: tally.looks, counts, failure };
}

function disagreementOn(
  calendar: CalendarDocument,
  sites: readonly RandomSite[],
  tally?: Tally,
): Disagreement | null {
  try {
    return compareJudges({ calendar, sites }, tally);
  } catch (error) {
    return { at: 'any', first: null, second: null, error: error instanceof Error ? error.stack : error };
  }
}

/** Of cases among which is a disagreement, that one alone and as small as it gets. */
function smallFailure(calendar: CalendarDocument, sites: readonly RandomSite[]): RoundResult['failure'] {
  for (const { rulesets, cases } of sites)
    for (const { events, looks } of cases) {
      const judge = (judged: JudgedCase, at: number[]): Disagreement | null =>
        disagreementOn(judged.calendar, [
          { rulesets: judged.rulesets, cases: [{ events: judged.events, looks: at }] },
        ]);
      const found = { calendar, rulesets, events };
      const shown = judge(found, looks);
      if (shown === null) continue;
      const wanted = [...looks, ...ALL_OVER];
      const judged = smallestCase(found, (left) => {
        const still = judge(left, wanted);
        // An error is another disagreement than two answers.
        return still !== null && (still.error === undefined) === (shown.error === undefined);
      });
      return { judged, disagreement: judge(judged, wanted) ?? shown };
    }
  return null;
}

/** Rounds of neighbouring seeds have nothing in common: (1, 2) is another seed than (2, 1). */
function seedOf(seed: number, round: number): number {
  return Math.imul(seed ^ Math.imul(round + 1, 0x9e3779b1), 0x85ebca6b) | 0;
}
