/**
 * JSON as RFC 8785 (JSON Canonicalization Scheme) writes it: members in order of their UTF-16 code units, no white space,
 * strings and numbers as ECMAScript writes them. Equal values give equal texts, in any language that has the RFC.
 *
 * Members that are `undefined` are left out. Half surrogate pairs, which UTF-8 cannot say, become U+FFFD.
 * @throws TypeError for what JSON cannot say without loss: NaN, infinities, big integers, functions, dates, maps.
 */
export function canonicalText(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return stringText(value);
    case 'number':
      if (!Number.isFinite(value)) throw new TypeError(`${value} cannot be written to the ledger`);
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'object':
      if (value === null) return 'null';
      if (Array.isArray(value)) return `[${value.map(canonicalText).join(',')}]`;
      return objectText(value);
    default:
      throw new TypeError(`a ${typeof value} cannot be written to the ledger`);
  }
}

/** A string in JSON. */
export function stringText(value: string): string {
  return JSON.stringify(wellFormed(value));
}

/** The string that UTF-8 can say: half surrogate pairs become U+FFFD. */
export function wellFormed(value: string): string {
  return HALF_PAIR.test(value) ? value.replace(EVERY_HALF_PAIR, '\uFFFD') : value;
}

const HALF_PAIR = /\p{Surrogate}/u;
const EVERY_HALF_PAIR = /\p{Surrogate}/gu;

function objectText(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null)
    throw new TypeError(`a ${value.constructor.name} cannot be written to the ledger`);
  const members = value as Record<string, unknown>;
  const names = Object.keys(members)
    .filter((name) => members[name] !== undefined)
    .sort(byCodeUnits);
  return `{${names.map((name) => `${stringText(name)}:${canonicalText(members[name])}`).join(',')}}`;
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
