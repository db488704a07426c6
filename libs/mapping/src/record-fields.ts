import { shown, type Problem } from '@mingjian/contracts';

export type Scalar = string | number | boolean;

/** A record of a department, before it means anything: columns of a CSV row, or a JSON object. */
export type Fields = Readonly<Record<string, unknown>>;

/** A record that a rule of the mapping does not fit. `problem` has no place: the reader knows it. */
export class Unmappable extends Error {
  constructor(readonly problem: Omit<Problem, 'place'>) {
    super(problem.expected);
    this.name = 'Unmappable';
  }
}

/** Texts that mean "no value". */
interface Empty {
  empty: ReadonlySet<string>;
}

/** The text of a field: the member of that name, or else along its dots. Null where there is no value. */
export function textOf(fields: Fields, name: string, context: Empty): string | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : alongDots(fields, name);
  if (value === undefined || value === null) return null;
  if (typeof value === 'object')
    throw new Unmappable({ field: name, expected: 'a text or a number', got: shown(value), hint: '' });
  // JSON.parse has rounded it already: two case numbers could have become one.
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    const hint = 'write long numbers in quotes';
    throw new Unmappable({ field: name, expected: 'a number of at most 15 digits', got: shown(value), hint });
  }
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).trim();
  return text === '' || context.empty.has(text) ? null : text;
}

/** A member along dots (`item.code`); undefined where the way ends. */
export function alongDots(fields: Fields, name: string): unknown {
  if (!name.includes('.')) return undefined;
  return name
    .split('.')
    .reduce<unknown>(
      (value, key) =>
        typeof value === 'object' && value !== null && Object.hasOwn(value, key)
          ? (value as Record<string, unknown>)[key]
          : undefined,
      fields,
    );
}
