import { computed, type ComputedRef } from 'vue';
import { useRoute } from 'vue-router';

/** The state that the address asks for; a word that is none of them asks for nothing. */
export function useStateQuery<State extends string>(
  states: readonly State[],
): ComputedRef<State | undefined> {
  const route = useRoute();
  return computed(() => states.find((one) => one === route.query['state']));
}
