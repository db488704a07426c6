import { z } from 'zod';
import { writtenText } from './act';
import type { ComplainantIdentity } from './complaint';
import { COMPLAINT_VERDICTS, ComplaintContent, REVIEW_OUTCOMES, SATISFACTIONS } from './complaint';
import { writtenInstant } from './instant';

/** 复查、复核 as another system knows them: both by request and decision, or 不予受理; a hearing only in 复核 (信访工作条例 第三十五条、第三十六条). */
const reviews = {
  reviewRequestedAt: writtenInstant.optional(),
  reviewOrgan: writtenText(100).optional(),
  reviewReason: writtenText(1000).optional(),
  reviewDecidedAt: writtenInstant.optional(),
  reviewOutcome: z.enum(REVIEW_OUTCOMES).optional(),
  reviewOpinion: writtenText(4000).optional(),
  reviewRefusedAt: writtenInstant.optional(),
  reviewRefusal: writtenText(1000).optional(),
  recheckRequestedAt: writtenInstant.optional(),
  recheckOrgan: writtenText(100).optional(),
  recheckReason: writtenText(1000).optional(),
  hearings: z
    .array(z.strictObject({ from: writtenInstant, until: writtenInstant }))
    .max(20)
    .optional()
    .describe('听证 of 复核 that are over, in order: their time does not count'),
  recheckDecidedAt: writtenInstant.optional(),
  recheckOutcome: z.enum(REVIEW_OUTCOMES).optional(),
  recheckOpinion: writtenText(4000).optional(),
  recheckRefusedAt: writtenInstant.optional(),
  recheckRefusal: writtenText(1000).optional(),
};

/** Members that are told together or not at all: a review is not half known. */
const TOGETHER = [
  ['reviewRequestedAt', 'reviewOrgan', 'reviewReason'],
  ['reviewDecidedAt', 'reviewOutcome', 'reviewOpinion'],
  ['reviewRefusedAt', 'reviewRefusal'],
  ['recheckRequestedAt', 'recheckOrgan', 'recheckReason'],
  ['recheckDecidedAt', 'recheckOutcome', 'recheckOpinion'],
  ['recheckRefusedAt', 'recheckRefusal'],
] as const;

/** In the order in which they come, before hearings and the end of 复核. */
const IN_ORDER = [
  ...(['registeredAt', 'acceptedAt', 'transferredAt', 'repliedAt', 'closedAt'] as const),
  ...(['reviewRequestedAt', 'reviewDecidedAt', 'reviewRefusedAt', 'recheckRequestedAt'] as const),
];

/**
 * A complaint as another system knows it: all that has happened to it so far. Sent again with more in it, only what is new is added.
 * In a feed `person` is a keyed hash that the sender makes; who complained is never sent over the event log.
 */
export const ComplaintReport = z
  .strictObject({
    ...ComplaintContent.omit({ complainant: true }).shape,
    externalNo: z.string().min(1).max(64),
    person: z
      .string()
      .regex(/^[0-9a-f]{32,64}$/, 'a keyed hash of 32 to 64 hexadecimal digits; never a name or a number')
      .optional(),
    registeredAt: writtenInstant,
    acceptedAt: writtenInstant.optional(),
    refusedAt: writtenInstant.optional(),
    refusal: writtenText(1000).optional(),
    transferredAt: writtenInstant.optional(),
    handler: z.string().min(1).max(64).optional(),
    repliedAt: writtenInstant.optional(),
    reply: writtenText(4000).optional(),
    closedAt: writtenInstant.optional(),
    verdict: z.enum(COMPLAINT_VERDICTS).optional(),
    verdictReason: writtenText(1000).optional(),
    satisfaction: z.enum(SATISFACTIONS).optional(),
    ...reviews,
  })
  .superRefine((report, context) => {
    const need = (field: keyof typeof report, because: keyof typeof report): void => {
      if (report[because] !== undefined && report[field] === undefined)
        context.addIssue({ code: 'custom', path: [field], message: `a value; ${because} needs it` });
    };
    need('refusal', 'refusedAt');
    need('reply', 'repliedAt');
    need('repliedAt', 'closedAt');
    need('verdict', 'closedAt');
    for (const group of TOGETHER) {
      const told = group.find((field) => report[field] !== undefined);
      if (told !== undefined) for (const field of group) need(field, told);
    }
    need('closedAt', 'reviewRequestedAt');
    need('reviewRequestedAt', 'reviewDecidedAt');
    need('reviewDecidedAt', 'recheckRequestedAt');
    need('recheckRequestedAt', 'hearings');
    need('recheckRequestedAt', 'recheckDecidedAt');
    need('reviewRequestedAt', 'reviewRefusedAt');
    need('recheckRequestedAt', 'recheckRefusedAt');
    for (const [refused, decided] of [
      ['reviewRefusedAt', 'reviewDecidedAt'],
      ['recheckRefusedAt', 'recheckDecidedAt'],
    ] as const)
      if (report[refused] !== undefined && report[decided] !== undefined)
        context.addIssue({ code: 'custom', path: [refused], message: `nothing; ${decided} says otherwise` });
    const times: { path: (string | number)[]; at: string | undefined; isLater?: boolean }[] = [
      ...IN_ORDER.map((field) => ({ path: [field], at: report[field] })),
      ...(report.hearings ?? []).flatMap(({ from, until }, index) => [
        { path: ['hearings', index, 'from'], at: from },
        { path: ['hearings', index, 'until'], at: until, isLater: true },
      ]),
      { path: ['recheckDecidedAt'], at: report.recheckDecidedAt },
      { path: ['recheckRefusedAt'], at: report.recheckRefusedAt },
    ];
    let before: { field: string; at: number } | null = null;
    for (const { path, at: time, isLater = false } of times) {
      if (time === undefined) continue;
      const at = Date.parse(time);
      const least = isLater ? 'a time after' : 'a time not before';
      if (before !== null && (isLater ? at <= before.at : at < before.at))
        context.addIssue({ code: 'custom', path, message: `${least} ${before.field}` });
      before = { field: path.join('.'), at };
    }
  });
export type ComplaintReport = z.infer<typeof ComplaintReport>;

/** A complaint of a feed: CloudEvents 1.0. `subject` is its number there; `time` is when it was reported. */
export const ComplaintEvent = z.looseObject({
  specversion: z.literal('1.0'),
  id: z.string().min(1).max(128),
  source: z.string().min(1).max(128),
  type: z.literal('complaint.reported'),
  subject: z.string().min(1).max(64),
  time: writtenInstant,
  receivedat: writtenInstant.optional(),
  data: ComplaintReport,
});
export type ComplaintEvent = z.infer<typeof ComplaintEvent>;

/** A report with who complained: of an import that goes into the store directly. */
export type ComplaintImport = ComplaintReport & { complainant?: ComplainantIdentity };
