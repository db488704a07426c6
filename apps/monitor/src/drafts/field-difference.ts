import { canonicalJson } from '@mingjian/rules';

/** A member of a document that differs between two versions; undefined where it is not there. */
export interface FieldChange {
  path: string[];
  before: unknown;
  after: unknown;
}

type Members = Record<string, unknown>;

/**
 * The members in which two documents differ, in the order in which they are written. A limit alone and `{ limit }` say the
 * same. Entries of a calendar are compared by their day and place, other lists as a whole.
 */
export function fieldDifference(before: unknown, after: unknown): FieldChange[] {
  const changes: FieldChange[] = [];
  compare([], plain(before), plain(after), changes);
  return changes;
}

function compare(path: string[], before: unknown, after: unknown, changes: FieldChange[]): void {
  if (canonicalJson(before) === canonicalJson(after) && (before === undefined) === (after === undefined))
    return;
  const [a, b] = [membersOf(path, before), membersOf(path, after)];
  if (a === null || b === null) {
    changes.push({ path, before, after });
    return;
  }
  for (const key of new Set([...a.keys(), ...b.keys()]))
    compare([...path, key], plain(a.get(key)), plain(b.get(key)), changes);
}

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
