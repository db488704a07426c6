import { useI18n } from 'vue-i18n';
import { api, read } from '../api/client';
import type { AskedAct } from './act-form';

/** 移交: the act of handing one case over to the inspection office. */
export function useMakeHandover(done: (no: string) => void): (caseNo: string) => AskedAct {
  const { t } = useI18n();
  return (caseNo) => ({
    title: t('actions.handoverCase', { no: caseNo }),
    hint: t('actions.handoverHint'),
    fields: [{ name: 'reason', label: t('actions.handoverReason'), kind: 'long', most: 200 }],
    run: async (written) => {
      const handover = { kind: 'case' as const, caseNo, reason: written['reason'] ?? '' };
      const answer = await read<{ no: string }>(api.POST('/v1/handovers', { body: { handover } }));
      done(answer.no);
    },
  });
}
