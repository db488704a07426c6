import { ref, shallowRef, type Ref, type ShallowRef } from 'vue';
import type { CaseAnswer, Explanation } from '../api/answers';
import { api, read } from '../api/client';

/** One case as it is now, and why; read again on demand. */
export interface CaseData {
  answer: ShallowRef<CaseAnswer | null>;
  explanation: ShallowRef<Explanation | null>;
  error: Ref<unknown>;
  /** The explanation may fail where the case does not. */
  explanationError: Ref<unknown>;
  load: (caseNo: string) => Promise<void>;
}

export function useCaseData(): CaseData {
  const answer = shallowRef<CaseAnswer | null>(null);
  const explanation = shallowRef<Explanation | null>(null);
  const error = ref<unknown>(null);
  const explanationError = ref<unknown>(null);
  let wanted = '';
  return {
    answer,
    explanation,
    error,
    explanationError,
    async load(caseNo) {
      wanted = caseNo;
      const path = { id: caseNo };
      const [one, why] = await Promise.allSettled([
        read<CaseAnswer>(api.GET('/v1/cases/{id}', { params: { path } })),
        read<Explanation>(api.GET('/v1/cases/{id}/explanation', { params: { path } })),
      ]);
      if (wanted !== caseNo) return;
      error.value = one.status === 'rejected' ? one.reason : null;
      explanationError.value = why.status === 'rejected' ? why.reason : null;
      if (why.status === 'fulfilled') explanation.value = why.value;
      else if (answer.value?.case.caseNo !== caseNo) explanation.value = null;
      if (one.status === 'fulfilled') answer.value = one.value;
      else answer.value = null;
    },
  };
}
