import {
  computed,
  onBeforeUnmount,
  ref,
  shallowRef,
  watch,
  type ComputedRef,
  type Ref,
  type ShallowRef,
} from 'vue';
import { ApiError } from '../api/client';
import { useLoading } from '../frame/loading';
import type { Draft, DraftProblem } from './answers';
import { readDraft, saveDraft } from './drafts-api';
import { isWithin, withValue, type Json, type JsonObject, type Path } from './edit-document';

const LOOK_AGAIN_MS = 10_000;

/** A draft while somebody works on it: in a form, or in the text of it. */
export interface DraftData {
  draft: ShallowRef<Draft | null>;
  error: Ref<unknown>;
  /** The document with what was changed since the last save. */
  document: ShallowRef<JsonObject>;
  text: Ref<string>;
  isDirty: ComputedRef<boolean>;
  isSaving: Ref<boolean>;
  /** Why it could not be saved; empty where it could. */
  problem: Ref<string>;
  /** Who saved in between, with the version that is theirs. */
  conflict: Ref<{ who: string; at: string; version: number } | null>;
  mayEdit: ComputedRef<boolean>;
  load: () => Promise<void>;
  set: (path: Path, value: Json | undefined) => void;
  /** Takes the whole document as text. */
  write: (yaml: string) => void;
  /** @param version the one to save over: left out, the one that was read. @returns whether it is saved. */
  save: (version?: number) => Promise<boolean>;
  /** Takes a draft that an act answered with. */
  take: (draft: Draft) => void;
  /** Problems at a place of the document and within it. */
  problemsAt: (path: Path) => DraftProblem[];
}

export function useDraft(id: () => number, saved: () => void): DraftData {
  const document = shallowRef<JsonObject>({});
  const text = ref('');
  const isSaving = ref(false);
  const problem = ref('');
  const conflict = ref<{ who: string; at: string; version: number } | null>(null);
  const { answer: draft, error, load } = useLoading(async () => (await readDraft(id())).draft);
  const isDirty = computed(
    () =>
      draft.value !== null && (document.value !== draft.value.document || text.value !== draft.value.yaml),
  );
  watch(id, () => ((draft.value = null), void load()), { immediate: true });
  watch(draft, (read) => {
    document.value = read?.document ?? {};
    text.value = read?.yaml ?? '';
    conflict.value = null;
    problem.value = '';
  });

  async function save(version = draft.value?.version): Promise<boolean> {
    const seen = draft.value;
    if (seen === null || version === undefined || isSaving.value) return false;
    if (!isDirty.value) return true;
    isSaving.value = true;
    problem.value = '';
    const content = document.value === seen.document ? { yaml: text.value } : { document: document.value };
    try {
      draft.value = (await saveDraft(seen.id, version, content)).draft;
      saved();
      return true;
    } catch (reason) {
      problem.value = reason instanceof Error ? reason.message : String(reason);
      if (reason instanceof ApiError && reason.status === 412) await noticeOthers();
      return false;
    } finally {
      isSaving.value = false;
    }
  }
  /** Somebody else's save is said before it is found out by saving. */
  async function noticeOthers(): Promise<void> {
    const seen = draft.value;
    if (seen === null || window.document.visibilityState !== 'visible') return;
    const { draft: found } = await readDraft(seen.id);
    if (draft.value !== seen || found.version === seen.version) return;
    if (!isDirty.value) draft.value = found;
    else conflict.value = { who: found.editedBy.name, at: found.editedAt, version: found.version };
  }
  const timer = setInterval(() => void noticeOthers().catch(() => undefined), LOOK_AGAIN_MS);
  const leaving = (event: BeforeUnloadEvent): void => void (isDirty.value && event.preventDefault());
  window.addEventListener('beforeunload', leaving);
  onBeforeUnmount(() => {
    clearInterval(timer);
    window.removeEventListener('beforeunload', leaving);
  });

  return {
    draft,
    error,
    document,
    text,
    isDirty,
    isSaving,
    problem,
    conflict,
    mayEdit: computed(() => draft.value?.can.includes('edit') ?? false),
    load,
    set: (path, value) => (document.value = withValue(document.value, path, value)),
    write: (yaml) => (text.value = yaml),
    save,
    take: (given) => (draft.value = given),
    problemsAt: (path) => draft.value?.problems.filter(({ path: at }) => isWithin(at, path)) ?? [],
  };
}
