import { compileConditions, type CompiledConditions } from './compile-condition';
import { compileText, readTime, type CompiledText, type ValueContext } from './compile-value';
import type { CompiledEvent, JoinedName, MappedEvent, RowName } from './compile-event';
import type { InputRule } from './input-rule';
import type { MappingDocument } from './mapping-document';
import { textOf, Unmappable, type Fields } from './record-fields';

/** Versions of one row that are believed; a number beyond is no number of a version. */
const MOST_VERSIONS = 200;

/** Where rows of other tables are found. */
export interface RowLookup {
  /**
   * Null where such a row has not come. `isWaitedFor`: also where the one that has lacks fields that the mapping reads now.
   * @throws Unmappable where it cannot be told which row is meant.
   */
  find(row: RowName, isWaitedFor?: boolean): Fields | null;
}

/** One table of a delivery, ready to apply. Its name is empty where the mapping names no inputs. */
export interface MappingInput {
  name: string;
  /** Names of its files; null: any file. */
  file: RegExp | null;
  records: string;
  sheet: string | number;
  columns: readonly string[] | null;
  /** Whether its `when` tells this record from those of other tables; never where it has none. */
  tells(fields: Fields): boolean;
  /** Whether a row means nothing by itself. */
  ignores(fields: Fields): boolean;
  /** The fields of its own rows that rules read, for a check against a header. */
  fields: readonly string[];
  /** All fields that its rules read, those of joined rows and of lists among them. */
  allFields: readonly string[];
  key: CompiledText | null;
  version: { field: string; first: number; time: CompiledText } | null;
  joins: readonly { as: string; input: string; on: CompiledText; waits: boolean }[];
  rules: readonly CompiledEvent[];
}

export function compileInput(
  name: string,
  rule: Partial<InputRule>,
  document: MappingDocument,
  events: readonly CompiledEvent[],
  context: ValueContext,
): MappingInput {
  const when: CompiledConditions = compileConditions(rule.when ?? [], context);
  const ignore = rule.ignore === undefined ? null : compileConditions(rule.ignore, context);
  const key = rule.key === undefined ? null : compileText(rule.key, '', context);
  const version =
    rule.version === undefined
      ? null
      : { ...rule.version, time: compileText(rule.version.time, '', context) };
  const joins = Object.entries(rule.join ?? {}).map(([as, join]) => ({
    as,
    input: join.input,
    on: compileText(join.on, '', context),
    waits: join.missing === 'wait',
  }));
  const rules = events.filter(({ input }) => input === name);
  const read = [
    ...when.fields,
    ...(ignore?.fields ?? []),
    ...(key?.fields ?? []),
    ...(version === null ? [] : [version.field, ...version.time.fields]),
    ...joins.flatMap(({ on }) => on.fields),
    ...rules.flatMap(({ fields }) => fields),
  ];
  const isJoined = (field: string): boolean => joins.some(({ as }) => field.startsWith(`${as}.`));
  return {
    name,
    file: rule.file === undefined ? null : globOf(rule.file),
    records: rule.records ?? document.records,
    sheet: rule.sheet ?? document.sheet,
    columns: rule.columns ?? document.columns ?? null,
    ignores: (fields) => ignore?.hold(fields) ?? false,
    tells: (fields) => rule.when !== undefined && when.hold(fields),
    fields: [...new Set(read.filter((field) => !isJoined(field)))],
    allFields: [...read, ...rules.flatMap(({ allFields }) => allFields)],
    key,
    version,
    joins,
    rules,
  };
}

/** `*` any text, `?` one character; capital and small letters alike. */
function globOf(pattern: string): RegExp {
  const escaped = pattern.replace(/[\\^$.+()[\]{}|]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'i');
}

/**
 * A record with the rows that it is joined to, each as a member of that name. An object that the record has already
 * under the name stands: so a person can write it into a record that waits.
 * @throws Unmappable when a key cannot be made.
 */
export function withJoined(
  input: MappingInput,
  record: Fields,
  lookup: RowLookup | null,
): { fields: Fields } | { waitsFor: RowName } {
  let fields = record;
  for (const { as, input: other, on, waits } of input.joins) {
    if (typeof fields[as] === 'object' && fields[as] !== null) continue;
    const key = on.of(fields);
    const row = key === null ? null : (lookup?.find({ input: other, key }, waits) ?? null);
    if (row !== null) fields = { ...fields, [as]: row };
    else if (waits && key === null) throw noKey(on.fields, `a value to find the row of ${other} by`);
    else if (waits) return { waitsFor: { input: other, key: key ?? '' } };
  }
  return { fields };
}

/**
 * The rows that a record is joined to, as far as those that were found so far tell: the key of a join may use the fields
 * of one written before it. @throws Unmappable when a key cannot be made.
 */
export function joinsOf(input: MappingInput, record: Fields, lookup: RowLookup): JoinedName[] {
  let fields = record;
  const names: JoinedName[] = [];
  for (const { as, input: other, on } of input.joins) {
    if (typeof fields[as] === 'object' && fields[as] !== null) continue;
    const key = on.of(fields);
    const values = on.valuesOf(fields);
    if (key === null || values === null) continue;
    names.push({ input: other, key, values });
    const row = lookup.find({ input: other, key });
    if (row !== null) fields = { ...fields, [as]: row };
  }
  return names;
}

/**
 * 数据版本号: what earlier versions of this row said is taken back, whichever arrives first. Nothing needs to be
 * remembered: the id of what version k said is known from the key, whatever its content was.
 * @throws Unmappable when the version is no number, or its time cannot be read.
 */
export function retractionsOf(
  input: MappingInput,
  fields: Fields,
  source: string,
  context: ValueContext,
): MappedEvent[] {
  if (input.version === null) return [];
  const { field, first, time } = input.version;
  const version = versionOf(input, fields, context);
  if (version === first) return [];
  const said = time.of(fields);
  if (said === null) throw noKey(time.fields, 'a time of the correction');
  const at = readTime(said, time.fields.join(' '), context);
  const events = new Map<string, MappedEvent>();
  for (let earlier = first; earlier < version; earlier++)
    input.rules.forEach((rule) => {
      const retracts = rule.idOf({ ...fields, [field]: String(earlier) });
      if (retracts === null || events.has(retracts)) return;
      const value = {
        specversion: '1.0',
        id: `${retracts}~${version}`,
        source,
        type: 'event.retracted',
        subject: String(rule.subjectOf(fields) ?? ''),
        time: at,
        data: { retracts, reason: `${field} ${version}` },
      };
      events.set(retracts, { ok: true, value, once: false, rule: null });
    });
  return [...events.values()];
}

/** The number of the version; 0 where the input has none. @throws Unmappable */
export function versionOf(
  { version }: MappingInput,
  fields: Fields,
  context: Pick<ValueContext, 'empty'>,
): number {
  if (version === null) return 0;
  const text = textOf(fields, version.field, context);
  const number = text !== null && /^\d{1,9}$/.test(text) ? Number(text) : NaN;
  if (number >= version.first && number < version.first + MOST_VERSIONS) return number;
  const expected = `a version from ${version.first} to ${version.first + MOST_VERSIONS - 1}`;
  throw new Unmappable({ field: version.field, expected, got: text ?? 'nothing', hint: '' });
}

function noKey(fields: readonly string[], expected: string): Unmappable {
  return new Unmappable({ field: fields.join(', '), expected, got: 'nothing', hint: 'mend the record' });
}
