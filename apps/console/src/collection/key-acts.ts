import { useI18n } from 'vue-i18n';
import type { AskedAct } from '../actions/act-form';
import { useLongField } from '../actions/matter';
import type { Sender, SourceKey } from './answers';
import { endKey, issueKey } from './collection-api';

/** A key as it was issued: the only time that it is seen. */
export interface IssuedKey {
  source: string;
  key: string;
}

/** How long the former key stays good beside the new one, in hours; the API takes up to thirty days. */
const KEEP_HOURS = [24, 72, 168, 720, 0] as const;

interface KeyActs {
  /** 发放密钥; 更换密钥 where one is good already. */
  issue: (sender: Sender) => AskedAct;
  /** 停用 of one key, at once. */
  end: (name: string, key: SourceKey) => AskedAct;
}

/** The acts on keys. `issued` is handed a key that was issued, `changed` is told that the register is another. */
export function useKeyActs(issued: (key: IssuedKey) => void, changed: () => Promise<void>): KeyActs {
  const { t } = useI18n();
  const long = useLongField();
  const nameOf = ({ title, source }: Sender): string => title ?? source;
  return {
    issue(sender) {
      const isFirst = sender.keys.length === 0;
      return {
        title: t(isFirst ? 'collection.issueFor' : 'collection.rotateFor', { name: nameOf(sender) }),
        hint: t(isFirst ? 'collection.issueHint' : 'collection.rotateHint'),
        fields: [
          ...(isFirst
            ? []
            : [
                {
                  name: 'keep',
                  label: t('collection.keepFormer'),
                  kind: 'choice' as const,
                  choices: KEEP_HOURS.map(
                    (hours) => [String(hours), t(`collection.keepHours.${hours}`)] as const,
                  ),
                },
              ]),
          long('reason', { most: 2000 }),
        ],
        run: async ({ keep, reason }) => {
          const { source } = sender;
          const body = { source, keepFormerHours: Number(keep ?? 0), reason: reason ?? '' };
          issued({ source, key: (await issueKey(body)).key });
          await changed();
        },
      };
    },
    end: (name, key) => ({
      title: t('collection.endFor', { name }),
      hint: t('collection.endHint'),
      fields: [long('reason', { most: 2000 })],
      run: async ({ reason }) => {
        await endKey(key.id, reason ?? '');
        await changed();
      },
    }),
  };
}
