import { z } from 'zod';
import { Conditions, known, Template } from './value-rule';

/** A row of another table of the delivery, found by its key; its fields are `{NAME.FIELD}` from then on. */
const Join = known({
  input: z.string(),
  /** Equals the `key` of the other row. May use the fields of a join written before it. */
  on: Template,
  /** While the other row has not come: `wait` in quarantine, or go on without it (`ignore`). */
  missing: z.enum(['wait', 'ignore']).default('wait'),
});

/** 数据版本号: corrections come as a new version of the row, and the newest counts. */
const Version = known({
  field: z.string().min(1),
  /** The number of the first version. */
  first: z.int().nonnegative().default(1),
  /** When the correction was made: the time of the retraction of what the earlier version said. */
  time: Template,
});

/** One table of a delivery. @see docs/mappings.md */
export const InputRule = known({
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
export type InputRule = z.infer<typeof InputRule>;
