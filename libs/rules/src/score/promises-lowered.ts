import type { RulesetDocument } from '@mingjian/contracts';
import { parseLimit, type Limit } from '../calendar/limit';
import type { RuleBook } from '../ruleset/rule-book';

/** 承诺提速: an item whose promise is lower from a version on than any version before it had promised. */
export interface LoweredPromise {
  department: string;
  item: string;
  /** The lowest promise before, and the one since, as the ruleset writes them. */
  from: string;
  to: string;
  version: string;
  /** First day of the version, `YYYY-MM-DD`. */
  inForceFrom: string;
}

/**
 * Promises that were lowered by versions that came into force in a month (`YYYY-MM`), in order of the items. Only a limit of the same
 * unit can be lower than another; raising a promise and lowering it again to where it was gains nothing; neither does an item that
 * is new, not supervised, or without a promise of its own. Pure.
 */
export function promisesLowered({ rulesets }: Pick<RuleBook, 'rulesets'>, month: string): LoweredPromise[] {
  const found: LoweredPromise[] = [];
  rulesets.forEach(({ document, inForceFrom, version }, index) => {
    if (index === 0 || !inForceFrom.startsWith(`${month}-`)) return;
    const earlier = rulesets.slice(0, index).map((ruleset) => ruleset.document);
    for (const [item, rule] of Object.entries(document.items)) {
      const to = promiseOf(document, item);
      if (to === null || rule.department === undefined) continue;
      const before = earlier.map((one) => promiseOf(one, item));
      const [first, ...others] = before.filter((limit) => limit !== null);
      // One promise of another kind among the earlier ones, and nobody can say which was lower.
      if (first === undefined || before.some((limit) => limit !== null && !isComparable(limit, to))) continue;
      const lowest = others.reduce((least, limit) => (limit.amount < least.amount ? limit : least), first);
      if (to.amount < lowest.amount)
        found.push({
          department: rule.department,
          item,
          from: lowest.text,
          to: to.text,
          version,
          inForceFrom,
        });
    }
  });
  return found.sort((a, b) => (a.item < b.item ? -1 : a.item > b.item ? 1 : 0));
}

/** The promise of a supervised item; null where it has none of its own. */
function promiseOf({ items }: RulesetDocument, item: string): Limit | null {
  const rule = items[item];
  if (rule?.promise === undefined || !rule.enabled || typeof rule.promise === 'string') return null;
  // 开关: a promise that is switched off has no clock.
  const isOff = 'enabled' in rule.promise && rule.promise.enabled === false;
  return isOff ? null : parseLimit(rule.promise.limit);
}

function isComparable(a: Limit, b: Limit): boolean {
  return a.unit === b.unit && a.atTime === b.atTime && a.movesToWorkingDay === b.movesToWorkingDay;
}
