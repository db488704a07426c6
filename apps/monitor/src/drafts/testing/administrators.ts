import type { Principal } from '../../identity/principal';
import type { Written } from '../draft-document';

function administrator(id: string, name: string): Principal {
  return { kind: 'user', id, name, roles: ['administrator'], department: null, district: null };
}

/** Those who change rules: one who writes, and two others. */
export const ADMINISTRATOR = administrator('admin-1', '周管理');
export const OTHER_ADMINISTRATOR = administrator('admin-2', '吴管理');
export const THIRD_ADMINISTRATOR = administrator('admin-3', '郑管理');

/** A ruleset in which A0101 is promised otherwise. */
export function withPromise(document: Written, promise: string): Record<string, unknown> {
  const { items } = document as { items: Record<string, object> };
  return { ...document, items: { ...items, A0101: { ...items.A0101, promise } } };
}
