import { useI18n } from 'vue-i18n';
import { api, read } from '../api/client';
import type { AskedAct } from './act-form';

const REASONS = [
  'wrong-data',
  'late-upload',
  'suspension-not-counted',
  'applicant',
  'system-outage',
  'force-majeure',
  'wrong-responsibility',
  'rule-wrong',
  'other',
] as const;

/** 申诉: the act of filing one against a light change. `done` is told its id. */
export function useFileAppeal(done: (id: number) => void): (lightChangeId: number) => AskedAct {
  const { t } = useI18n();
  return (lightChangeId) => ({
    title: t('actions.fileAppeal'),
    fields: [
      {
        name: 'reason',
        label: t('actions.head.reason'),
        kind: 'choice',
        choices: REASONS.map((one) => [one, t(`actions.appealReason.${one}`)]),
      },
      { name: 'text', label: t('act.field.text'), kind: 'long', most: 3000 },
      { name: 'evidence', label: t('act.field.evidence'), kind: 'long', most: 3000 },
    ],
    run: async (written, key) => {
      const body = {
        light: { id: lightChangeId },
        reason: REASONS.find((one) => one === written['reason']) ?? 'other',
        text: written['text'] ?? '',
        evidence: written['evidence'] ?? '',
      };
      const answer = await read<{ appeal: { id: number } }>(
        api.POST('/v1/appeals', { body, params: { header: { 'Idempotency-Key': key } } }),
      );
      done(answer.appeal.id);
    },
  });
}
