import { useI18n } from 'vue-i18n';
import type { AskedAct } from '../actions/act-form';
import type { MatterEvent } from '../actions/answers';
import { useLongField } from '../actions/matter';
import { api, read } from '../api/client';
import type { LightChange } from '../api/answers';

/** 人工发牌: a light that an inspector gave by hand. */
export interface CardRow {
  id: number;
  no: string;
  caseNo: string;
  department: string;
  departmentName: string | null;
  light: 'yellow' | 'red';
  reason: (typeof CARD_REASONS)[number];
  reasonName: string;
  issuedAt: string;
  withdrawnAt: string | null;
  version: number;
}

/** `holds`: neither taken back nor appealed against with success. */
export interface CardAnswer extends CardRow {
  holds: boolean;
  events: MatterEvent[];
}

/** 待发: a light that a person has to confirm before anybody is told. */
export interface WaitingLight {
  light: LightChange;
}

const CARD_REASONS = [
  'attitude',
  'extra-material',
  'not-informed-once',
  'absent',
  'offline-handling',
  'fee',
  'refusal',
  'other',
] as const;

/** 人工发牌: the act of giving a light by hand, for what no clock measures. `done` is told the id of the card. */
export function useIssueCard(done: (id: number) => void): (caseNo?: string) => AskedAct {
  const { t } = useI18n();
  const long = useLongField();
  return (caseNo) => ({
    title: t('cards.issue'),
    hint: t('cards.issueHint'),
    fields: [
      { name: 'caseNo', label: t('case.number'), kind: 'text', most: 64, value: caseNo },
      {
        name: 'light',
        label: t('cards.light'),
        kind: 'choice',
        choices: (['yellow', 'red'] as const).map((one) => [one, t(`light.${one}`)]),
      },
      {
        name: 'reason',
        label: t('cards.reason'),
        kind: 'choice',
        choices: CARD_REASONS.map((one) => [one, t(`cards.reasons.${one}`)]),
      },
      long('text', { most: 2000 }),
      { name: 'basis', label: t('cards.basis'), kind: 'text', most: 1000 },
    ],
    run: async (written, key) => {
      const body = {
        caseNo: written['caseNo'] ?? '',
        light: written['light'] === 'red' ? ('red' as const) : ('yellow' as const),
        reason: CARD_REASONS.find((one) => one === written['reason']) ?? 'other',
        text: written['text'] ?? '',
        basis: written['basis'] ?? '',
      };
      const answer = await read<{ card: { id: number } }>(
        api.POST('/v1/cards', { body, params: { header: { 'Idempotency-Key': key } } }),
      );
      done(answer.card.id);
    },
  });
}

/** 发牌确认: the act of issuing a light that waits, or of cancelling it; to cancel needs a reason. */
export function useDecideLight(
  done: () => void,
): (id: number, decision: 'issued' | 'cancelled', title: string) => AskedAct {
  const { t } = useI18n();
  const long = useLongField();
  return (id, decision, title) => ({
    title: t(`cards.decide.${decision}`, { title }),
    hint: t(`cards.decideHint.${decision}`),
    fields: [long('reason', { isOptional: decision === 'issued' })],
    run: async ({ reason }) => {
      const body = { decision, ...(reason === undefined ? {} : { reason }) };
      const path = { id: id as never };
      await read(api.POST('/v1/cards/waiting/{id}/decision', { body, params: { path } }));
      done();
    },
  });
}
