import type { ComplaintAct, ComplaintPolicy } from '@mingjian/contracts';
import type { ComplaintRow, ComplaintView } from '@mingjian/store';
import { ActRefused } from '../acts/act-refused';
import { DEPARTMENT_ROLES, hasRole, type Principal } from '../identity/principal';

/** Acts of the department that handles a complaint; all others are the office's. */
const OF_DEPARTMENT: ReadonlySet<ComplaintAct['type']> = new Set([
  'returned',
  'extension-requested',
  'replied',
]);

/** Whose eyes somebody reads complaints with: see {@link ComplaintView}. */
export function viewOf(who: Principal): ComplaintView {
  if (who.kind === 'system' || hasRole(who, 'inspector')) return 'office';
  return who.roles.every((role) => DEPARTMENT_ROLES.includes(role)) ? 'unit' : 'observer';
}

/** @throws ActRefused where an act is not somebody's to do. */
export function requireRight(
  act: ComplaintAct,
  row: ComplaintRow,
  policy: ComplaintPolicy,
  who: Principal,
): void {
  // Who opens the demonstration may try both sides; a feed tells what others did.
  if (who.kind !== 'user') return;
  const { handler } = row;
  if (OF_DEPARTMENT.has(act.type) && handler !== null && !policy.confidential) {
    if (hasRole(who, 'department-head', 'post') && who.department === handler) return;
    throw new ActRefused('not-yours', `${act.type} is for the department that handles ${row.no}`);
  }
  if (!hasRole(who, 'inspector'))
    throw new ActRefused('not-yours', `${act.type} is the inspector's (监察员)`);
}
