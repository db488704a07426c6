import { computed } from 'vue';
import { hasRole, isOfDepartment } from '../api/session';

/** Where the frame leads, in its order. */
export interface Place {
  name: string;
  to: string;
}

/** Whoever is of a department comes to what is theirs first; rules are for who works above departments. */
export const places = computed<readonly Place[]>(() => [
  ...(isOfDepartment.value ? [{ name: 'mine', to: '/mine' }] : []),
  { name: 'watch', to: '/watch' },
  { name: 'case', to: '/cases' },
  { name: 'actions', to: '/actions' },
  { name: 'reports', to: '/reports' },
  ...(hasRole('inspector', 'administrator', 'auditor', 'operator') ? [{ name: 'rules', to: '/rules' }] : []),
]);
