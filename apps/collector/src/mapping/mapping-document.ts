import { STEP_EVENT_TYPES } from '@mingjian/contracts';
import { z } from 'zod';
import { compileTemplate } from './template';
import { compileTimeFormat, TIME_FORMAT_HINT } from './time-format';

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

function compiles(compile: (text: string) => unknown): (text: string) => boolean {
  return (text) => {
    try {
      compile(text);
      return true;
    } catch {
      return false;
    }
  };
}

const Template = z
  .string()
  .min(1)
  .refine(compiles(compileTemplate), 'braces in pairs; write {{ and }} for the braces themselves');

/** A field of the record, or a template over several; then looked up in a code table, then read as a kind of value. */
const Derived = z
  .strictObject({
    field: z.string().min(1).optional(),
    template: Template.optional(),
    table: z.string().optional(),
    /** Where the record has no value. */
    default: Scalar.optional(),
    as: z.enum(['text', 'time', 'number', 'integer']).default('text'),
  })
  .refine(
    ({ field, template }) => (field === undefined) !== (template === undefined),
    'exactly one of field and template',
  );

/** A text is a template; a number or truth value is a constant. */
export const ValueRule = z.union([Template, z.number(), z.boolean(), Derived], {
  error:
    'a text such as "{case no}/accepted", a constant, or { field, template, table, default, as }; quote texts that begin with a brace',
});
export type ValueRule = z.infer<typeof ValueRule>;

const Condition = z.union(
  [
    z.strictObject({ field: z.string(), is: z.union([Scalar, z.array(Scalar)]) }),
    z.strictObject({ field: z.string(), isNot: z.union([Scalar, z.array(Scalar)]) }),
    z.strictObject({ field: z.string(), present: z.boolean() }),
  ],
  { error: 'a condition: { field, is }, { field, isNot } or { field, present: true }' },
);
export type Condition = z.infer<typeof Condition>;

const EventRule = z.strictObject({
  /** When a record means this event; several conditions must all hold. Left out: always. */
  when: z.union([Condition.transform((one) => [one]), z.array(Condition)]).optional(),
  /** One of the event types, or a field looked up in a code table of them. */
  type: z.union([z.enum(STEP_EVENT_TYPES), Derived], {
    error: `an event type (${STEP_EVENT_TYPES.join(', ')}), or { field, table }`,
  }),
  id: ValueRule,
  subject: ValueRule,
  time: ValueRule,
  /** The event stands in many records (once per case, say): repeats of one run are passed over. */
  once: z.boolean().default(false),
  data: z.record(z.string(), ValueRule).default({}),
});
export type EventRule = z.infer<typeof EventRule>;

function isEncoding(label: string): boolean {
  return compiles((text) => new TextDecoder(text))(label);
}

/** How a department's own records become step events. */
export const MappingDocument = z
  .strictObject({
    mapping: z.string().min(1),
    version: z.string().optional(),
    description: z.string().optional(),
    format: z.enum(['csv', 'ndjson']),
    encoding: z.string().default('utf-8').refine(isEncoding, 'an encoding such as utf-8 or gb18030'),
    delimiter: z.string().length(1).default(','),
    /** Names of the columns, for a CSV file without a header line. */
    columns: z.array(z.string().min(1)).min(1).optional(),
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
    /** What to do with a record that means no event. */
    unmatched: z.enum(['quarantine', 'ignore']).default('quarantine'),
    events: z.array(EventRule).min(1),
  })
  .superRefine(({ tables, events }, context) => {
    events.forEach((event, index) => {
      const rules: [PropertyKey[], unknown][] = [
        [['type'], event.type],
        [['id'], event.id],
        [['subject'], event.subject],
        [['time'], event.time],
        ...Object.entries(event.data).map(([name, rule]): [PropertyKey[], unknown] => [['data', name], rule]),
      ];
      for (const [path, rule] of rules) {
        const table = typeof rule === 'object' ? (rule as { table?: string }).table : undefined;
        if (table !== undefined && !(table in tables))
          context.addIssue({
            code: 'custom',
            path: ['events', index, ...path, 'table'],
            message: `one of the tables of this mapping (${Object.keys(tables).join(', ') || 'none'})`,
          });
      }
    });
  });
export type MappingDocument = z.infer<typeof MappingDocument>;

function isZone(zone: string): boolean {
  return compiles((text) => new Intl.DateTimeFormat('en', { timeZone: text }))(zone);
}
