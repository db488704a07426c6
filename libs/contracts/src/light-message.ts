import { z } from 'zod';
import { LIGHT_CHANGE_REASONS, LIGHT_KINDS, LIGHTS } from './light';

const instant = z.iso.datetime({ offset: true });

/**
 * 亮灯消息: what other systems are told on the topic `mingjian.lights`, keyed by case number. CloudEvents 1.0,
 * structured JSON. `id` is the same however often the message is delivered: a receiver that has seen it does nothing.
 *
 * `light.changed`: a clock's light changed at `time`. `light.superseded`: since `time` the change no longer holds that
 * was told before with the same case, clock, `becameAt`, `from` and `to`; it may be found again later.
 */
export const LightMessage = z.strictObject({
  specversion: z.literal('1.0'),
  id: z.string(),
  source: z.literal('urn:mingjian:monitor'),
  type: z.enum(['light.changed', 'light.superseded']),
  subject: z.string(),
  time: instant,
  data: z.strictObject({
    clock: z.string(),
    clockKind: z.enum(LIGHT_KINDS),
    department: z.string().nullable(),
    item: z.string().nullable(),
    from: z.enum(LIGHTS).nullable(),
    to: z.enum(LIGHTS),
    /** Why the row was written, or why it no longer holds. */
    reason: z.enum(LIGHT_CHANGE_REASONS),
    /** When the change became true. */
    becameAt: instant,
    dueAt: instant.nullable(),
    detectedAt: instant,
    rulesetVersion: z.string(),
    calendarVersion: z.string(),
  }),
});
export type LightMessage = z.infer<typeof LightMessage>;
