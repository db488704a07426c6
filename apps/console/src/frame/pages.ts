import { computed, type ComputedRef, type Ref } from 'vue';
import { useLoading, type Loading } from './loading';

/** One page of a list, and what asks for the next one; null: there is none. */
export interface Page<Row, Cursor> {
  rows: readonly Row[];
  next: Cursor | null;
}

/** A list that is read page by page. `rows` is null before the first answer. */
export interface Pages<Row> {
  rows: ComputedRef<readonly Row[] | null>;
  hasMore: ComputedRef<boolean>;
  isLoading: Ref<boolean>;
  error: Ref<unknown>;
  /** Begins anew; what was shown stays until the first page is there. */
  load: () => Promise<void>;
  /** Adds the page behind the last one. */
  more: () => Promise<void>;
}

/** Reads pages by `ask`, from the beginning where the cursor is null. An answer to an earlier question is thrown away. */
export function usePages<Row, Cursor>(
  ask: (cursor: Cursor | null) => Promise<Page<Row, Cursor>>,
): Pages<Row> {
  let from: Cursor | null = null;
  const loading: Loading<Page<Row, Cursor>> = useLoading(async () => {
    const before = from === null ? [] : (answer.value?.rows ?? []);
    const { rows, next } = await ask(from);
    return { rows: [...before, ...rows], next };
  });
  const { answer, isLoading, error, load } = loading;
  return {
    rows: computed(() => answer.value?.rows ?? null),
    hasMore: computed(() => answer.value !== null && answer.value.next !== null),
    isLoading,
    error,
    load() {
      from = null;
      return load();
    },
    async more() {
      from = answer.value?.next ?? null;
      if (from !== null) await load();
    },
  };
}
