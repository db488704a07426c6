import { queriedInstant, writtenText } from '@mingjian/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

const code = z.string().min(1).max(64);
const threshold = z.coerce
  .number({ error: 'a whole number of 1 or more' })
  .int('a whole number of 1 or more')
  .min(1, 'a whole number of 1 or more')
  .optional();
const reason = writtenText(200).describe('移交理由; not told to the unit concerned');
const period = {
  department: code.describe('Code of the department'),
  from: queriedInstant.describe('First instant of the period'),
  to: queriedInstant.describe('Last instant of the period'),
};

/** What is to be handed over, as a request says it. */
export class HandoverBody extends createZodDto(
  z.strictObject({
    handover: z.discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('case'), caseNo: code, reason }),
      z.strictObject({ kind: z.literal('department'), ...period, reason }),
      z.strictObject({ kind: z.literal('lead'), ...period, reason }),
    ]),
  }),
) {}

export class HandoversQuery extends createZodDto(
  z.strictObject({
    department: code.optional(),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    before: z.coerce.number().int().nonnegative().optional().describe('Only entries with a smaller id'),
  }),
) {}

export class LeadsQuery extends createZodDto(
  z.strictObject({
    from: period.from,
    to: period.to,
    red: threshold.describe('Red lights that make a lead'),
    badRatings: threshold.describe('差评 that make a lead'),
    returned: threshold.describe('Cases given back that make a lead'),
    complaints: threshold.describe('Complaints that make a lead'),
    reopened: threshold.describe('Reopenings of complaints that make a lead'),
  }),
) {}

export class PackageQuery extends createZodDto(
  z.strictObject({
    variant: z
      .enum(['inspection', 'unit'])
      .default('inspection')
      .describe('For the inspection office, or for the unit concerned, which is not told who complained'),
  }),
) {}
