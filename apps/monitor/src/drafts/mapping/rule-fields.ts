import { compileTemplate, type MappingDocument } from '@mingjian/mapping';

/** One rule of a mapping. */
export type Rule = MappingDocument['events'][number];
type Value = Rule['id'];
type Derived = Exclude<Value, string | number | boolean>;

/** The values of a rule with their places. */
export function valuesOf(rule: Rule): [path: string[], value: Value][] {
  return [
    [['type'], rule.type],
    [['id'], rule.id],
    [['subject'], rule.subject],
    [['time'], rule.time],
    ...Object.entries(rule.data).map(([name, value]): [string[], Value] => [['data', name], value]),
  ];
}

/** The fields that a rule reads, with the place where each is read first. */
export function readBy(rule: Rule): [path: string[], field: string][] {
  const read = new Map<string, string[]>();
  const note = (path: string[], fields: readonly string[]): void => {
    for (const field of fields) if (!read.has(field)) read.set(field, path);
  };
  note(
    ['when'],
    (rule.when ?? []).map(({ field }) => field),
  );
  for (const [path, value] of valuesOf(rule))
    if (path[0] !== 'type' || typeof value === 'object') note(path, fieldsOf(value));
  return [...read].map(([field, path]) => [path, field]);
}

/** The fields that a value reads. */
export function fieldsOf(value: Value): string[] {
  if (typeof value === 'string') return compileTemplate(value).fields;
  const rule = derived(value);
  if (rule === null) return [];
  const { field, template, unit, when } = rule;
  return [
    ...(field === undefined ? [] : [field]),
    ...[template, unit].flatMap((text) => (text === undefined ? [] : compileTemplate(text).fields)),
    ...(when ?? []).map((condition) => condition.field),
  ];
}

/** A value that is more than a text; null where it is none. */
export function derived(value: Value): Derived | null {
  return typeof value === 'object' ? value : null;
}
