import { useI18n } from 'vue-i18n';
import type { TriedProblem } from './answers';

/** What is wrong with a record as one line: field, what was expected, what is there, what to do. */
export function useProblemText(): (problem: TriedProblem) => string {
  const { t } = useI18n();
  return ({ field, expected, got, hint }) =>
    [
      field && t('collection.fieldIs', { field }),
      expected,
      got && t('drafts.got', { got }),
      hint && ` ${hint}`,
    ]
      .filter(Boolean)
      .join('');
}
