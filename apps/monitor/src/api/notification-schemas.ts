import { createZodDto } from 'nestjs-zod';
import { AcknowledgeBody, MESSAGE_STATES, ReleaseBody } from '@mingjian/contracts';
import { z } from 'zod';

const truth = z
  .enum(['true', 'false'])
  .transform((text) => text === 'true')
  .default(false);
const limit = z.coerce
  .number({ error: 'a whole number from 1 to 500' })
  .int('a whole number from 1 to 500')
  .min(1)
  .max(500)
  .default(50)
  .describe('Most entries in the answer, 1 to 500');

export class NotificationsQuery extends createZodDto(
  z.strictObject({
    mine: truth.describe('Only what one was told oneself'),
    unacknowledged: truth.describe('Only what must be acknowledged and is not, the oldest first'),
    caseNo: z.string().min(1).max(64).optional().describe('Only what told of this case, of what one may see'),
    after: z.coerce.number().int().nonnegative().optional().describe('`next` of the page before'),
    limit,
  }),
) {}

export class MessagesQuery extends createZodDto(
  z.strictObject({ state: z.enum(MESSAGE_STATES).default('dead'), limit }),
) {}

export class AcknowledgeRequest extends createZodDto(AcknowledgeBody) {}

export class ReleaseRequest extends createZodDto(ReleaseBody) {}

export class RetryRequest extends createZodDto(
  z.strictObject({ channel: z.string().min(1).max(32).optional().describe('Left out: every channel') }),
) {}
