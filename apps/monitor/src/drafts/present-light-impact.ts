import type { Light } from '@mingjian/contracts';
import { CLOCK_NAMES, type BacktestGroup, type CaseLight } from '@mingjian/rules';
import type { RuleDraftRow } from '@mingjian/store';
import type { Presenter } from '../api/present';
import { clockKindOf } from '../metrics/clock-kind-of';
import { documentOf } from './draft-rows';
import type { DraftView } from './draft-view';
import { worstLight, type ImpactResult } from './impact-sums';

/** What a back-test came to, with names beside codes. */
export function presentLightImpact(
  result: unknown,
  draft: RuleDraftRow,
  { book, present }: Pick<DraftView, 'book' | 'present'>,
): object {
  const items = book.rules.book.newest.ruleset.items;
  const own = documentOf(draft).items as Record<string, { name?: string }> | undefined;
  const itemName = (code: string | null): string =>
    code === null ? '未载明事项' : (items.get(code)?.name ?? own?.[code]?.name ?? code);
  const department = (code: string | null): string => present.departmentName(code) ?? code ?? '未载明部门';
  const { total, byDepartment, byItem, mostAffected } = result as ImpactResult;
  return {
    ...sums(total),
    byDepartment: byDepartment.map((group) => ({
      code: group.code,
      name: department(group.code),
      ...sums(group),
    })),
    byItem: byItem.map((group) => ({ code: group.code, name: itemName(group.code), ...sums(group) })),
    mostAffected: mostAffected.map(({ caseNo, department: code, item, before, after }) => ({
      ...{ caseNo, departmentName: department(code), itemName: itemName(item) },
      before: worstLight(before),
      after: worstLight(after),
      beforeLights: before.map((light) => presentLight(light, present)),
      afterLights: after.map((light) => presentLight(light, present)),
    })),
  };
}

function presentLight({ from, light, clock, dueAt }: CaseLight, present: Presenter): object {
  return {
    ...{ from: present.time(from), light: light satisfies Light, clock },
    clockName: clock === null ? null : CLOCK_NAMES[clockKindOf(clock)],
    dueAt: present.timeOrNull(dueAt),
  };
}

function sums({ cases, changed, red, yellow, grey }: BacktestGroup): Omit<BacktestGroup, 'code'> {
  return { cases, changed, red, yellow, grey };
}
