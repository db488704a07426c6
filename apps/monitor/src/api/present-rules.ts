import type { ClockRule, ItemRule, RulesetDocument } from '@mingjian/contracts';
import type { CompiledItem, CompiledRuleset, RuleBook } from '@mingjian/rules';
import type { RowScope } from '@mingjian/store';

/** A limit as the ruleset writes it; null where it says nothing, and the law or the class decides. */
function written(rule: ClockRule | string | undefined): string | null {
  if (rule === undefined) return null;
  return typeof rule === 'string' ? rule : rule.limit;
}

/** The rules of one version, as far as somebody may read its departments. */
export function shownRules(ruleset: CompiledRuleset, scope: RowScope): object {
  const { document } = ruleset;
  const visible = (department: string | null | undefined): boolean => scope.covers(department ?? null);
  return {
    ruleset: ruleset.id,
    version: ruleset.version,
    inForceFrom: ruleset.inForceFrom,
    knownSince: document.knownSince ?? null,
    calendar: ruleset.calendar,
    switches: document.switches ?? {},
    complaintPolicies: Object.entries(document.complaints.policies).map(([code, { name }]) => ({
      code,
      name,
    })),
    departments: Object.entries(document.departments)
      .filter(([code]) => visible(code))
      .map(([code, { name, district }]) => ({ code, name, district: district ?? null })),
    items: [...ruleset.items.values()]
      .filter(({ department }) => visible(department))
      .map((item) => shownItem(item, document)),
  };
}

function shownItem(item: CompiledItem, document: RulesetDocument): object {
  const rule: ItemRule | undefined = document.items[item.code];
  return {
    code: item.code,
    name: item.name,
    itemClass: item.itemClass,
    department: item.department,
    departmentName: item.department === null ? null : (document.departments[item.department]?.name ?? null),
    isEnabled: item.isEnabled,
    acceptance: written(rule?.acceptance),
    promise: written(rule?.promise),
    statutory: written(rule?.statutory),
    delivery: written(rule?.delivery),
    extensionMaxDays: item.extensionMaxDays,
    steps: Object.entries(rule?.steps ?? {}).map(([code, step]) => ({
      code,
      name: step.name ?? null,
      limit: step.limit ?? null,
      post: step.post ?? null,
    })),
  };
}

/** Versions of the ruleset, newest first. */
export function shownVersions(book: RuleBook, today: string): object[] {
  const now = book.rulesets.filter(({ inForceFrom }) => inForceFrom <= today).at(-1);
  return [...book.rulesets].reverse().map(({ version, inForceFrom }) => ({
    version,
    inForceFrom,
    state:
      version === now?.version && inForceFrom === now.inForceFrom
        ? 'in-force'
        : inForceFrom > today
          ? 'to-come'
          : 'past',
  }));
}
