import { computed, type ComputedRef } from 'vue';
import { useRoute, useRouter, type LocationQuery } from 'vue-router';
import { LIGHTS, type Light } from '../api/answers';

/** What the watch is narrowed by. It lives in the address and can be sent to a colleague. */
export interface Filters {
  light?: Light;
  department?: string;
  item?: string;
  /** Ended cases instead of open ones. */
  ended?: boolean;
  q?: string;
}

const text = (value: LocationQuery[string] | undefined): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The filters of the address; `change` writes some of them back. */
export function useFilters(): {
  filters: ComputedRef<Filters>;
  change: (some: Partial<Filters>, replace?: boolean) => void;
  clear: () => void;
} {
  const route = useRoute();
  const router = useRouter();
  const filters = computed<Filters>(() => {
    const { query } = route;
    return {
      light: LIGHTS.find((light) => light === query['light']),
      department: text(query['department']),
      item: text(query['item']),
      ended: query['open'] === 'false',
      q: text(query['q']),
    };
  });
  const go = (wanted: Filters, replace: boolean): void => {
    const { light, department, item, ended, q } = wanted;
    const query = Object.fromEntries(
      Object.entries({ light, department, item, open: ended ? 'false' : undefined, q }).filter(
        ([, value]) => value !== undefined && value !== '',
      ),
    );
    void (replace ? router.replace({ query }) : router.push({ query }));
  };
  return {
    filters,
    change: (some, replace = false) => go({ ...filters.value, ...some }, replace),
    clear: () => go({}, false),
  };
}
