import { fieldDifference, type FieldChange } from './field-difference';

/** Members that every draft changes: its version, its first day, and since when it is known. */
const GIVEN: ReadonlySet<string> = new Set(['version', 'inForceFrom', 'knownSince']);

/** Whether a member is one that every draft changes, so that it tells nothing about this one. */
export function isGiven({ path }: Pick<FieldChange, 'path'>): boolean {
  return path.length === 1 && GIVEN.has(path[0]!);
}

/** What a draft changes of itself: without what every draft changes. Empty: it says what is in force already. */
export function ownChanges(base: unknown, document: unknown): FieldChange[] {
  return fieldDifference(base, document).filter((change) => !isGiven(change));
}
