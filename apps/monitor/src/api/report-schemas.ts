import { createZodDto } from 'nestjs-zod';
import { DISTRICT_LEVELS } from '@mingjian/contracts';
import { z } from 'zod';

const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month, written YYYY-MM');
const code = z.string().min(1).max(64).optional();

/** What cases can be grouped by. */
export const GROUPINGS = [
  'month',
  'department',
  'district',
  'hall',
  'item',
  'class',
  'post',
  'officer',
] as const;

export class CaseStatisticsQuery extends createZodDto(
  z.strictObject({
    since: month.describe('First month'),
    until: month.describe('Last month'),
    by: z.enum(GROUPINGS).default('department'),
    level: z
      .enum(DISTRICT_LEVELS)
      .optional()
      .describe('With by=district: roll up to the districts of this level'),
    department: code.describe('Only cases of this department'),
    district: code.describe('Only cases handled in this district or below it'),
    item: code.describe('Only cases of this item'),
  }),
) {}

export class ScoresQuery extends createZodDto(
  z.strictObject({ month: month.describe('The month to score') }),
) {}

export class BulletinBody extends createZodDto(
  z.strictObject({
    bulletin: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('monthly'), period: month, department: code }),
      z.strictObject({
        kind: z.literal('daily'),
        period: z.iso.date({ error: 'a date, written YYYY-MM-DD' }),
        department: code,
      }),
    ]),
  }),
) {}

export class BulletinsQuery extends createZodDto(
  z.strictObject({
    kind: z.enum(['daily', 'monthly']).optional(),
    department: code,
    limit: z.coerce.number().int().min(1).max(500).default(50),
    before: z.coerce.number().int().nonnegative().optional().describe('Only bulletins with a smaller id'),
  }),
) {}

export class BulletinFileQuery extends createZodDto(
  z.strictObject({ format: z.enum(['html', 'docx', 'xlsx', 'json']).default('html') }),
) {}
