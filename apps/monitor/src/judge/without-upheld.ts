import { loadUpheldLights, type Queryable } from '@mingjian/store';
import type { Assessment } from './assess-case';

/**
 * Assesses those cases anew that would get a light which an appeal took away. Only cases that get a light at all are asked
 * for, so that most batches ask for few or none.
 *
 * Asked after the rows were read: an appeal that was upheld in between is seen here, and its row not missed.
 */
export async function withoutUpheld(
  from: Queryable,
  assessments: readonly Assessment[],
  assess: (caseNo: string, upheld: ReadonlySet<string>) => Assessment,
): Promise<readonly Assessment[]> {
  const lit = assessments.flatMap(({ caseNo, newChanges }) => (newChanges.length > 0 ? [caseNo] : []));
  if (lit.length === 0) return assessments;
  const upheld = await loadUpheldLights(from, lit);
  if (upheld.size === 0) return assessments;
  return assessments.map((assessment) => {
    const taken = upheld.get(assessment.caseNo);
    return taken === undefined ? assessment : assess(assessment.caseNo, taken);
  });
}
