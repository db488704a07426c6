import type { AccountRow } from '@mingjian/store';
import { ROLES, type Principal, type Role } from './principal';

/** What an account is called when somebody signs in: letters, digits, `.`, `_`, `-`; Chinese too. */
const ACCOUNT_NAME = /^[\p{L}\p{N}][\p{L}\p{N}._-]{1,63}$/u;

/** An account's name as it is kept and looked up: one writing of each letter, in small letters. */
export function accountNameForm(name: string): string {
  return name.normalize('NFKC').trim().toLowerCase();
}

export function isAccountName(name: string): boolean {
  return ACCOUNT_NAME.test(name);
}

/** The roles of an account; what an older release knew and this one does not is left out. */
export function rolesOf(row: Pick<AccountRow, 'roles'>): Role[] {
  const names = row.roles.split(',');
  return ROLES.filter((role) => names.includes(role));
}

/** Who somebody with this account is. */
export function principalOf(row: AccountRow): Principal {
  return {
    kind: 'user',
    id: row.id,
    name: row.displayName,
    roles: rolesOf(row),
    department: row.department,
    district: row.district,
  };
}

/** Where somebody belongs and what they may do. */
export interface Standing {
  roles: readonly Role[];
  department: string | null;
  district: string | null;
}

/** What does not fit together in a standing, as the administrator reads it; null: nothing. */
export function standingProblem({ roles, department, district }: Standing): string | null {
  if (roles.length === 0) return '至少选择一个角色';
  if (roles.includes('administrator') && roles.includes('auditor')) return '管理员与审计员不得为同一人';
  const isOfDepartment = roles.some((role) => role === 'department-head' || role === 'post');
  if (isOfDepartment && department === null) return '部门负责人和岗位人员必须填写所属部门';
  if (isOfDepartment && roles.some((role) => role !== 'department-head' && role !== 'post'))
    return '部门角色不得与监察、管理、审计、运维角色并存：本部门不得监察自己';
  if (isOfDepartment && district !== null) return '部门角色的范围是部门，不能另设区县范围';
  return null;
}
