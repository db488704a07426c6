import { BadInputError, type ScoreScheme } from '@mingjian/contracts';
import { loadRuleVersions, type Queryable } from '@mingjian/store';
import {
  approvedSiteDocuments,
  heldInMonth,
  joinInTurn,
  readSiteFile,
  SCHEME,
} from '../rulebook/site-documents';

/**
 * The scheme that the scores of a month are given by: of the file, or what was approved for that month; null where the site has none.
 * Read at every use: it is small, and a change counts at once.
 * @param month `2026-09`. @throws BadInputError naming file, line and field; also where the file contradicts what was approved.
 */
export async function readScoreScheme(
  from: Queryable,
  file: string,
  month: string,
): Promise<ScoreScheme | null> {
  const written = await readSiteFile(SCHEME, file);
  if (written === null) return null;
  const approved = approvedSiteDocuments(SCHEME, await loadRuleVersions(from, ['scheme']));
  const { held, problems } = joinInTurn(written, approved);
  if (problems.length > 0) throw new BadInputError(problems);
  return heldInMonth(held, month);
}
