import { holm } from './statistics';
import type { ForensicFinding } from './forensic-finding';

/** A test that was made; `finding` says what would be told if it stands, null where the effect is too small to tell. */
export interface Tested {
  pValue: number;
  finding: ForensicFinding | null;
}

/** The findings whose tests stand after Holm's correction over all tests of the run, each with the number of them. */
export function standing(tests: readonly Tested[], significance: number): ForensicFinding[] {
  const stands = holm(
    tests.map(({ pValue }) => pValue),
    significance,
  );
  return tests.flatMap(({ finding, pValue }, index) =>
    finding !== null && stands[index] === true
      ? [{ ...finding, figures: { ...finding.figures, pValue, tests: tests.length } }]
      : [],
  );
}
