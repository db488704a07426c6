import fc from 'fast-check';
import type { Tally } from './compare-judges';
import { compareJudges } from './compare-judges';
import { countingTally } from './count-cases';
import { anyCases } from './random-cases';

/** Calendars of one round; each has some twenty cases. */
const CALENDARS = 10;
/** Shrinking a disagreement ends here, ms: what is found by then is shown. */
const PATIENCE = 90_000;

/** What came of one round. */
export interface RoundResult {
  round: number;
  cases: number;
  looks: number;
  /** In how many cases each thing occurred; empty unless asked for. */
  counts: Record<string, number>;
  /** Null where the judges agree; else the smallest case found and what each said of it. */
  failure: string | null;
}

/**
 * Compares the two judges on one round of random cases. The cases depend on `seed` and `round` alone, so that rounds can
 * be done in any order and any one again.
 */
export function proveRound(seed: number, round: number, isCounting: boolean): RoundResult {
  const tally: Tally = { cases: 0, looks: 0 };
  const counts: Record<string, number> = {};
  if (isCounting) Object.assign(tally, countingTally(counts));
  // Shrinking judges the same cases again and again; they count once.
  let told = { cases: 0, looks: 0 };
  let isFound = false;
  const outcome = fc.check(
    fc.property(anyCases, (cases) => {
      const disagreement = compareJudges(cases, tally);
      if (!isFound) told = { cases: tally.cases, looks: tally.looks };
      if (disagreement === null) return;
      isFound = true;
      throw new Error(JSON.stringify(disagreement));
    }),
    { seed: seedOf(seed, round), numRuns: CALENDARS, interruptAfterTimeLimit: PATIENCE },
  );
  const { counterexample, errorInstance } = outcome;
  const failure =
    outcome.failed && counterexample
      ? `${errorInstance instanceof Error ? (isFound ? errorInstance.message : errorInstance.stack) : ''}\n` +
        JSON.stringify(counterexample[0])
      : null;
  return { round, ...told, counts, failure };
}

/** Rounds of neighbouring seeds have nothing in common: (1, 2) is another seed than (2, 1). */
function seedOf(seed: number, round: number): number {
  return Math.imul(seed ^ Math.imul(round + 1, 0x9e3779b1), 0x85ebca6b) | 0;
}
