import { CANNOT_EXPRESS, STEP_EVENT_TYPES } from '@mingjian/contracts';
import { z } from 'zod';
import { checkMapping } from './check-mapping';
import { didYouMean } from './did-you-mean';
import { LIMIT_UNITS } from './limit-unit';
import { compileTimeFormat, TIME_FORMAT_HINT } from './time-format';
import { byKind, compiles, Conditions, Derived, known, Scalar, Template, ValueRule } from './value-rule';

/** Every member of these documents, its meaning and its faults: docs/mappings.md. */
const EventType = byKind(
  z.enum(STEP_EVENT_TYPES, {
    error: ({ input }) =>
      `an event type (${STEP_EVENT_TYPES.join(', ')}), or { field, table }; ${didYouMean(String(input), STEP_EVENT_TYPES)}`,
  }),
  Derived,
);

const EventRule = known({
  /** The table of the delivery whose rows mean this event; left out where the mapping has no `inputs`. */
  input: z.string().optional(),
  /** When a record means this event; several conditions must all hold. Left out: always. */
  when: Conditions.optional(),
  /** A list inside the record: one event for each of its elements, whose members hide those of the record. */
  each: z.string().min(1).optional(),
  /** One of the event types, or a field looked up in a code table of them. */
  type: EventType,
  id: ValueRule,
  subject: ValueRule,
  time: ValueRule,
  /** The event stands in many records (once per case, say): repeats of one run are passed over. */
  once: z.boolean().default(false),
  data: z.record(z.string(), ValueRule).default({}),
});
export type EventRule = z.infer<typeof EventRule>;

/** A row of another table of the delivery, found by its key; its fields are `{NAME.FIELD}` from then on. */
const Join = known({
  input: z.string(),
  /** Equals the `key` of the other row. May use the fields of a join written before it. */
  on: Template,
  /** While the other row has not come: `wait` in quarantine, or go on without it (`ignore`). */
  missing: z.enum(['wait', 'ignore']).default('wait'),
});
export type Join = z.infer<typeof Join>;

/** 数据版本号: corrections come as a new version of the row, and the newest counts. */
const Version = known({
  field: z.string().min(1),
  /** The number of the first version. */
  first: z.int().nonnegative().default(1),
  /** When the correction was made: the time of the retraction of what the earlier version said. */
  time: Template,
});

const Input = known({
  /** Files of this table, by name: `*SPCL*.csv`. Left out: any. */
  file: z.string().min(1).optional(),
  /** JSON, XML: the path of member names to the records. */
  records: z.string().optional(),
  /** XLSX: the sheet, by name or number from 1. */
  sheet: z.union([z.string().min(1), z.int().min(1)]).optional(),
  /** CSV without a header line. */
  columns: z.array(z.string().min(1)).min(1).optional(),
  /** Where one file holds several tables: what tells the records of this one. */
  when: Conditions.optional(),
  /** What a row is known by among the rows of its table. */
  key: Template.optional(),
  /** Rows that mean nothing by themselves; they are counted and are no fault. */
  ignore: Conditions.optional(),
  version: Version.optional(),
  join: z.record(z.string(), Join).default({}),
});
export type InputRule = z.infer<typeof Input>;

export const FORMATS = ['csv', 'ndjson', 'json', 'xml', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

function isEncoding(label: string): boolean {
  return compiles((text) => new TextDecoder(text))(label);
}

/** How a department's own records become step events. */
export const MappingDocument = known({
  mapping: z.string().min(1),
  version: z.string().optional(),
  description: z.string().optional(),
  format: z.enum(FORMATS),
  encoding: z.string().default('utf-8').refine(isEncoding, 'an encoding such as utf-8 or gb18030'),
  delimiter: z.string().length(1).default(','),
  /** Names of the columns, for a CSV file without a header line. */
  columns: z.array(z.string().min(1)).min(1).optional(),
  /** JSON, XML: the path of member names to the records. Left out: the document itself, or its list. */
  records: z.string().default(''),
  /** XLSX: the sheet, by name or number from 1, and the row of the headings. */
  sheet: z.union([z.string().min(1), z.int().min(1)]).default(1),
  headerRow: z.int().min(1).default(1),
  /** The tables of one delivery, where there are several. */
  inputs: z.record(z.string().regex(/^[^.{}]+$/, 'a name without dots and braces'), Input).optional(),
  /** The CloudEvents `source` of every event. */
  source: z.string().min(1).max(128),
  /** IANA zone of times written without an offset. */
  zone: z.string().refine(isZone, 'an IANA time zone such as Asia/Shanghai').optional(),
  times: z
    .array(z.string().refine(compiles(compileTimeFormat), TIME_FORMAT_HINT))
    .min(1)
    .default(['iso']),
  /** Texts that mean "no value", besides the empty one. */
  empty: z.array(z.string()).default([]),
  /** Code tables: what a code of the department means here. */
  tables: z.record(z.string(), z.record(z.string(), Scalar)).default({}),
  /** What the department's codes of a unit mean, besides those that are known (G, W, Z, N, 工作日, 自然日). */
  units: z.record(z.string(), z.enum(LIMIT_UNITS)).default({}),
  /** What the format has no field for: a finding then says so, and not that the department left it out. */
  cannotExpress: z
    .array(
      z.enum(CANNOT_EXPRESS, {
        error: ({ input }) =>
          `one of ${CANNOT_EXPRESS.join(', ')}; ${didYouMean(String(input), CANNOT_EXPRESS)}`,
      }),
    )
    .default([]),
  /** What to do with a record that means no event. */
  unmatched: z.enum(['quarantine', 'ignore']).default('quarantine'),
  events: z.array(EventRule).min(1),
}).superRefine(checkMapping);
export type MappingDocument = z.infer<typeof MappingDocument>;

function isZone(zone: string): boolean {
  return compiles((text) => new Intl.DateTimeFormat('en', { timeZone: text }))(zone);
}
