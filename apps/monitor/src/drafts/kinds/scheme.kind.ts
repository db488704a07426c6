import { problemsOf, ScoreScheme } from '@mingjian/contracts';
import type { Written } from '../draft-document';
import type { DraftProblem } from '../draft-problem';
import { documentOf } from '../draft-rows';
import { formProblems, identityProblems } from '../form-problems';
import { presentScoreImpact, scoreImpact } from '../score-impact';
import type { KindOfDraft } from './kind-of-draft';

/**
 * 考评方案. It scores from a month on, this one or a later: months that are over keep the scheme that they were scored by. Its impact: the
 * scores of the last published months by the newest scheme and by the draft, each as if it had always been in force.
 */
export const SCHEME_DRAFTS: KindOfDraft = {
  name: '考评方案',
  title: '调整考评方案',
  tellsValues: true,
  readers: ['inspector', 'administrator', 'auditor'],
  earliest: firstOfMonth,
  renewed: (written, version, today) => ({ ...written, version, inForceFrom: firstOfMonth(today) }),
  check,
  approved: documentOf,
  impact: (document, { rules, schemes }) =>
    scoreImpact(schemes[schemes.length - 1]?.parsed ?? null, ScoreScheme.parse(document), rules),
  presentImpact: presentScoreImpact,
};

function firstOfMonth(day: string): string {
  return `${day.slice(0, 7)}-01`;
}

function check(documentId: string, written: Written): DraftProblem[] {
  const parsed = ScoreScheme.safeParse(written);
  if (!parsed.success) return formProblems(problemsOf(parsed.error, '', written), written);
  return identityProblems('scheme', '考评方案', documentId, written);
}
