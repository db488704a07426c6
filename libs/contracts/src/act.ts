import { z } from 'zod';
import { writtenInstant } from './instant';
import { LIGHTS } from './light';

/** What acts of people are about: 督办单, 申诉, 人工发牌, 投诉, 差评申诉. */
export const MATTERS = ['order', 'appeal', 'card', 'complaint', 'rating-appeal'] as const;
export type Matter = (typeof MATTERS)[number];

/** A text that a person wrote: no control characters but line breaks, and no more than what a row holds. */
export const writtenText = (most: number): z.ZodString =>
  z
    .string()
    .trim()
    .min(1)
    .max(most)
    .regex(/^(?:[^\p{Cc}]|[\n\t])*$/u, 'a text without control characters');

/** Which state of a matter somebody acts on: the number of its events so far. Another one acted in between: refused. */
export const seenVersion = z
  .number()
  .int()
  .nonnegative()
  .describe('`version` of what was read; refused with 409 where somebody acted since');

/** One light for good: the row that a rebuild writes has another id and the same identity. */
export const LightIdentity = z.strictObject({
  caseNo: z.string().min(1).max(64),
  clock: z.string().min(1).max(160),
  becameAt: writtenInstant,
  from: z.enum(LIGHTS).nullable(),
  to: z.enum(LIGHTS),
});
export type LightIdentity = z.infer<typeof LightIdentity>;

/** Who did something, as it stands on record: an account, and its name at the time. */
export interface Actor {
  id: string;
  name: string;
}

/** One entry of an append-only list: what somebody, or the passing of time, did about a matter. */
export interface ActEvent<T extends { type: string }> {
  /** 1 for the first; the number of the newest is the version. */
  seq: number;
  /** Epoch milliseconds (UTC). */
  at: number;
  actor: Actor;
  act: T;
}
