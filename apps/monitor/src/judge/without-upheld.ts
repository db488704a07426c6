import { loadUpheldLights, ratingAppealsOfCases, type Queryable } from '@mingjian/store';
import type { Assessment, UpheldOfCase } from './assess-case';

/** Clocks that a rating starts; only of cases that get a light of theirs is asked whether an appeal cleared the rating. */
const OF_RATINGS: ReadonlySet<string> = new Set(['rating-contact', 'rectification']);

/**
 * Assesses those cases anew that would get a light which an appeal took away. Only cases that get a light at all are asked
 * for, so that most batches ask for few or none.
 *
 * Asked after the rows were read: an appeal that was upheld in between is seen here, and its row not missed.
 */
export async function withoutUpheld(
  from: Queryable,
  assessments: readonly Assessment[],
  assess: (caseNo: string, upheld: UpheldOfCase) => Assessment,
): Promise<readonly Assessment[]> {
  const lit = assessments.flatMap(({ caseNo, newChanges }) => (newChanges.length > 0 ? [caseNo] : []));
  if (lit.length === 0) return assessments;
  const lights = await loadUpheldLights(from, lit);
  const rated = assessments.flatMap(({ caseNo, newChanges }) =>
    newChanges.some(({ clockKind }) => OF_RATINGS.has(clockKind)) ? [caseNo] : [],
  );
  const appeals = rated.length === 0 ? [] : await ratingAppealsOfCases(from, rated);
  const ratings = appeals.filter(({ state }) => state === 'upheld');
  if (lights.size === 0 && ratings.length === 0) return assessments;
  return assessments.map((assessment) => {
    const { caseNo } = assessment;
    const upheld: UpheldOfCase = {
      lights: lights.get(caseNo) ?? new Set(),
      ratings: ratings.filter((one) => one.caseNo === caseNo),
    };
    return upheld.lights.size === 0 && upheld.ratings.length === 0 ? assessment : assess(caseNo, upheld);
  });
}
