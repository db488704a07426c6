import { watch } from 'vue';
import { useLoading, type Loading } from '../frame/loading';
import type { Diff, Draft } from './answers';
import { diffOfDraft } from './drafts-api';

/** What a draft changes, read anew with each version of it; null until that of the version that is shown is there. */
export function useDiff(draft: () => Draft | null): Loading<Diff> {
  const diff = useLoading(() => diffOfDraft(draft()!.id));
  watch(
    () => [draft()?.id, draft()?.version],
    ([id]) => {
      diff.answer.value = null;
      if (id !== undefined) void diff.load();
    },
    { immediate: true },
  );
  return diff;
}
