/**
 * The records of a document along a path of member names (`ROWDATA.ROW`): a list on the way, or at its end, stands for
 * each of its elements, so that one row and many rows are read alike. An empty path means the document itself.
 * @returns null where the document does not have the path.
 */
export function recordsAlong(document: unknown, path: string): unknown[] | null {
  let level = listOf(document);
  for (const name of path === '' ? [] : path.split('.')) {
    const next = level.filter((value): value is Record<string, unknown> => hasMember(value, name));
    if (next.length === 0) return null;
    level = next.flatMap((value) => listOf(value[name]));
  }
  return level;
}

/** An element that is there but holds nothing (`<ROWDATA/>`, null) holds no record. */
function listOf(value: unknown): unknown[] {
  if (Array.isArray(value)) return value as unknown[];
  return value === null || value === undefined || value === '' ? [] : [value];
}

function hasMember(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, name);
}
