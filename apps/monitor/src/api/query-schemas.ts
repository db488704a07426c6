import { createZodDto } from 'nestjs-zod';
import { FINDING_SEVERITIES, LIGHTS, queriedInstant } from '@mingjian/contracts';
import { QUARANTINE_STATES } from '@mingjian/store';
import { z } from 'zod';

const limit = z.coerce
  .number({ error: 'a whole number from 1 to 500' })
  .int('a whole number from 1 to 500')
  .min(1)
  .max(500)
  .default(50)
  .describe('Most entries in the answer, 1 to 500');
const rowId = z.coerce.number({ error: 'the id of an entry' }).int('the id of an entry').nonnegative();
const before = rowId.optional().describe('Only entries with a smaller id: the next page');
const code = z.string().min(1).max(64).optional();

export class CasesQuery extends createZodDto(
  z.strictObject({
    light: z.enum(LIGHTS).optional(),
    department: code.describe('Code of a department'),
    item: code.describe('Code of an approval item'),
    open: z
      .enum(['true', 'false'])
      .transform((text) => text === 'true')
      .optional()
      .describe('Open or ended cases; without it: open ones, or both where q is given'),
    q: z.string().min(1).max(64).optional().describe('Beginning of a case number'),
    limit,
    cursor: z.string().max(400).optional().describe('`next` of the page before'),
  }),
) {}

export class LightsQuery extends createZodDto(
  z.strictObject({
    since: queriedInstant.optional().describe('Only changes detected at or after this time'),
    department: code,
    to: z.enum(LIGHTS).optional().describe('Only changes to this light'),
    limit,
    before,
  }),
) {}

export class StreamQuery extends createZodDto(
  z.strictObject({
    after: rowId.optional().describe('Start after this id; the header Last-Event-ID has precedence'),
  }),
) {}

export class FindingsQuery extends createZodDto(
  z.strictObject({
    department: code,
    code,
    severity: z.enum(FINDING_SEVERITIES).optional(),
    limit,
    before,
  }),
) {}

export class PatternFindingsQuery extends createZodDto(
  z.strictObject({
    department: code.describe('Code of a department'),
    period: z
      .string()
      .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month, written YYYY-MM')
      .optional()
      .describe('Month, YYYY-MM'),
    code: code.describe('Code such as TIM-2'),
    kind: code.describe('Kind such as round-times'),
    scope: z.enum(['case', 'officer', 'department', 'source']).optional().describe('What it is about'),
    severity: z.enum(FINDING_SEVERITIES).optional(),
    limit,
    before,
  }),
) {}

export class BalancesQuery extends createZodDto(
  z.strictObject({
    since: z.iso.date().optional().describe('First date, YYYY-MM-DD; a month back by default'),
  }),
) {}

export class QuarantineQuery extends createZodDto(
  z.strictObject({
    state: z.enum(QUARANTINE_STATES).default('held'),
    limit,
  }),
) {}

export class ExplanationQuery extends createZodDto(
  z.strictObject({
    clock: z
      .string()
      .min(1)
      .max(160)
      .optional()
      .describe('Name of one clock, such as promise or step:review'),
  }),
) {}
