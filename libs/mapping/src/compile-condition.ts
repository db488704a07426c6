import { textOf, type Fields } from './record-fields';
import type { Condition } from './value-rule';

/** Conditions on a record, and the fields that they look at. None: always true. */
export interface CompiledConditions {
  fields: string[];
  hold(fields: Fields): boolean;
}

/** Compiles conditions that must all hold. */
export function compileConditions(
  conditions: readonly Condition[],
  context: { empty: ReadonlySet<string> },
): CompiledConditions {
  const tests = conditions.map((condition) => compileCondition(condition, context));
  return {
    fields: conditions.map(({ field }) => field),
    hold: (fields) => tests.every((test) => test(fields)),
  };
}

function compileCondition(
  { field, is, isNot, present }: Condition,
  context: { empty: ReadonlySet<string> },
): (fields: Fields) => boolean {
  if (present !== undefined) return (fields) => hasValue(fields, field, context) === present;
  const wanted = is ?? isNot ?? [];
  const texts = new Set((Array.isArray(wanted) ? wanted : [wanted]).map(String));
  const isOne = (fields: Fields): boolean => texts.has(textOf(fields, field, context) ?? '');
  return is !== undefined ? isOne : (fields) => !isOne(fields);
}

/** A list or an object is present, too. */
function hasValue(fields: Fields, field: string, context: { empty: ReadonlySet<string> }): boolean {
  const value = fields[field];
  if (typeof value === 'object' && value !== null) return true;
  return textOf(fields, field, context) !== null;
}
