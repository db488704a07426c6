import { z } from 'zod';
import { seenVersion, writtenText } from './act';
import type { Light } from './light';

/** What names a rating for good: the event that reported it. The row that a rebuild writes has the same. */
export const RatingIdentity = z.strictObject({
  caseNo: z.string().min(1).max(64),
  source: z.string().min(1).max(128).describe('Source of the event `case.rated`'),
  event: z.string().min(1).max(128).describe('Id of the event `case.rated`'),
});
export type RatingIdentity = z.infer<typeof RatingIdentity>;

/** 差评申诉状态: 待核定, 申诉成立, 申诉不成立, 已撤回. */
export const RATING_APPEAL_STATES = ['filed', 'upheld', 'dismissed', 'withdrawn'] as const;
export type RatingAppealState = (typeof RATING_APPEAL_STATES)[number];

/** 申诉理由, a closed list. */
export const RATING_APPEAL_REASONS = [
  'malicious', // 恶意差评
  'mistaken', // 误评
  'not-our-matter', // 非本单位事项
  'repeated', // 同一事项重复评价
  'other', // 其他
] as const;
export type RatingAppealReason = (typeof RATING_APPEAL_REASONS)[number];

/** 差评申诉 as the department files it. */
export const RatingAppealContent = z.strictObject({
  rating: RatingIdentity,
  reason: z.enum(RATING_APPEAL_REASONS),
  text: writtenText(3000).describe('Without the name of who rated'),
  evidence: writtenText(3000).describe('证据材料: what shows it, and where it is kept'),
});
export type RatingAppealContent = z.infer<typeof RatingAppealContent>;

/** 核定: 成立 keeps the rating out of the net figures, 不成立 lets it count. */
export const RatingAppealAct = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('upheld'), opinion: writtenText(2000) }),
  z.strictObject({ type: z.literal('dismissed'), opinion: writtenText(2000) }),
  z.strictObject({ type: z.literal('withdrawn'), reason: writtenText(1000) }),
]);
export type RatingAppealAct = z.infer<typeof RatingAppealAct>;

/** An act with what the person had seen. */
export const RatingAppealActBody = z.strictObject({ version: seenVersion, act: RatingAppealAct });
export type RatingAppealActBody = z.infer<typeof RatingAppealActBody>;

/** What stands in the event list of an appeal against a rating; `lit` is written by the passing of time. */
export type RatingAppealRecord =
  | ({ type: 'filed'; no: string; grade: number } & RatingAppealContent)
  | RatingAppealAct
  | {
      type: 'lit';
      clock: string;
      from: Light | null;
      to: Light;
      becameAt: number;
      dueAt: number | null;
    };
