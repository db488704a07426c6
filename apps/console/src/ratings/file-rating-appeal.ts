import { useI18n } from 'vue-i18n';
import type { AskedAct } from '../actions/act-form';
import { useLongField } from '../actions/matter';
import { api, read } from '../api/client';
import type { RatingIdentity } from './answers';

const REASONS = ['malicious', 'mistaken', 'not-our-matter', 'repeated', 'other'] as const;

/** 差评申诉: the act of filing one against a bad rating of the own department. `done` is told its id. */
export function useFileRatingAppeal(done: (id: number) => void): (rating: RatingIdentity) => AskedAct {
  const { t } = useI18n();
  const long = useLongField();
  return (rating) => ({
    title: t('ratings.fileAppeal'),
    hint: t('ratings.fileAppealHint'),
    fields: [
      {
        name: 'reason',
        label: t('actions.head.reason'),
        kind: 'choice',
        choices: REASONS.map((one) => [one, t(`ratings.appealReason.${one}`)]),
      },
      long('text', { most: 3000 }),
      long('evidence', { most: 3000 }),
    ],
    run: async (written, key) => {
      const body = {
        rating,
        reason: REASONS.find((one) => one === written['reason']) ?? 'other',
        text: written['text'] ?? '',
        evidence: written['evidence'] ?? '',
      };
      const answer = await read<{ appeal: { id: number } }>(
        api.POST('/v1/rating-appeals', { body, params: { header: { 'Idempotency-Key': key } } }),
      );
      done(answer.appeal.id);
    },
  });
}
