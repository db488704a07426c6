import { z } from 'zod';
import { seenVersion, writtenText } from './act';
import { COMPLAINT_KINDS } from './complaint-rules';
import { writtenInstant } from './instant';
import type { Light } from './light';

/** 投诉来源: how a complaint came in. */
export const COMPLAINT_CHANNELS = ['window', '12345', 'web', 'mail', 'rating', 'feed'] as const;
export type ComplaintChannel = (typeof COMPLAINT_CHANNELS)[number];

/** 办理状态: 待受理, 待转办, 办理中, 待审核, 待回复, 已办结, 不予受理, 已撤回, 复查中, 已复查, 复核中, 已复核. */
export const COMPLAINT_STATES = [
  'registered',
  'accepted',
  'handling',
  'replied',
  'verified',
  'closed',
  'refused',
  'withdrawn',
  'reviewing',
  'reviewed',
  'rechecking',
  'rechecked',
] as const;
export type ComplaintState = (typeof COMPLAINT_STATES)[number];

/** 是否有效投诉. */
export const COMPLAINT_VERDICTS = ['valid', 'partly', 'invalid'] as const;
export type ComplaintVerdict = (typeof COMPLAINT_VERDICTS)[number];

/** 复查、复核意见: 维持, 变更, 撤销. */
export const REVIEW_OUTCOMES = ['maintained', 'changed', 'revoked'] as const;
export type ReviewOutcome = (typeof REVIEW_OUTCOMES)[number];

/** 是否满意: Y, M, N of the Hunan model. */
export const SATISFACTIONS = ['satisfied', 'mostly', 'dissatisfied'] as const;

const code = z.string().min(1).max(64);
/** Who complains. Kept apart from everything else, encrypted; never in lists, notices, the ledger or a unit's copy. */
export const ComplainantIdentity = z.strictObject({
  name: writtenText(64),
  phone: z
    .string()
    .regex(/^[0-9+ -]{5,20}$/, 'a telephone number')
    .optional(),
  idNumber: z
    .string()
    .regex(/^[0-9A-Za-z]{6,24}$/, 'the number of an identity document')
    .optional(),
  unit: writtenText(100).optional(),
});
export type ComplainantIdentity = z.infer<typeof ComplainantIdentity>;

/** What a complaint says, without who says it. */
const said = {
  policy: z.string().min(1).max(40).describe('Key of a policy of the ruleset: complaints.policies'),
  channel: z.enum(COMPLAINT_CHANNELS),
  /** Its number where it came from: a 12345 work order, a rating. */
  externalNo: code.optional(),
  kind: z.enum(COMPLAINT_KINDS),
  department: code.describe('Code of the department complained about'),
  post: writtenText(64).optional(),
  title: writtenText(200).describe('Without names of persons: it stands in notices'),
  request: writtenText(2000).describe(
    '主要诉求, as the handling department reads it: without the complainant',
  ),
  content: writtenText(4000)
    .optional()
    .describe('原文; withheld from the unit complained about (信访工作条例 Art. 30)'),
  /** Of the case that it is about: its number, or what leads to it. */
  caseNo: code.optional(),
  applicant: z
    .string()
    .regex(/^[0-9a-f]{16,64}$/, 'a keyed hash of 16 to 64 hexadecimal digits, as case events carry it')
    .optional(),
  item: code.optional(),
  /** A day on which the case was under way. */
  occurredAt: writtenInstant.optional(),
};

/** Body of `POST /v1/complaints`. Without `complainant` it is anonymous. */
export const ComplaintContent = z.strictObject({ ...said, complainant: ComplainantIdentity.optional() });
export type ComplaintContent = z.infer<typeof ComplaintContent>;

const reason = writtenText(1000);
const reviewer = writtenText(100).describe('复查、复核机关');
const reviewed = writtenText(4000);

/** What can be done about a complaint once it is registered. */
export const ComplaintAct = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('accepted'),
    opinion: writtenText(1000).optional(),
    newFacts: writtenText(1000)
      .optional()
      .describe('Of a matter that was concluded by 复核: the new facts or reasons for which it is accepted'),
  }),
  z.strictObject({ type: z.literal('refused'), reason }),
  z.strictObject({ type: z.literal('linked'), caseNo: code }),
  z.strictObject({ type: z.literal('transferred'), department: code, opinion: writtenText(1000).optional() }),
  z.strictObject({ type: z.literal('returned'), reason }),
  z.strictObject({
    type: z.literal('extension-requested'),
    days: z.number().int().min(1).max(60),
    reason,
  }),
  z.strictObject({
    type: z.literal('extension-granted'),
    days: z.number().int().min(1).max(60),
    reason,
    approver: writtenText(64),
  }),
  z.strictObject({ type: z.literal('extension-refused'), reason }),
  z.strictObject({
    type: z.literal('replied'),
    text: writtenText(4000),
    measures: writtenText(2000).optional(),
  }),
  z.strictObject({ type: z.literal('sent-back'), reason }),
  z.strictObject({ type: z.literal('verified'), verdict: z.enum(COMPLAINT_VERDICTS), reason }),
  z.strictObject({
    type: z.literal('closed'),
    satisfaction: z.enum(SATISFACTIONS).optional(),
    opinion: writtenText(1000).optional(),
  }),
  z.strictObject({ type: z.literal('reopened'), reason }),
  z.strictObject({ type: z.literal('withdrawn'), reason }),
  z.strictObject({ type: z.literal('review-requested'), organ: reviewer, reason }),
  z.strictObject({ type: z.literal('review-decided'), outcome: z.enum(REVIEW_OUTCOMES), opinion: reviewed }),
  z.strictObject({ type: z.literal('review-refused'), reason }),
  z.strictObject({ type: z.literal('recheck-requested'), organ: reviewer, reason }),
  z.strictObject({
    type: z.literal('hearing-held'),
    from: writtenInstant.describe(
      'First and last instant of what the hearing took: not counted against the limit',
    ),
    until: writtenInstant,
  }),
  z.strictObject({ type: z.literal('recheck-decided'), outcome: z.enum(REVIEW_OUTCOMES), opinion: reviewed }),
  z.strictObject({ type: z.literal('recheck-refused'), reason }),
]);
export type ComplaintAct = z.infer<typeof ComplaintAct>;

/** An act with what the person had seen. */
export const ComplaintActBody = z.strictObject({ version: seenVersion, act: ComplaintAct });
export type ComplaintActBody = z.infer<typeof ComplaintActBody>;

/** Body of a request for who complained: why somebody wants to know goes on record. */
export const ComplainantRequest = z.strictObject({ because: writtenText(500) });

/** The clocks that the evidence of a delay is held against, as they stood when the complaint was linked. */
export interface FrozenEvidence {
  caseNo: string;
  /** `number`: it was named; `applicant`: found by pseudonym, item and day; `hand`: an inspector named it. */
  how: 'number' | 'applicant' | 'hand';
  events: number;
  /** SHA-256 of the timeline and of its explanation in Chinese, hexadecimal. */
  timeline: string;
  explanation: string;
  light: Light;
  /** 记录未超期而群众投诉超期: the record says in time, the complainant says late. */
  contradicts: boolean;
}

/** When something happened that is told of later: by a feed or an import. Left out: when it was written down. */
interface Happened {
  happenedAt?: number;
}

/** What stands in the event list of a complaint. The last three are written by the passing of time and change no state. */
export type ComplaintRecord = Happened &
  (
    | ({
        type: 'registered';
        no: string;
        /** Keyed hash of who complains; null: anonymous. */
        person: string | null;
        realName: boolean;
        /** The first complaint of this person about this matter; null: this is the first. */
        repeatOf: number | null;
      } & Omit<ComplaintContent, 'complainant'>)
    | ComplaintAct
    | ({ type: 'evidence-frozen' } & FrozenEvidence)
    | ({ type: 'lit' } & ComplaintLight)
    | ({ type: 'unlit'; because: 'late-data' | 'rule' } & ComplaintLight)
  );

/** A light of a complaint's clock. `overdue` tells 黄灯 after the limit from 预警 before it. */
export interface ComplaintLight {
  clock: string;
  to: Light;
  overdue: boolean;
  becameAt: number;
  dueAt: number | null;
}
