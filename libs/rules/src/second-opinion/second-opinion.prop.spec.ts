import fc from 'fast-check';
import { proveRound } from '../testing/prove-round';

/** Small, and big enough to have every kind of clock; `npm run prove` looks at as many as one likes. */
const ROUNDS = 12;

describe('the second opinion', () => {
  it('is the first one, for every clock and the case, at random instants and beside every boundary', () => {
    const seed = fc.readConfigureGlobal().seed ?? fc.sample(fc.integer(), 1)[0]!;
    let cases = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const result = proveRound(seed, round, false);
      expect({ seed, round, failure: result.failure }).toEqual({ seed, round, failure: null });
      cases += result.cases;
    }
    expect(cases).toBeGreaterThan(1_000);
    // Some seconds by itself; a busy machine has other things to do.
  }, 180_000);
});
