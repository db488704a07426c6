import { shown, type Problem } from '@mingjian/contracts';
import type { Zone } from '@mingjian/rules';
import type { ValueRule } from './mapping-document';
import { compileTemplate } from './template';
import type { TimeReader } from './time-format';

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

/** What the rules of one mapping share. */
export interface ValueContext {
  tables: Readonly<Record<string, Readonly<Record<string, Scalar>>>>;
  times: readonly TimeReader[];
  timeFormats: readonly string[];
  zone: Zone | null;
  empty: ReadonlySet<string>;
}

/** A compiled rule: the fields that it needs, and the value of a record; null when the record has none. */
export interface CompiledValue {
  fields: string[];
  /** @throws Unmappable */
  of(fields: Fields): Scalar | null;
}

/** Compiles a rule once, so that applying it to millions of records only reads fields. */
export function compileValue(rule: ValueRule, context: ValueContext): CompiledValue {
  if (typeof rule === 'number' || typeof rule === 'boolean') return { fields: [], of: () => rule };
  if (typeof rule === 'string') return compileValue({ template: rule, as: 'text' }, context);
  const { table, as } = rule;
  const template = rule.template === undefined ? null : compileTemplate(rule.template);
  const field = rule.field ?? '';
  const of = (fields: Fields): Scalar | null => {
    const text =
      template === null
        ? textOf(fields, field, context)
        : template.fill((name) => textOf(fields, name, context));
    if (text === null) return rule.default ?? null;
    const name = template === null ? field : (rule.template ?? '');
    if (table !== undefined) return lookUp(table, text, name, context);
    return read(as, text, name, context);
  };
  return { fields: template?.fields ?? [field], of };
}

/** The text of a field: the member of that name, or else along its dots. Null where there is no value. */
export function textOf(fields: Fields, name: string, context: Pick<ValueContext, 'empty'>): string | null {
  const value = Object.hasOwn(fields, name) ? fields[name] : alongDots(fields, name);
  if (value === undefined || value === null) return null;
  if (typeof value === 'object')
    throw new Unmappable({ field: name, expected: 'a text or a number', got: shown(value), hint: '' });
  const text = (typeof value === 'string' ? value : JSON.stringify(value)).trim();
  return text === '' || context.empty.has(text) ? null : text;
}

function alongDots(fields: Fields, name: string): unknown {
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

function lookUp(table: string, code: string, field: string, context: ValueContext): Scalar {
  const codes = context.tables[table] ?? {};
  if (Object.hasOwn(codes, code)) return codes[code] ?? '';
  throw new Unmappable({
    field,
    expected: `a code of table ${table} (${Object.keys(codes).join(', ')})`,
    got: shown(code),
    hint: `add the code to table ${table} of the mapping`,
  });
}

function read(
  as: 'text' | 'time' | 'number' | 'integer',
  text: string,
  field: string,
  context: ValueContext,
): Scalar {
  if (as === 'text') return text;
  if (as === 'time') return readTime(text, field, context);
  const isNumber = as === 'integer' ? /^-?\d{1,15}$/.test(text) : /^-?\d{1,15}(\.\d+)?$/.test(text);
  if (isNumber) return Number(text);
  const expected = as === 'integer' ? 'a whole number' : 'a number';
  throw new Unmappable({ field, expected, got: shown(text), hint: '' });
}

/** RFC 3339 with milliseconds, by the first of the mapping's formats that the text has. @throws Unmappable */
export function readTime(text: string, field: string, context: ValueContext): string {
  const expected = `a time written as ${context.timeFormats.join(' or ')}`;
  for (const reader of context.times) {
    try {
      const time = reader(text, context.zone);
      if (time !== null) return time;
    } catch (error) {
      const got = error instanceof RangeError ? `${shown(text)}, ${error.message}` : shown(text);
      throw new Unmappable({ field, expected, got, hint: '' });
    }
  }
  const hint = 'add the form to "times" of the mapping';
  throw new Unmappable({ field, expected, got: shown(text), hint });
}
