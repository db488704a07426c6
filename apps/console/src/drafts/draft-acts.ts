import { useI18n } from 'vue-i18n';
import type { AskedAct, Field } from '../actions/act-form';
import { useLongField } from '../actions/matter';
import { now } from '../time/page-clock';
import { dateText } from '../time/texts';
import type { Draft, DraftKind } from './answers';
import { actOnDraft, createDraft } from './drafts-api';

/** What is done about a draft as a whole, in the order in which it is offered. */
export const DRAFT_ACTS = ['submit', 'approve', 'return', 'recall', 'rebase', 'revert', 'discard'] as const;
type Offered = (typeof DRAFT_ACTS)[number];

/** Kinds whose versions have a first day. */
const DATED: readonly DraftKind[] = ['ruleset', 'scheme'];

/** The acts; `taken` is handed the draft as it is then, `made` the id of another that an act made. */
export function useDraftActs(
  taken: (draft: Draft) => void,
  made: (id: number) => void,
): (draft: Draft, type: Offered) => AskedAct {
  const { t } = useI18n();
  const long = useLongField();
  const fieldsOf = (draft: Draft, type: Offered): Field[] => {
    const today = now.value === null ? '' : dateText(now.value);
    switch (type) {
      case 'submit':
        return [
          long('reason', { most: 2000 }),
          ...(DATED.includes(draft.kind)
            ? [
                {
                  name: 'inForceFrom',
                  label: t(`drafts.inForceFrom.${draft.kind}`),
                  kind: 'date' as const,
                  value: draft.kind === 'scheme' ? (draft.inForceFrom ?? today) : today,
                  from: draft.kind === 'scheme' ? `${today.slice(0, 7)}-01` : today,
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
    hint: t(`drafts.actHint.${type}`),
    fields: fieldsOf(draft, type),
    run: async (written) => {
      if (type === 'revert') made((await createDraft({ revertOf: draft.id })).draft.id);
      else taken((await actOnDraft(draft.id, { type, version: draft.version, ...written })).draft);
    },
  });
}
