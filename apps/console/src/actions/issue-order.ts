import { useI18n } from 'vue-i18n';
import { api, read } from '../api/client';
import type { Light } from '../api/answers';
import type { AskedAct, Written } from './act-form';
import { departmentChoices } from './departments';

/** What an order is issued about; empty: about a department as such. */
export interface OrderAbout {
  department?: string | null;
  title?: string;
  basis?: string;
  source?: { caseNo: string; clock: string; becameAt: string; from: Light | null; to: Light };
}

const COLOURS = ['blue', 'orange', 'red'] as const;

/** 督办单: the act of issuing one. `done` is told its id. */
export function useIssueOrder(done: (id: number) => void): (about: OrderAbout) => AskedAct {
  const { t } = useI18n();
  return ({ department, title, basis, source }) => ({
    title: t('actions.issueOrder'),
    fields: [
      {
        name: 'department',
        label: t('actions.head.department'),
        kind: 'choice',
        value: department ?? '',
        choices: departmentChoices(),
      },
      { name: 'title', label: t('actions.head.title'), kind: 'text', most: 200, value: title ?? '' },
      { name: 'content', label: t('actions.content'), kind: 'long', most: 4000 },
      { name: 'basis', label: t('actions.basis'), kind: 'text', most: 1000, value: basis ?? '' },
      {
        name: 'colour',
        label: t('actions.colour'),
        kind: 'choice',
        choices: COLOURS.map((one) => [one, t(`actions.colours.${one}`)]),
      },
    ],
    run: async (written: Written, key) => {
      const body = {
        department: written['department'] ?? '',
        title: written['title'] ?? '',
        content: written['content'] ?? '',
        basis: written['basis'] ?? '',
        colour: COLOURS.find((one) => one === written['colour']) ?? 'blue',
        sources: source === undefined ? [] : [{ kind: 'light' as const, ...source }],
      };
      const answer = await read<{ order: { id: number } }>(
        api.POST('/v1/orders', { body, params: { header: { 'Idempotency-Key': key } } }),
      );
      done(answer.order.id);
    },
  });
}
