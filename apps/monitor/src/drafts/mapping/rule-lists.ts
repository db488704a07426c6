import { canonicalJson } from '@mingjian/rules';

/** Entries of two lists of rules by their place, as far as one tells which belong together. */
type Entries = [before: Map<string, unknown>, after: Map<string, unknown>];

/**
 * The rules of two mappings, to be compared one by one: those at the same place where there are as many, else those that were put in or
 * taken out at one place. Null where neither tells which rule became which: then the lists are compared as a whole.
 */
export function comparedRules(before: unknown = [], after: unknown = []): Entries | [null, null] {
  if (!Array.isArray(before) || !Array.isArray(after)) return [null, null];
  const [from, to] = [entriesOf(before), entriesOf(after)];
  if (from.length === to.length) return [new Map(from), new Map(to)];
  const isLonger = to.length > from.length;
  const [shorter, longer] = isLonger ? [from, to] : [to, from];
  const put = putIn(shorter, longer);
  if (put === null) return [null, null];
  return isLonger ? [new Map(), new Map(put)] : [new Map(put), new Map()];
}

/** What of the longer list is not in the shorter, where that stands at one place and all else is the same. */
function putIn(
  shorter: readonly [string, unknown][],
  longer: readonly [string, unknown][],
): [string, unknown][] | null {
  const isSame = (at: number, ahead: number): boolean =>
    canonicalJson(shorter[at]![1]) === canonicalJson(longer[at + ahead]![1]);
  const count = longer.length - shorter.length;
  let first = 0;
  while (first < shorter.length && isSame(first, 0)) first++;
  for (let at = first; at < shorter.length; at++) if (!isSame(at, count)) return null;
  return longer.slice(first, first + count);
}

/** What two people made of the rules of a mapping. */
interface MergedRules {
  rules: unknown[];
  /** Places of the rules that both changed, each to something else: `mine` was kept. */
  conflicts: number[];
}

/** Puts what `mine` changed in the rules of `base` onto `theirs`, rule by rule; null where they are not as many in each. */
export function mergedRules(base: unknown, mine: unknown, theirs: unknown): MergedRules | null {
  if (!Array.isArray(base) || !Array.isArray(mine) || !Array.isArray(theirs)) return null;
  if (base.length !== mine.length || base.length !== theirs.length) return null;
  const conflicts: number[] = [];
  const rules = (base as unknown[]).map((rule, at): unknown => {
    const [was, own, other] = [rule, mine[at], theirs[at]].map((one) => canonicalJson(one));
    if (own === was) return theirs[at] as unknown;
    if (other !== was && other !== own) conflicts.push(at);
    return mine[at] as unknown;
  });
  return { rules, conflicts };
}

function entriesOf(list: readonly unknown[]): [string, unknown][] {
  return list.map((rule, place) => [String(place), rule]);
}
