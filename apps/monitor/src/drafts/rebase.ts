import { canonicalJson } from '@mingjian/rules';
import type { DraftProblem } from './draft-problem';
import { memberOf, pathInChinese, valueInChinese } from './document-words';
import type { Written } from './draft-document';
import { fieldDifference, isMembers } from './field-difference';
import { mergedRules } from './mapping/rule-lists';

/** One's own changes on top of those of others. */
export interface Rebased {
  document: Written;
  /** Paths that both changed, each to something else: one's own value was kept. */
  conflicts: string[][];
}

/** Members that the server gives: the author's are never in conflict. */
const GIVEN = new Set(['version', 'inForceFrom', 'knownSince']);

/**
 * Puts what `mine` changed in `base` onto `theirs`. Member by member, as the comparison of the two shows it; of a member that
 * both changed one's own value is kept and named.
 */
export function rebased(base: Written, mine: Written, theirs: Written): Rebased {
  const result = structuredClone(theirs) as Record<string, unknown>;
  const theirChanges = fieldDifference(base, theirs, true);
  const rules = mergedRules(base.events, mine.events, theirs.events);
  const conflicts: string[][] = (rules?.conflicts ?? []).map((place) => ['events', String(place)]);
  for (const { path, after } of fieldDifference(base, mine, true)) {
    // Days are put together below: an entry is there or not, and two people may each add their own.
    if (path[0] === 'days' && path.length > 1) continue;
    if (path[0] === 'events' && rules !== null) continue;
    const overlapping = theirChanges.filter(
      (other) => isWithin(path, other.path) || isWithin(other.path, path),
    );
    if (
      !GIVEN.has(path.join('.')) &&
      overlapping.some((other) => other.path.length !== path.length || !isSame(other.after, after))
    )
      conflicts.push(path);
    put(result, path, after);
  }
  if (rules !== null) result.events = structuredClone(rules.rules);
  if (base.days !== undefined || mine.days !== undefined)
    result.days = mergedDays(base.days, mine.days, theirs.days);
  return { document: result, conflicts };
}

/** Their days, without those that I took out and with those that I added. */
function mergedDays(base: unknown, mine: unknown, theirs: unknown): unknown[] {
  const [from, own, other] = [listOf(base), listOf(mine), listOf(theirs)];
  const known = new Set(from.map(canonicalJson));
  const kept = new Set(own.map(canonicalJson));
  const merged = other.filter((day) => !known.has(canonicalJson(day)) || kept.has(canonicalJson(day)));
  const there = new Set(merged.map(canonicalJson));
  for (const day of own)
    if (!known.has(canonicalJson(day)) && !there.has(canonicalJson(day))) merged.push(day);
  return merged.sort((a, b) => (dateOf(a) < dateOf(b) ? -1 : dateOf(a) > dateOf(b) ? 1 : 0));
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : [];
}

function dateOf(day: unknown): string {
  return isMembers(day) ? String(day.date) : '';
}

function isWithin(path: readonly string[], other: readonly string[]): boolean {
  return other.length <= path.length && other.every((key, index) => key === path[index]);
}

function isSame(a: unknown, b: unknown): boolean {
  return (a === undefined) === (b === undefined) && canonicalJson(a) === canonicalJson(b);
}

function put(target: Record<string, unknown>, path: readonly string[], value: unknown): void {
  let place = target;
  for (const key of path.slice(0, -1)) {
    const next = Object.hasOwn(place, key) ? place[key] : undefined;
    if (isMembers(next)) place = next;
    else {
      // Their side has a limit alone, or nothing, where ours has members.
      const made: Record<string, unknown> = typeof next === 'string' ? { limit: next } : {};
      Object.defineProperty(place, key, { value: made, ...OWN });
      place = made;
    }
  }
  const last = path[path.length - 1]!;
  if (value === undefined) delete place[last];
  else Object.defineProperty(place, last, { value: structuredClone(value), ...OWN });
}

/** Own members alone, whatever they are called: `__proto__` is a name like others. */
const OWN = { writable: true, enumerable: true, configurable: true } as const;

/** A conflict as its author reads it. */
export function conflictProblem(path: string[], document: Written, theirs: Written): DraftProblem {
  const at = (from: unknown): unknown => path.reduce(memberOf, from);
  return {
    ...{ severity: 'warning', code: 'rebase-conflict', path, field: pathInChinese(path, document) },
    expected: `现行版本为 ${valueInChinese(at(theirs), path) ?? '未填写'}`,
    got: valueInChinese(at(document), path) ?? '未填写',
    hint: '现行版本与草稿都改了这一处，已保留草稿的内容，请核对',
  };
}
