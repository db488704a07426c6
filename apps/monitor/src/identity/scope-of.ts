import type { RulesetDocument } from '@mingjian/contracts';
import { DistrictTree } from '@mingjian/rules';
import { RowScope } from '@mingjian/store';
import { DEPARTMENT_ROLES, type Principal } from './principal';

/** Departments of the rules in force and where they work; districts and what belongs to what. */
type Places = Pick<RulesetDocument, 'districts'> & {
  departments: Readonly<Record<string, { district?: string | undefined }>>;
};

/**
 * Which rows somebody may read: the own department's for its people; for a supervisor of a district those of the departments that
 * work there or in a district below it (of a town: its villages too, never its city); else everything. Somebody of a department that
 * has none sees nothing.
 */
export function scopeOf(who: Principal, { departments, districts }: Places): RowScope {
  if (who.roles.every((role) => DEPARTMENT_ROLES.includes(role)))
    return RowScope.ofDepartments(who.department === null ? [] : [who.department]);
  if (who.district === null) return RowScope.everything;
  const within = new Set(new DistrictTree(districts).within(who.district));
  return RowScope.ofDepartments(
    Object.keys(departments).filter((code) => within.has(departments[code]?.district ?? '')),
  );
}
