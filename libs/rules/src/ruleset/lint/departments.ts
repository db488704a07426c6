import type { RulesetDocument } from '@mingjian/contracts';
import type { Report } from './lint-finding';

/** Departments that are named and not listed, or listed and not named. Without a list nothing is said. */
export function lintDepartments({ departments, items }: RulesetDocument, report: Report): void {
  if (Object.keys(departments).length === 0) return;
  const named = new Set<string>();
  const name = (department: string | undefined, path: readonly string[]): void => {
    if (department === undefined) return;
    named.add(department);
    if (!Object.hasOwn(departments, department))
      report(
        'unknown-department',
        path,
        `department ${department} is not in the list of departments`,
        'add it to departments, or correct the code',
      );
  };
  for (const [code, item] of Object.entries(items)) {
    name(item.department, ['items', code, 'department']);
    for (const [step, { department }] of Object.entries(item.steps ?? {}))
      name(department, ['items', code, 'steps', step, 'department']);
  }
  for (const department of Object.keys(departments))
    if (!named.has(department))
      report(
        'unused-department',
        ['departments', department],
        `no item and no step names department ${department}`,
        'remove it, unless events name it',
      );
}
