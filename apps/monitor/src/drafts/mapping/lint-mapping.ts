import { STEP_EVENT_TYPES, type StepEventData, type StepEventType } from '@mingjian/contracts';
import { compileTemplate, KNOWN_UNITS, type MappingDocument } from '@mingjian/mapping';
import type { LintSeverity } from '@mingjian/rules';
import { derived, fieldsOf, readBy, valuesOf, type Rule } from './rule-fields';

/** What the lint may find in a mapping, with how bad it is. */
export const MAPPING_LINT = {
  /** No record has the column that a rule reads. */
  'column-missing': 'error',
  'constant-id': 'error',
  'constant-subject': 'error',
  'data-missing': 'error',
  'never-applies': 'error',
  'unit-unknown': 'error',
  'type-unknown': 'error',
  'zone-missing': 'error',
  'id-changed': 'warning',
  'item-missing': 'warning',
  'same-id': 'warning',
  'source-changed': 'warning',
  'join-unused': 'notice',
  'table-unused': 'notice',
  'no-feed': 'notice',
} as const satisfies Readonly<Record<string, LintSeverity>>;
export type MappingLintCode = keyof typeof MAPPING_LINT;

/** Something about a mapping that its form does not tell. */
export interface MappingFinding {
  code: MappingLintCode;
  path: string[];
  /** The column that is meant, where it is not what stands at the path. */
  column?: string;
}

/** What a mapping that is well formed would do, and nobody wants. */
export function lintMapping(document: MappingDocument): MappingFinding[] {
  return [
    ...document.events.flatMap((rule, index) => lintRule(rule, index, document)),
    ...sameIds(document.events),
    ...itemOf(document.events),
    ...unused(document),
    ...zoneOf(document),
  ];
}

/** What changes for records that were read before. @param before what is in use */
export function lintChange(before: MappingDocument, after: MappingDocument): MappingFinding[] {
  if (before.source !== after.source) return [{ code: 'source-changed', path: ['source'] }];
  const known = new Set(before.events.map(identityOf));
  const kept = new Set(after.events.map(identityOf));
  const lost = new Set(before.events.flatMap((rule) => (kept.has(identityOf(rule)) ? [] : [typeOf(rule)])));
  return after.events.flatMap((rule, index): MappingFinding[] =>
    known.has(identityOf(rule)) || !lost.has(typeOf(rule))
      ? []
      : [{ code: 'id-changed', path: ['events', String(index), 'id'] }],
  );
}

function lintRule(rule: Rule, index: number, document: MappingDocument): MappingFinding[] {
  const at = (code: MappingLintCode, ...path: string[]): MappingFinding => ({
    code,
    path: ['events', String(index), ...path],
  });
  const findings: MappingFinding[] = [];
  if (fieldsOf(rule.id).length === 0) findings.push(at('constant-id', 'id'));
  if (fieldsOf(rule.subject).length === 0) findings.push(at('constant-subject', 'subject'));
  for (const member of typeof rule.type === 'string' ? needed(rule.type, rule.data) : [])
    findings.push(at('data-missing', 'data', member));
  if (isNever(rule.when ?? [])) findings.push(at('never-applies', 'when'));
  for (const [path, value] of valuesOf(rule)) {
    const { unit } = derived(value) ?? {};
    // One that is made of fields is known only with a record.
    if (unit !== undefined && compileTemplate(unit).fields.length === 0 && !isKnown(unit, document))
      findings.push(at('unit-unknown', ...path, 'unit'));
  }
  const types = typeof rule.type === 'object' ? document.tables[rule.type.table ?? ''] : undefined;
  for (const [code, type] of Object.entries(types ?? {}))
    if (!(STEP_EVENT_TYPES as readonly unknown[]).includes(type))
      findings.push({ code: 'type-unknown', path: ['tables', tableOf(rule), code] });
  for (const [path, column] of missingColumns(rule, document))
    findings.push({ ...at('column-missing', ...path), column });
  return findings;
}

function isKnown(unit: string, { units }: MappingDocument): boolean {
  return Object.hasOwn(units, unit) || Object.hasOwn(KNOWN_UNITS, unit);
}

/** Where the columns are named by the mapping, what is read and not among them. */
function missingColumns(rule: Rule, document: MappingDocument): [path: string[], field: string][] {
  const input = document.inputs?.[rule.input ?? ''];
  const columns = input?.columns ?? document.columns;
  if (document.format !== 'csv' || columns === undefined || rule.each !== undefined) return [];
  const joins = Object.keys(input?.join ?? {});
  const isThere = (field: string): boolean =>
    columns.includes(field) || joins.some((name) => field.startsWith(`${name}.`));
  return readBy(rule).flatMap(([path, field]): [string[], string][] =>
    isThere(field) ? [] : [[path, field]],
  );
}

function sameIds(rules: readonly Rule[]): MappingFinding[] {
  const first = new Map<string, number>();
  return rules.flatMap((rule, index): MappingFinding[] => {
    if (typeof rule.id !== 'string' || rule.type === 'event.retracted') return [];
    const key = JSON.stringify([rule.input ?? '', rule.id]);
    const other = first.get(key);
    if (other === undefined) {
      first.set(key, index);
      return [];
    }
    return exclude(rules[other]!, rule) ? [] : [{ code: 'same-id', path: ['events', String(index), 'id'] }];
  });
}

/** Whether no record can fit both: each wants another value of one field. */
function exclude(one: Rule, other: Rule): boolean {
  return isNever([...(one.when ?? []), ...(other.when ?? [])]);
}

/** Whether conditions contradict each other. */
function isNever(conditions: NonNullable<Rule['when']>): boolean {
  return conditions.some(({ field, is, isNot, present }, index) =>
    conditions.slice(index + 1).some((other) => {
      if (other.field !== field) return false;
      if (present !== undefined && other.present !== undefined) return present !== other.present;
      if (is !== undefined && other.is !== undefined)
        return !textsOf(is).some((text) => textsOf(other.is).includes(text));
      const [wanted, refused] = is === undefined ? [other.is, isNot] : [is, other.isNot];
      if (wanted === undefined || refused === undefined) return false;
      return textsOf(wanted).every((text) => textsOf(refused).includes(text));
    }),
  );
}

function textsOf(wanted: unknown): string[] {
  return (Array.isArray(wanted) ? wanted : [wanted]).map(String);
}

function unused({ tables, inputs, events }: MappingDocument): MappingFinding[] {
  const used = new Set(
    events.flatMap((rule) => valuesOf(rule).map(([, value]) => derived(value)?.table ?? '')),
  );
  const unread = Object.keys(tables)
    .filter((name) => !used.has(name))
    .map((name): MappingFinding => ({ code: 'table-unused', path: ['tables', name] }));
  const joins = Object.entries(inputs ?? {}).flatMap(([name, input]) => {
    const read = [
      ...events
        .filter((rule) => rule.input === name)
        .flatMap((rule) => readBy(rule).map(([, field]) => field)),
      // The key of a join may use the fields of one before it.
      ...Object.values(input.join).flatMap(({ on }) => compileTemplate(on).fields),
      ...(input.ignore ?? []).map(({ field }) => field),
    ];
    return Object.keys(input.join)
      .filter((as) => !read.some((field) => field.startsWith(`${as}.`)))
      .map((as): MappingFinding => ({ code: 'join-unused', path: ['inputs', name, 'join', as] }));
  });
  return [...unread, ...joins];
}

/** Every time that is written without an offset would be refused. */
function zoneOf({ zone, times }: MappingDocument): MappingFinding[] {
  const isSure = (format: string): boolean =>
    format.startsWith('epoch') || format === 'iso' || format.includes('XXX');
  return zone === undefined && !times.some(isSure) ? [{ code: 'zone-missing', path: ['zone'] }] : [];
}

/** Data without which the contract takes no event of a type. @see StepEvent */
const NEEDED: Partial<Record<StepEventType, readonly (keyof StepEventData)[]>> = {
  'step.started': ['step'],
  'step.finished': ['step'],
  'case.extended': ['days'],
  'inspectors.assigned': ['inspectors'],
  'service.counted': ['count', 'date', 'item', 'department'],
  'event.retracted': ['retracts'],
};

function needed(type: StepEventType, data: Rule['data']): string[] {
  return (NEEDED[type] ?? []).map(String).filter((member) => data[member] === undefined);
}

/** Cases whose item nobody tells have no limits. */
function itemOf(rules: readonly Rule[]): MappingFinding[] {
  const accepts = rules.some(({ type }) => type === 'case.accepted');
  return accepts && rules.every(({ data }) => data.item === undefined)
    ? [{ code: 'item-missing', path: ['events'] }]
    : [];
}

/** What an event of a rule is known by. */
function identityOf(rule: Rule): string {
  return JSON.stringify([rule.input ?? '', typeOf(rule), rule.id]);
}

function typeOf({ type }: Rule): string {
  return typeof type === 'string' ? type : `table ${tableOf({ type })}`;
}

function tableOf({ type }: Pick<Rule, 'type'>): string {
  return typeof type === 'object' ? (type.table ?? '') : '';
}
