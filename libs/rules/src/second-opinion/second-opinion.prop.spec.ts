import fc from 'fast-check';
import { compareJudges } from '../testing/compare-judges';
import { anyCases } from '../testing/random-cases';

describe('the second opinion', () => {
  it('is the first one, for every clock and the case, at random instants and beside every boundary', () => {
    const tally = { cases: 0, looks: 0 };
    fc.assert(
      fc.property(anyCases, (cases) => {
        expect(compareJudges(cases, tally)).toBeNull();
      }),
      { numRuns: 100 },
    );
    expect(tally.cases).toBeGreaterThan(1_500);
    // Some seconds by itself; a busy machine has other things to do.
  }, 180_000);
});
