import { pathInChinese } from '../document-words';
import { documentOf } from '../draft-rows';
import type { KindOfDraft } from '../kinds/kind-of-draft';
import type { ToldGroup, ToldResult } from './told-sums';

/** What a run about recipients came to, with names of departments. */
export const presentToldImpact: KindOfDraft['presentImpact'] = (found, draft, { present }) => {
  const result = found as ToldResult;
  const nameOf = (code: string | null): string => present.departmentName(code) ?? code ?? '未载明部门';
  return {
    ...result,
    byDepartment: result.byDepartment.map((group): ToldGroup => ({ ...group, name: nameOf(group.code) })),
    examples: result.examples.map(({ department, at, ...example }) => ({
      ...example,
      departmentName: nameOf(department),
      at: present.time(at),
    })),
    templates: result.templates.map(({ path, ...example }) => ({
      ...{ path, field: pathInChinese(path, documentOf(draft)) },
      ...example,
    })),
  };
};
