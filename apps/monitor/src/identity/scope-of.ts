import { RowScope } from '@mingjian/store';
import { DEPARTMENT_ROLES, type Principal } from './principal';

/** Departments of the rules in force, by code, and where they work. */
type Departments = Readonly<Record<string, { district?: string | undefined }>>;

/**
 * Which rows somebody may read: the own department's for its people, the district's for a supervisor of a district, else
 * everything. Somebody of a department that has none sees nothing.
 */
export function scopeOf(who: Principal, departments: Departments): RowScope {
  if (who.roles.every((role) => DEPARTMENT_ROLES.includes(role)))
    return RowScope.ofDepartments(who.department === null ? [] : [who.department]);
  if (who.district === null) return RowScope.everything;
  const { district } = who;
  return RowScope.ofDepartments(
    Object.keys(departments).filter((code) => departments[code]?.district === district),
  );
}
