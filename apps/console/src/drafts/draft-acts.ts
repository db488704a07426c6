import { useI18n } from 'vue-i18n';
import type { AskedAct, Field } from '../actions/act-form';
import { useLongField } from '../actions/matter';
import { now } from '../time/page-clock';
import { dateText } from '../time/texts';
import type { Draft, DraftKind } from './answers';
import { actOnDraft } from './drafts-api';

/** What is done about a draft as a whole, in the order in which it is offered. */
export const DRAFT_ACTS = ['submit', 'approve', 'return', 'recall', 'rebase', 'revert', 'discard'] as const;
export type DraftActName = (typeof DRAFT_ACTS)[number];
/** A draft that takes another back is made without asking. */
type Asked = Exclude<DraftActName, 'revert'>;

/** Kinds whose versions have a first day. */
const DATED: readonly DraftKind[] = ['ruleset', 'scheme'];

const isDated = ({ kind }: Draft): boolean => DATED.includes(kind);

/** The acts that are asked about before they are done; `taken` is handed the draft as it is then. */
export function useDraftActs(taken: (draft: Draft) => void): (draft: Draft, type: Asked) => AskedAct {
  const { t } = useI18n();
  const long = useLongField();
  const today = (): string => (now.value === null ? '' : dateText(now.value));
  /** The first day that is proposed: a later one that somebody chose before, else today; of a scheme its month. */
  const firstDay = ({ kind, inForceFrom }: Draft): string =>
    kind === 'scheme' || (inForceFrom ?? '') > today() ? (inForceFrom ?? today()) : today();
  const hintOf = (draft: Draft, type: Asked): string | undefined => {
    if (type === 'approve' || type === 'return') return undefined;
    if (type !== 'submit') return t(`drafts.actHint.${type}`);
    const date = firstDay(draft);
    const words = date === today() ? t('drafts.today') : ` ${date} `;
    return t(`drafts.submitHint.${isDated(draft) ? draft.kind : 'other'}`, { date: words });
  };
  const fieldsOf = (draft: Draft, type: Asked): Field[] => {
    switch (type) {
      case 'submit':
        return [
          long('reason', { most: 2000 }),
          ...(isDated(draft)
            ? [
                {
                  name: 'inForceFrom',
                  label: t(`drafts.inForceFrom.${draft.kind}`),
                  // The hint says which day is proposed: most leave it as it is.
                  fold: t('drafts.otherDay'),
                  kind: 'date' as const,
                  value: firstDay(draft),
                  from: draft.kind === 'scheme' ? `${today().slice(0, 8)}01` : today(),
                },
              ]
            : []),
        ];
      case 'approve':
        return [long('note', { label: t('act.field.opinion'), isOptional: true })];
      case 'return':
        return [long('note', { label: t('act.field.opinion') })];
      default:
        return [];
    }
  };
  return (draft, type) => ({
    title: t(`drafts.act.${type}`),
    hint: hintOf(draft, type),
    fields: fieldsOf(draft, type),
    run: async (written) => {
      taken((await actOnDraft(draft.id, { type, version: draft.version, ...written })).draft);
    },
  });
}
