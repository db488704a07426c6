import { shown } from '@mingjian/contracts';
import type { Zone } from '@mingjian/rules';
import type { z } from 'zod';
import { compileConditions } from './compile-condition';
import { KNOWN_UNITS, type LimitUnit } from './limit-unit';
import { textOf, Unmappable, type Fields, type Scalar } from './record-fields';
import { compileTemplate } from './template';
import type { TimeReader } from './time-format';
import type { Derived, KINDS, ValueRule } from './value-rule';

/** What the rules of one mapping share. */
export interface ValueContext {
  tables: Readonly<Record<string, Readonly<Record<string, Scalar>>>>;
  times: readonly TimeReader[];
  timeFormats: readonly string[];
  zone: Zone | null;
  empty: ReadonlySet<string>;
  units: Readonly<Record<string, LimitUnit>>;
}

/** A compiled rule: the fields that it needs, and the value of a record; null when the record has none. */
export interface CompiledValue {
  fields: string[];
  /** @throws Unmappable */
  of(fields: Fields): Scalar | null;
}

/** The same for a text. */
export interface CompiledText {
  fields: string[];
  /** @see Template.shape */
  shape: string;
  /** @throws Unmappable */
  of(fields: Fields): string | null;
  /** The values that its fields have, in their order; null where one has none. @throws Unmappable */
  valuesOf(fields: Fields): string[] | null;
}

/** Compiles a rule once, so that applying it to millions of records only reads fields. */
export function compileValue(rule: ValueRule, context: ValueContext): CompiledValue {
  if (typeof rule === 'number' || typeof rule === 'boolean') return { fields: [], of: () => rule };
  if (typeof rule === 'string') return compileDerived({ template: rule, as: 'text' }, context);
  return compileDerived(rule, context);
}

function compileDerived(rule: z.infer<typeof Derived>, context: ValueContext): CompiledValue {
  const { table, as, field } = rule;
  const value = compileText(rule.template, field ?? '', context);
  const unit = rule.unit === undefined ? null : compileText(rule.unit, '', context);
  const holds = compileConditions(rule.when ?? [], context);
  const name = field ?? rule.template ?? '';
  const of = (fields: Fields): Scalar | null => {
    if (!holds.hold(fields)) return null;
    const text = value.of(fields);
    if (text === null) return rule.default ?? null;
    if (table !== undefined) return lookUp(table, text, name, context);
    if (unit !== null) return withUnit(as, text, name, unit.of(fields), rule.unit ?? '', context);
    return read(as, text, name, context);
  };
  return { fields: [...value.fields, ...(unit?.fields ?? []), ...holds.fields], of };
}

/** A text over the fields of a record (or one field), compiled; null where a field has no value. */
export function compileText(
  text: string | undefined,
  field: string,
  context: Pick<ValueContext, 'empty'>,
): CompiledText {
  const template = text === undefined ? null : compileTemplate(text);
  const names = template?.fields ?? [field];
  return {
    fields: names,
    shape: template?.shape ?? '{}',
    of: (fields) =>
      template === null
        ? textOf(fields, field, context)
        : template.fill((name) => textOf(fields, name, context)),
    valuesOf: (fields) => {
      const values = names.map((name) => textOf(fields, name, context));
      return values.some((value) => value === null) ? null : (values as string[]);
    },
  };
}

/** A number of days and its unit, as a limit or as working days. @throws Unmappable when the unit is not known. */
function withUnit(
  as: Kind,
  text: string,
  field: string,
  code: string | null,
  unitField: string,
  { units }: ValueContext,
): Scalar {
  const unit = code === null ? undefined : (own(units, code) ?? own(KNOWN_UNITS, code));
  if (unit === undefined || (as === 'working-days' && unit !== 'wd')) {
    const codes = [...new Set([...Object.keys(units), ...Object.keys(KNOWN_UNITS)])].join(', ');
    const expected = as === 'working-days' ? 'a unit of working days' : `a unit (${codes})`;
    const hint = 'write what the code means into "units" of the mapping; units are never guessed';
    throw new Unmappable({ field: unitField, expected, got: code === null ? 'nothing' : shown(code), hint });
  }
  const number = Number(text);
  // Exports write 20 as 20.0 where the column has decimals.
  if (!/^\d{1,6}(\.0+)?$/.test(text))
    throw new Unmappable({ field, expected: 'a whole number of days or hours', got: shown(text), hint: '' });
  return as === 'working-days' ? number : `${number}${unit}`;
}

type Kind = (typeof KINDS)[number];

/** What stands under a code that a department writes; a code like `constructor` stands for nothing. */
function own<Value>(codes: Readonly<Record<string, Value>>, code: string): Value | undefined {
  return Object.hasOwn(codes, code) ? codes[code] : undefined;
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

function read(as: Kind, text: string, field: string, context: ValueContext): Scalar {
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
