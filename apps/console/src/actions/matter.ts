import { watch, type Ref, type ShallowRef } from 'vue';
import { useI18n } from 'vue-i18n';
import type { Light } from '../api/answers';
import { useLoading, type Loading } from '../frame/loading';
import type { AskedAct, Field } from './act-form';
import type ActDialog from './ActDialog.vue';
import type { MatterEvent } from './answers';

/** What every matter has that people act on. */
export interface Matter {
  no: string;
  light: Light;
  version: number;
  events: readonly MatterEvent[];
}

/** What every appeal has, whatever it is against. */
export interface Appeal extends Matter {
  department: string;
  departmentName: string | null;
  stateName: string;
  reasonName: string;
  dueAt: string | null;
  text: string;
  evidence: string;
}

/** How a matter is read and acted on. */
interface MatterPaths<One extends Matter> {
  /** The dialog of the page, in which acts ask. */
  dialog: Ref<InstanceType<typeof ActDialog> | undefined>;
  /** Which one; the page shows another when it changes. */
  id: () => string;
  read: () => Promise<One>;
  /** Does an act on the version that was seen. @returns the matter as it is then. */
  act: (version: number, act: { type: string; reason?: string; days?: number }, key: string) => Promise<One>;
  fields: (type: string) => readonly Field[];
  actName: (type: string) => string;
  hint?: (type: string) => string | undefined;
}

/** One matter and its acts; each asks in the dialog, which keeps what was written until it is done. */
export interface MatterData<One extends Matter> {
  one: ShallowRef<One | null>;
  error: Loading<One>['error'];
  load: () => Promise<void>;
  ask: (type: string) => void;
}

export function useMatter<One extends Matter>(paths: MatterPaths<One>): MatterData<One> {
  const { answer, error, load } = useLoading(paths.read);
  watch(paths.id, load, { immediate: true });
  const asked = (type: string): AskedAct => {
    const version = answer.value?.version ?? 0;
    return {
      title: paths.actName(type),
      hint: paths.hint?.(type),
      fields: paths.fields(type),
      run: async ({ days, ...texts }, key) => {
        const act = { type, ...texts, ...(days === undefined ? {} : { days: Number(days) }) };
        answer.value = await paths.act(version, act, key);
      },
    };
  };
  return {
    one: answer,
    error,
    load,
    ask(type) {
      paths.dialog.value?.ask(asked(type));
    },
  };
}

/** A field in which people write at length, by the name that the daemon gives it. */
export function useLongField(): (name: string, more?: Partial<Field>) => Field {
  const { t } = useI18n();
  return (name, more) => ({ name, label: t(`act.field.${name}`), kind: 'long', most: 1000, ...more });
}
