import { createZodDto } from 'nestjs-zod';
import {
  APPEAL_STATES,
  AppealActBody,
  AppealContent,
  CardContent,
  CardWithdrawal,
  LightDecision,
  queriedInstant,
  LIGHTS,
  ORDER_STATES,
  OrderActBody,
  OrderContent,
} from '@mingjian/contracts';
import { z } from 'zod';

export class OrderContentBody extends createZodDto(OrderContent) {}
export class OrderActDto extends createZodDto(OrderActBody) {}
export class AppealContentBody extends createZodDto(AppealContent) {}
export class AppealActDto extends createZodDto(AppealActBody) {}
export class CardContentBody extends createZodDto(CardContent) {}
export class LightDecisionBody extends createZodDto(LightDecision) {}
export class CardWithdrawalBody extends createZodDto(CardWithdrawal) {}

const text = z.string().min(1).max(64).optional();
const page = {
  light: z.enum(LIGHTS).optional(),
  department: text.describe('Code of a department'),
  caseNo: text.describe('Case number'),
  before: z.coerce
    .number({ error: 'the id of an entry' })
    .int()
    .positive()
    .optional()
    .describe('`next` of the page before'),
  limit: z.coerce
    .number({ error: 'a whole number from 1 to 200' })
    .int()
    .min(1)
    .max(200)
    .default(50)
    .describe('Most entries in the answer, 1 to 200'),
};

export class OrdersQuery extends createZodDto(
  z.strictObject({ state: z.enum(ORDER_STATES).optional(), ...page }),
) {}
export class AppealsQuery extends createZodDto(
  z.strictObject({ state: z.enum(APPEAL_STATES).optional(), ...page }),
) {}
export class CardsQuery extends createZodDto(
  z.strictObject({ caseNo: page.caseNo, before: page.before, limit: page.limit }),
) {}

export class WaitingLightsQuery extends createZodDto(
  z.strictObject({ department: page.department, before: page.before, limit: page.limit }),
) {}

export class StatisticsQuery extends createZodDto(
  z.strictObject({
    since: queriedInstant.describe('Lights that became true from then on'),
    until: queriedInstant.describe('… and before then'),
  }),
) {}
