import { shown, type Problem } from '@mingjian/contracts';
import { Zone } from '@mingjian/rules';
import { compileEvent, type JoinedName, type MappedEvent } from './compile-event';
import {
  compileInput,
  joinsOf,
  retractionsOf,
  versionOf,
  withJoined,
  type MappingInput,
  type RowLookup,
} from './compile-input';
import type { ValueContext } from './compile-value';
import { inputOf } from './input-of';
import type { InputRule } from './input-rule';
import type { Format, MappingDocument } from './mapping-document';
import { Unmappable, type Fields } from './record-fields';
import { compileTimeFormat } from './time-format';

/** A row that rows of other tables are joined to, with those of its fields that the mapping reads and no others. */
export interface RememberedRow {
  input: string;
  key: string;
  version: number;
  fields: Fields;
}

/** A mapping, ready to apply. */
export interface Mapping {
  name: string;
  format: Format;
  encoding: string;
  delimiter: string;
  /** XLSX: the row of the headings, from 1. */
  headerRow: number;
  /** The source of every event; null where each event names its own. */
  source: string | null;
  /** The tables of a delivery; one without a name where the mapping names none. */
  inputs: readonly MappingInput[];
  /** Whether rows are joined to rows of other tables, so that these must be remembered. */
  hasJoins: boolean;
  /** By input that others are joined to: the fields of its rows that are remembered. */
  joinedFields: ReadonlyMap<string, ReadonlySet<string>>;
  /** Where a rule stands: `mapping.yaml:41`; the number of the rule where the text is not known. */
  placeOf(rule: number): string;
  /**
   * The events that a record means, in the order of the rules. One that does not fit leaves the others. Where the mapping
   * names inputs, a record is `{ INPUT: { … } }`, or one that the `when` of an input tells.
   */
  apply(record: unknown, lookup?: RowLookup | null): MappedEvent[];
  /** The rows of other tables that a record needs, as far as those that `lookup` has found already tell. */
  joinsOf(record: unknown, lookup: RowLookup): JoinedName[];
  /** What must be remembered of a record for others; null for most. */
  toRemember(record: unknown): RememberedRow | null;
}

/** Files that hold step events already, one JSON object a line. */
export const STEP_EVENTS: Mapping = {
  name: 'step-events',
  format: 'ndjson',
  encoding: 'utf-8',
  delimiter: ',',
  headerRow: 1,
  source: null,
  inputs: [
    {
      name: '',
      file: null,
      records: '',
      sheet: 1,
      columns: null,
      tells: () => false,
      ignores: () => false,
      fields: [],
      allFields: [],
      key: null,
      version: null,
      joins: [],
      rules: [],
    },
  ],
  hasJoins: false,
  joinedFields: new Map(),
  placeOf: () => 'step-events',
  apply: (value) => [{ ok: true, value, once: false, rule: null }],
  joinsOf: () => [],
  toRemember: () => null,
};

/** Compiles a checked document. `placeOf`: where a rule stands, for people. */
export function compileMapping(
  document: MappingDocument,
  placeOf: (rule: number) => string = (rule) => `events.${rule}`,
): Mapping {
  const context: ValueContext = {
    tables: document.tables,
    times: document.times.map(compileTimeFormat),
    timeFormats: document.times,
    zone: document.zone === undefined ? null : Zone.of(document.zone),
    empty: new Set(document.empty),
    units: document.units,
  };
  const { source } = document;
  const events = document.events.map((event, index) => compileEvent(event, index, document, context));
  const named: [string, Partial<InputRule>][] =
    document.inputs === undefined ? [['', {}]] : Object.entries(document.inputs);
  const inputs = named.map(([name, rule]) => compileInput(name, rule, document, events, context));
  const remembered = rememberedFields(inputs);

  const apply = (record: unknown, lookup: RowLookup | null = null): MappedEvent[] => {
    const found = inputOf(record, inputs);
    if ('problem' in found) return [refused(found.problem)];
    // A table that is only there to be joined to; its rows wait for nothing.
    if (found.input.rules.length === 0) return [];
    try {
      const joined = withJoined(found.input, found.fields, lookup);
      if ('waitsFor' in joined) {
        const { input, key } = joined.waitsFor;
        const expected = `a row of ${input} known by ${shown(key)}`;
        const hint = 'the record waits; it is released by itself when that row comes';
        const problem = { field: '', expected, got: 'none so far', hint };
        return [{ ...refused(problem), waitsFor: joined.waitsFor }];
      }
      const ignored = found.input.ignores(joined.fields);
      const mapped = ignored ? [] : found.input.rules.flatMap((rule) => rule.apply(joined.fields));
      if (mapped.length === 0 && !ignored && document.unmatched === 'quarantine') return [NO_EVENT];
      // What an earlier version said stands until it is known what the newer one says.
      if (mapped.some(({ ok }) => !ok)) return mapped;
      return [...mapped, ...retractionsOf(found.input, joined.fields, source, context)];
    } catch (error) {
      if (error instanceof Unmappable) return [refused(error.problem)];
      throw error;
    }
  };

  const joins = (record: unknown, lookup: RowLookup): JoinedName[] => {
    const found = inputOf(record, inputs);
    if ('problem' in found || found.input.rules.length === 0) return [];
    return unlessUnmappable(() => joinsOf(found.input, found.fields, lookup)) ?? [];
  };

  const toRemember = (record: unknown): RememberedRow | null => {
    const found = inputOf(record, inputs);
    if ('problem' in found) return null;
    const { input, fields } = found;
    const wanted = remembered.get(input.name);
    if (wanted === undefined) return null;
    return unlessUnmappable(() => {
      const key = input.key?.of(fields) ?? null;
      if (key === null) return null;
      const kept = Object.entries(fields).filter(([name]) => wanted.has(name));
      const version = versionOf(input, fields, context);
      return { input: input.name, key, version, fields: Object.fromEntries(kept) };
    });
  };

  const { mapping: name, format, encoding, delimiter, headerRow } = document;
  const hasJoins = remembered.size > 0;
  return {
    name,
    format,
    encoding,
    delimiter,
    headerRow,
    source,
    inputs,
    hasJoins,
    joinedFields: remembered,
    placeOf,
    apply,
    joinsOf: joins,
    toRemember,
  };
}

/** Null where the record does not fit: it goes into quarantine with that problem when it is mapped. */
function unlessUnmappable<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof Unmappable) return null;
    throw error;
  }
}

/** For each input that others are joined to, the first parts of the names of its fields that they read. */
function rememberedFields(inputs: readonly MappingInput[]): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const { joins, allFields } of inputs)
    for (const { as, input } of joins) {
      const fields = wanted.get(input) ?? new Set<string>();
      wanted.set(input, fields);
      for (const field of allFields)
        if (field.startsWith(`${as}.`)) {
          const rest = field.slice(as.length + 1);
          fields.add(rest).add(rest.split('.')[0] ?? '');
        }
    }
  return wanted;
}

function refused(problem: Omit<Problem, 'place'>): MappedEvent & { ok: false } {
  return { ok: false, problem, rule: null };
}

const NO_EVENT: MappedEvent = refused({
  field: '',
  expected: 'a record that means at least one event',
  got: 'one that no rule of the mapping fits',
  hint: 'add a rule, or set "unmatched: ignore" in the mapping',
});
