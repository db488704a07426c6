import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';

/** What a view reads, with how that goes. */
export interface Loading<Answer> {
  answer: ShallowRef<Answer | null>;
  error: Ref<unknown>;
  isLoading: Ref<boolean>;
  load: () => Promise<void>;
}

/** Reads by `ask`; a later question overtakes an earlier one, and what was shown stays until the answer is there. */
export function useLoading<Answer>(ask: () => Promise<Answer>): Loading<Answer> {
  const answer = shallowRef<Answer | null>(null);
  const error = ref<unknown>(null);
  const isLoading = ref(false);
  let question = 0;
  return {
    answer,
    error,
    isLoading,
    async load() {
      const mine = ++question;
      isLoading.value = true;
      try {
        const read = await ask();
        if (mine !== question) return;
        answer.value = read;
        error.value = null;
      } catch (reason) {
        if (mine === question) error.value = reason;
      } finally {
        if (mine === question) isLoading.value = false;
      }
    },
  };
}
