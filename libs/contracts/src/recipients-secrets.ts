/** Members of a channel whose value gives access, whatever the channel. */
const SECRET_NAME =
  /passw|pwd|secret|token|credential|authorization|cookie|signature|(^|[-_.])(key|sign|auth|ak|sk)$|(api|access|app|robot)[-_]?key/i;
/** A word that nobody made up: a long row of letters and digits. */
const OPAQUE = /^(?=.*\d)(?=.*[A-Za-z])[\w.~+/=-]{20,}$/;
const IS_REFERENCE = /File$/;
/** `"token": "abc"` of JSON, `token=abc` of a form. */
const PAIRS = /["']?([\w.-]+)["']?\s*(?:[:=])\s*["']?([^"'&,}\s]*)/g;

/**
 * Places of a recipients document at which a secret stands itself, where only the name of a file with it may stand; also in one
 * that does not fit the schema. Guessed from names and forms: a channel, and what somebody may have taken for one.
 * @returns paths, never what stands there.
 */
export function inlineSecrets(document: Readonly<Record<string, unknown>>): string[][] {
  const found: string[][] = [];
  walk(document.channels, ['channels'], found);
  return found;
}

function walk(value: unknown, path: readonly string[], found: string[][]): void {
  if (typeof value === 'object' && value !== null) {
    for (const [key, member] of Object.entries(value)) walk(member, [...path, key], found);
    return;
  }
  if ((typeof value === 'string' || typeof value === 'number') && isSecret(path, String(value)))
    found.push([...path]);
}

function isSecret(path: readonly string[], value: string): boolean {
  const name = path[path.length - 1] ?? '';
  // The name that somebody gave a channel says nothing, and neither does its kind.
  if (path.length < 3 || value === '') return false;
  if (IS_REFERENCE.test(name)) return /^[a-z]+:\/\/|-----BEGIN|\s/i.test(value);
  if (name === 'body')
    return [...value.matchAll(PAIRS)].some(([, key = '', text = '']) => isNamedSecret(key, text));
  if (/^https?:\/\//i.test(value)) return isSecretAddress(value);
  return isNamedSecret(name, value) || /^(bearer|basic)\s+(?!\{\{)\S/i.test(value);
}

function isNamedSecret(name: string, value: string): boolean {
  return SECRET_NAME.test(name) && value !== '' && !value.includes('{{');
}

/** Somebody's name and password, a key in the query, a key as part of the way. */
function isSecretAddress(text: string): boolean {
  // What is no address at all may hold anything.
  if (!URL.canParse(text)) return true;
  const url = new URL(text);
  const parts = url.pathname.split('/');
  return (
    url.username !== '' ||
    url.password !== '' ||
    [...url.searchParams].some(([name, value]) => isNamedSecret(name, value) || OPAQUE.test(value)) ||
    parts.some((part) => OPAQUE.test(part))
  );
}
