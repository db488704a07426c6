import { CANNOT_EXPRESS } from '@mingjian/contracts';
import { z } from 'zod';
import { checkMapping } from './check-mapping';
import { didYouMean } from './did-you-mean';
import { EventRule } from './event-rule';
import { InputRule } from './input-rule';
import { LIMIT_UNITS } from './limit-unit';
import { compileTimeFormat, TIME_FORMAT_HINT } from './time-format';
import { compiles, known, Scalar } from './value-rule';

export const FORMATS = ['csv', 'ndjson', 'json', 'xml', 'xlsx'] as const;
export type Format = (typeof FORMATS)[number];

function isEncoding(label: string): boolean {
  return compiles((text) => new TextDecoder(text))(label);
}

/** How a department's own records become step events. */
export const MappingDocument = known({
  mapping: z.string().min(1).max(64),
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
  inputs: z.record(z.string().regex(/^[^.{}]+$/, 'a name without dots and braces'), InputRule).optional(),
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
