import {
  ComplainantRequest,
  COMPLAINT_KINDS,
  COMPLAINT_STATES,
  ComplaintActBody,
  ComplaintContent,
  LIGHTS,
} from '@mingjian/contracts';
import { createZodDto } from 'nestjs-zod';
import { z } from 'zod';

export class ComplaintContentBody extends createZodDto(ComplaintContent) {}
export class ComplaintActDto extends createZodDto(ComplaintActBody) {}
export class ComplainantRequestBody extends createZodDto(ComplainantRequest) {}

const text = z.string().min(1).max(64).optional();
const id = z.coerce.number({ error: 'the id of a complaint' }).int().positive().optional();

export class ComplaintsQuery extends createZodDto(
  z.strictObject({
    state: z.enum(COMPLAINT_STATES).optional(),
    light: z.enum(LIGHTS).optional(),
    kind: z.enum(COMPLAINT_KINDS).optional(),
    policy: text.describe('Key of a policy of the ruleset'),
    department: text.describe('Code of the department complained about'),
    caseNo: text.describe('Case number'),
    matter: id.describe('Id of the first complaint of a matter: it and its repeats; for inspectors'),
    before: id.describe('`next` of the page before'),
    limit: z.coerce
      .number({ error: 'a whole number from 1 to 200' })
      .int()
      .min(1)
      .max(200)
      .default(50)
      .describe('Most entries in the answer, 1 to 200'),
  }),
) {}
