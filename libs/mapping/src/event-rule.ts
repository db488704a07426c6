import { STEP_EVENT_TYPES } from '@mingjian/contracts';
import { z } from 'zod';
import { didYouMean } from './did-you-mean';
import { byKind, Conditions, Derived, known, ValueRule } from './value-rule';

const EventType = byKind(
  z.enum(STEP_EVENT_TYPES, {
    error: ({ input }) =>
      `an event type (${STEP_EVENT_TYPES.join(', ')}), or { field, table }; ${didYouMean(String(input), STEP_EVENT_TYPES)}`,
  }),
  Derived,
);

/** One rule of a mapping: what a record must be to mean an event, and which. @see docs/mappings.md */
export const EventRule = known({
  /** The table of the delivery whose rows mean this event; left out where the mapping has no `inputs`. */
  input: z.string().optional(),
  /** When a record means this event; several conditions must all hold. Left out: always. */
  when: Conditions.optional(),
  /** A list inside the record: one event for each of its elements, whose members hide those of the record. */
  each: z.string().min(1).optional(),
  /** One of the event types, or a field looked up in a code table of them. */
  type: EventType,
  id: ValueRule,
  subject: ValueRule,
  time: ValueRule,
  /** The event stands in many records (once per case, say): repeats of one run are passed over. */
  once: z.boolean().default(false),
  data: z.record(z.string(), ValueRule).default({}),
});
export type EventRule = z.infer<typeof EventRule>;
