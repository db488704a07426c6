import { RATING_APPEAL_STATES, RatingAppealActBody, RatingAppealContent } from '@mingjian/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class RatingAppealContentBody extends createZodDto(RatingAppealContent) {}
export class RatingAppealActDto extends createZodDto(RatingAppealActBody) {}

const text = z.string().min(1).max(64).optional();
const month = z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month, written YYYY-MM');
const flag = z
  .enum(['true', 'false'], { error: 'true or false' })
  .transform((written) => written === 'true')
  .optional();
const limit = z.coerce
  .number({ error: 'a whole number from 1 to 200' })
  .int()
  .min(1)
  .max(200)
  .default(50)
  .describe('Most entries in the answer, 1 to 200');

export class RatingsQuery extends createZodDto(
  z.strictObject({
    department: text.describe('Code of the department that was rated'),
    item: text.describe('Code of the item'),
    caseNo: text.describe('Case number'),
    grade: z.coerce
      .number({ error: 'a grade from 1 to 5' })
      .int()
      .min(1)
      .max(5)
      .optional()
      .describe('1 the worst, 5 the best'),
    bad: flag.describe('true: 差评 only; false: all others'),
    realName: flag.describe('true: 实名 only; false: 匿名 only'),
    month: month.optional().describe('Month of the rating, where the case is handled'),
    waiting: z
      .enum(['contact', 'rectification'])
      .optional()
      .describe('Real-name bad ratings that nobody called back, or bad ones that nobody put right'),
    overdue: flag.describe('With waiting: only those whose limit has run out'),
    cursor: z.string().max(800).optional().describe('`next` of the page before'),
    limit,
  }),
) {}

export class RatingStatisticsQuery extends createZodDto(
  z.strictObject({ since: month.describe('First month'), until: month.describe('Last month') }),
) {}

export class RatingAppealsQuery extends createZodDto(
  z.strictObject({
    state: z.enum(RATING_APPEAL_STATES).optional(),
    department: text.describe('Code of a department'),
    caseNo: text.describe('Case number'),
    before: z.coerce
      .number({ error: 'the id of an entry' })
      .int()
      .positive()
      .optional()
      .describe('`next` of the page before'),
    limit,
  }),
) {}
