import { canonicalJson } from '@mingjian/rules';
import { comparedRules } from './mapping/rule-lists';

/** A member of a document that differs between two versions; undefined where it is not there. */
export interface FieldChange {
  path: string[];
  before: unknown;
  after: unknown;
}

type Members = Record<string, unknown>;

/**
 * The members in which two documents differ, in the order in which they are written. A limit alone and `{ limit }` say the
 * same. Entries of a calendar are compared by their day and place, indicators of a scheme by their id and rules
 * of a mapping by their place unless `wholeLists`, other lists as a whole.
 */
export function fieldDifference(before: unknown, after: unknown, wholeLists = false): FieldChange[] {
  const changes: FieldChange[] = [];
  compare([], plain(before), plain(after), changes, wholeLists);
  return changes;
}

function compare(
  path: string[],
  before: unknown,
  after: unknown,
  changes: FieldChange[],
  wholeLists: boolean,
): void {
  if (canonicalJson(before) === canonicalJson(after) && (before === undefined) === (after === undefined))
    return;
  const byEntry = wholeLists || path.length !== 1 ? undefined : BY_ENTRY.get(path[0]!);
  const [a, b] = byEntry?.(before, after) ?? [membersOf(path, before), membersOf(path, after)];
  if (a === null || b === null) {
    changes.push({ path, before, after });
    return;
  }
  for (const key of new Set([...a.keys(), ...b.keys()]))
    compare([...path, key], plain(a.get(key)), plain(b.get(key)), changes, wholeLists);
}

/** Lists that are compared entry by entry: 考评指标, and the rules of a mapping. */
const BY_ENTRY: ReadonlyMap<string, typeof entriesOf> = new Map([
  ['indicators', entriesOf],
  ['events', comparedRules],
]);

/** What is compared member by member: objects, and the days of a calendar by day and place. */
function membersOf(path: readonly string[], value: unknown): Map<string, unknown> | null {
  if (isMembers(value)) return new Map(Object.entries(value));
  if (path.length !== 1 || path[0] !== 'days') return null;
  // A calendar without days and one with none of them are the same.
  if (!Array.isArray(value)) return value === undefined ? new Map() : null;
  const days = new Map<string, unknown>();
  for (const day of value as unknown[]) {
    const key = dayKey(day);
    // The same day twice, known later: both are named.
    let name = key;
    for (let n = 2; days.has(name); n++) name = `${key} #${n}`;
    days.set(name, day);
  }
  return days;
}

/** Entries by their ids; null where an id is missing or not its own, or where the order of those that stay is another one. */
function entriesOf(
  before: unknown,
  after: unknown,
): [Map<string, unknown>, Map<string, unknown>] | [null, null] {
  const byId = (list: unknown): Map<string, unknown> | null => {
    if (!Array.isArray(list)) return null;
    const entries = (list as unknown[]).flatMap((one) =>
      isMembers(one) && typeof one.id === 'string' ? [[one.id, one] as const] : [],
    );
    const map = new Map<string, unknown>(entries);
    return map.size === list.length ? map : null;
  };
  const [a, b] = [byId(before), byId(after)];
  if (a === null || b === null) return [null, null];
  const stayed = (of: Map<string, unknown>, other: Map<string, unknown>): string =>
    [...of.keys()].filter((id) => other.has(id)).join('\n');
  return stayed(a, b) === stayed(b, a) ? [a, b] : [null, null];
}

function dayKey(day: unknown): string {
  if (!isMembers(day)) return '?';
  const scope = isMembers(day.scope) ? Object.values(day.scope).map(String).join('/') : '';
  return `${String(day.date)}${scope === '' ? '' : ` ${scope}`}`;
}

/** `{ limit: 7wd }` and nothing else is 7wd. */
export function plain(value: unknown): unknown {
  return isMembers(value) && typeof value.limit === 'string' && Object.keys(value).length === 1
    ? value.limit
    : value;
}

/** An object with members, not a list. */
export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
