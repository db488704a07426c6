import { StepEvent } from '@mingjian/contracts';
import type { ApiBody } from '@nestjs/swagger';
import { z } from 'zod';

type Schema = Extract<Parameters<typeof ApiBody>[0], { schema: unknown }>['schema'];

const EVENT = z.toJSONSchema(StepEvent, { target: 'openapi-3.0', io: 'input' }) as Schema;

/** The body of POST /v1/step-events in OpenAPI, from the contract's own schema. */
export const STEP_EVENTS_BODY: Schema = { oneOf: [EVENT, { type: 'array', items: EVENT }] };

const TEXT: Schema = { type: 'string' };
const COUNT: Schema = { type: 'integer', minimum: 0 };

/** The answer of POST /v1/step-events in OpenAPI. */
export const STEP_EVENTS_ANSWER: Schema = {
  type: 'object',
  required: ['accepted', 'quarantined'],
  properties: {
    accepted: COUNT,
    quarantined: COUNT,
    results: {
      type: 'array',
      description: 'The records in quarantine; all others were accepted.',
      items: {
        type: 'object',
        properties: {
          index: { ...COUNT, description: 'Place in the body, from 0.' },
          id: { ...TEXT, nullable: true },
          result: { ...TEXT, enum: ['quarantined'] },
          quarantineId: TEXT,
          problem: {
            type: 'object',
            properties: { place: TEXT, field: TEXT, expected: TEXT, got: TEXT, hint: TEXT },
          },
        },
      },
    },
  },
};
