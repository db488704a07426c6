import { useI18n } from 'vue-i18n';
import type { CaseAnswer } from '../api/answers';
import { instant, useTimeTexts } from '../time/texts';
import { useTerms } from '../words/terms';

/** One sentence that says what matters now. */
export function useVerdictText(): (answer: CaseAnswer, now: number) => string {
  const { t } = useI18n();
  const { full, length } = useTimeTexts();
  const { clockName, of } = useTerms();
  return ({ case: one, verdict }, now) => {
    if (one.unknownBecause !== null) return t('case.cannot', { why: of('unknown', one.unknownBecause) });
    if (verdict.clock === null) return t('case.noClock');
    const words = {
      clock: clockName(verdict.clock),
      tentative: verdict.provisional ? t('case.tentative') : '',
    };
    const due = instant(verdict.dueAt);
    if (due === null) return t('case.heldBy', words);
    if (!verdict.open) return t('case.dueBy', { ...words, due: full(due) });
    const rest =
      due >= now
        ? t('case.left', { length: length(due - now) })
        : t('case.over', { length: length(now - due) });
    return t('case.dueLeft', { ...words, due: full(due), rest });
  };
}
