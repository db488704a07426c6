import { useI18n } from 'vue-i18n';
import { departmentChoices } from '../actions/departments';
import type { AskedAct } from '../actions/act-form';
import { api, read } from '../api/client';

/** 通报 as the archive shows it. `progress` in per cent; `no` and `digest` are null until it is made. */
export interface BulletinRow {
  id: number;
  no: string | null;
  kind: BulletinKind;
  /** `2026-03` or `2026-03-05`. */
  period: string;
  /** Null: for the efficiency and inspection offices. */
  department: string | null;
  departmentName: string | null;
  title: string;
  state: 'making' | 'made' | 'failed';
  progress: number;
  actorName: string;
  madeAt: string;
  digest: string | null;
}

export const BULLETIN_KINDS = ['monthly', 'daily'] as const;
export type BulletinKind = (typeof BULLETIN_KINDS)[number];

/** 生成通报: asks for the period and for whom; it is made on the server, whatever becomes of the page. */
export function useMakeBulletin(done: () => void): (kind: BulletinKind, period: string) => AskedAct {
  const { t } = useI18n();
  return (kind, period) => ({
    title: t(`bulletins.make.${kind}`),
    hint: t('bulletins.makeHint'),
    fields: [
      {
        name: 'period',
        label: t(`bulletins.period.${kind}`),
        kind: kind === 'monthly' ? 'month' : 'date',
        value: period,
      },
      {
        name: 'department',
        label: t('watch.department'),
        kind: 'choice',
        choices: [['', t('bulletins.everybody')], ...departmentChoices()],
      },
    ],
    run: async ({ period: wanted = '', department }) => {
      const bulletin = { kind, period: wanted, ...(department === undefined ? {} : { department }) };
      await read(api.POST('/v1/bulletins', { body: { bulletin } }));
      done();
    },
  });
}
