import { computed, type ComputedRef } from 'vue';
import { useI18n } from 'vue-i18n';
import { failures, lastAnswerAt, overview } from '../api/overview';
import { now } from '../time/page-clock';
import { useTimeTexts } from '../time/texts';

/** Later than this the page is not live any more. */
const STALE_AFTER_MS = 20_000;
/** So many answers missed in a row are no accident. */
const MOST_FAILURES = 2;

/** Why the page cannot be trusted now; empty where it can. */
export function useTrouble(): ComputedRef<string> {
  const { t } = useI18n();
  const { delay } = useTimeTexts();
  return computed(() => {
    // Moves on with the ticking clock.
    void now.value;
    const silentMs = performance.now() - lastAnswerAt.value;
    const isSeen = document.visibilityState === 'visible';
    if (failures.value >= MOST_FAILURES || (isSeen && silentMs > STALE_AFTER_MS))
      return t('trouble.cut', { length: delay(silentMs) });
    const state = overview.value;
    if (state === null) return '';
    if (!state.ready) return t('trouble.starting');
    if (!state.rules.loadSuccessful) return t('trouble.rulesNotLoaded');
    if (state.sources.total > 0 && state.sources.alive === 0) return t('trouble.noSources');
    return '';
  });
}
