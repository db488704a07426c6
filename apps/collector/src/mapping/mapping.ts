import { readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { BadInputError, parseYamlDocument, type Problem } from '@mingjian/contracts';
import { Zone } from '@mingjian/rules';
import {
  compileValue,
  readTime,
  textOf,
  Unmappable,
  type CompiledValue,
  type Fields,
  type Scalar,
  type ValueContext,
} from './compile-value';
import { MappingDocument, type Condition, type EventRule } from './mapping-document';
import { compileTimeFormat } from './time-format';

/** One event that a record means, not yet held against the contract; or why there is none. */
export type MappedEvent =
  { ok: true; value: unknown; once: boolean } | { ok: false; problem: Omit<Problem, 'place'> };

/** A mapping, ready to apply. */
export interface Mapping {
  name: string;
  format: 'csv' | 'ndjson';
  encoding: string;
  delimiter: string;
  /** Columns of a CSV file without a header line; null where the first line names them. */
  columns: readonly string[] | null;
  /** The source of every event; null where each event names its own. */
  source: string | null;
  /** The fields that the rules read, for a check against a file's header. */
  fields: readonly string[];
  /** The events that a record means, in the order of the rules. One that does not fit leaves the others. */
  apply(record: unknown): MappedEvent[];
}

/** Files that hold step events already, one JSON object a line. */
const STEP_EVENTS: Mapping = {
  name: 'step-events',
  format: 'ndjson',
  encoding: 'utf-8',
  delimiter: ',',
  columns: null,
  source: null,
  fields: [],
  apply: (value) => [{ ok: true, value, once: false }],
};

/**
 * The mapping of a file, or a built-in one by its name: `step-events`.
 * @throws BadInputError naming file, line and field of every fault.
 */
export function loadMapping(nameOrFile: string): Mapping {
  if (nameOrFile === STEP_EVENTS.name) return STEP_EVENTS;
  let text: string;
  try {
    text = readFileSync(nameOrFile, 'utf8');
  } catch (error) {
    const got = isNativeError(error) ? error.message : String(error);
    const expected = `a mapping file, or the built-in mapping ${STEP_EVENTS.name}`;
    throw new BadInputError([{ place: nameOrFile, field: '', expected, got, hint: '' }]);
  }
  return compileMapping(parseYamlDocument(text, nameOrFile, MappingDocument));
}

/** Compiles a checked document. */
export function compileMapping(document: MappingDocument): Mapping {
  const context: ValueContext = {
    tables: document.tables,
    times: document.times.map(compileTimeFormat),
    timeFormats: document.times,
    zone: document.zone === undefined ? null : Zone.of(document.zone),
    empty: new Set(document.empty),
  };
  const rules = document.events.map((event) => compileEvent(event, document.source, context));
  return {
    name: document.mapping,
    format: document.format,
    encoding: document.encoding,
    delimiter: document.delimiter,
    columns: document.columns ?? null,
    source: document.source,
    fields: [...new Set(rules.flatMap((rule) => rule.fields))],
    apply: (record) => {
      if (typeof record !== 'object' || record === null || Array.isArray(record))
        return [{ ok: false, problem: { field: '', expected: 'an object', got: typeof record, hint: '' } }];
      const mapped = rules.flatMap((rule) => rule.apply(record as Fields));
      return mapped.length > 0 || document.unmatched === 'ignore' ? mapped : [NO_EVENT];
    },
  };
}

const NO_EVENT: MappedEvent = {
  ok: false,
  problem: {
    field: '',
    expected: 'a record that means at least one event',
    got: 'one that no rule of the mapping fits',
    hint: 'add a rule, or set "unmatched: ignore" in the mapping',
  },
};

interface CompiledEvent {
  fields: string[];
  apply(fields: Fields): MappedEvent[];
}

function compileEvent(rule: EventRule, source: string, context: ValueContext): CompiledEvent {
  const holds = (rule.when ?? []).map((condition) => compileCondition(condition, context));
  const type = compileValue(rule.type, context);
  const id = compileValue(rule.id, context);
  const subject = compileValue(rule.subject, context);
  const time = compileValue(rule.time, context);
  const isTime = typeof rule.time === 'object' && rule.time.as === 'time';
  const data = Object.entries(rule.data).map(([name, value]) => ({
    name,
    value: compileValue(value, context),
  }));
  const values = [type, id, subject, time, ...data.map(({ value }) => value)];
  return {
    fields: [...(rule.when ?? []).map(({ field }) => field), ...values.flatMap((value) => value.fields)],
    apply: (fields) => {
      try {
        if (!holds.every((condition) => condition(fields))) return [];
        const when = textual(required(time, fields, 'time'));
        const event = {
          specversion: '1.0',
          id: textual(required(id, fields, 'id')),
          source,
          type: required(type, fields, 'type'),
          subject: textual(required(subject, fields, 'subject')),
          time: isTime ? when : readTime(when, time.fields.join(' ') || 'time', context),
          data: Object.fromEntries(
            data.flatMap(({ name, value }) => {
              const found = value.of(fields);
              return found === null ? [] : [[name, found]];
            }),
          ),
        };
        return [{ ok: true, value: event, once: rule.once }];
      } catch (error) {
        if (error instanceof Unmappable) return [{ ok: false, problem: error.problem }];
        throw error;
      }
    },
  };
}

function textual(value: Scalar): string {
  return String(value);
}

function required(value: CompiledValue, fields: Fields, member: string): Scalar {
  const found = value.of(fields);
  if (found !== null) return found;
  const field = value.fields.join(', ') || member;
  const hint = 'mend the record, or give the rule a "when" or a "default"';
  throw new Unmappable({ field, expected: `a value for the event's ${member}`, got: 'nothing', hint });
}

function compileCondition(condition: Condition, context: ValueContext): (fields: Fields) => boolean {
  const { field } = condition;
  const value = (fields: Fields): string | null => textOf(fields, field, context);
  if ('present' in condition) return (fields) => (value(fields) !== null) === condition.present;
  const wanted = 'is' in condition ? condition.is : condition.isNot;
  const texts = new Set((Array.isArray(wanted) ? wanted : [wanted]).map(String));
  const isOne = (fields: Fields): boolean => texts.has(value(fields) ?? '');
  return 'is' in condition ? isOne : (fields) => !isOne(fields);
}
