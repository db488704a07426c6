import { useI18n } from 'vue-i18n';
import { clockText, instant, useTimeTexts } from './texts';

/** What a row knows of its limit; `readAt` is the daemon's time of the answer that it came with. */
export interface Rest {
  open: boolean;
  dueAt: string | null;
  unknownBecause: string | null;
  workingMsLeft: number | null;
  workingDaysLeft: number | null;
  readAt: number;
  isWorkingTime: boolean;
}

/** Working days left or exceeded; on the last day working hours, which run on between two answers while the hall is open. */
export function useRestText(): (rest: Rest, now: number | null) => string {
  const { t } = useI18n();
  const { work } = useTimeTexts();
  return ({ open, dueAt, unknownBecause, workingMsLeft, workingDaysLeft, readAt, isWorkingTime }, now) => {
    if (!open) return t('rest.ended');
    const due = instant(dueAt);
    if (due === null) return unknownBecause === null ? t('rest.suspended') : '—';
    const days = workingDaysLeft ?? 0;
    if (days >= 1) return t('rest.daysLeft', { n: days });
    if (days <= -1) return t('rest.daysOver', { n: -days });
    const at = now ?? readAt;
    const left = (workingMsLeft ?? 0) - (isWorkingTime ? at - readAt : 0);
    if (due < at) return t('rest.over', { text: work(Math.max(0, -left)) });
    // After closing on the last day the limit still runs to midnight.
    return left > 0
      ? t('rest.left', { text: work(left) })
      : t('rest.untilClock', { text: clockText(due, false) });
  };
}
