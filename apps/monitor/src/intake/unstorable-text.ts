/** Half of a character that needs two code units: a database writes another character in its place. */
const HALF_CHARACTER = /\p{Surrogate}/u;
/** Deeper nesting serves nobody, and would exhaust the stack of whoever walks over it. */
const DEEPEST = 64;

/**
 * The path of the first text that a database does not give back as it was (NUL, half a character) or of the first
 * value that is nested too deep; null where there is none. In a key such a text would make two events one, or one
 * event new at each delivery, and so block all others of its partition.
 */
export function unstorableText(value: unknown, path = '', depth = 0): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : path;
  if (value === null || typeof value !== 'object') return null;
  if (depth >= DEEPEST) return path.slice(0, 200);
  for (const [key, member] of Object.entries(value)) {
    if (!isStorable(key)) return path;
    const found = unstorableText(member, path === '' ? key : `${path}.${key}`, depth + 1);
    if (found !== null) return found;
  }
  return null;
}

function isStorable(text: string): boolean {
  return !text.includes('\u0000') && !HALF_CHARACTER.test(text);
}
