import { z } from 'zod';
import { writtenText } from './act';
import type { ComplainantIdentity } from './complaint';
import { COMPLAINT_VERDICTS, ComplaintContent, SATISFACTIONS, type ComplaintAct } from './complaint';

const instant = z.iso.datetime({
  offset: true,
  error: 'an RFC 3339 time with offset, such as 2026-09-14T10:00:00+08:00',
});

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
    registeredAt: instant,
    acceptedAt: instant.optional(),
    refusedAt: instant.optional(),
    refusal: writtenText(1000).optional(),
    transferredAt: instant.optional(),
    handler: z.string().min(1).max(64).optional(),
    repliedAt: instant.optional(),
    reply: writtenText(4000).optional(),
    closedAt: instant.optional(),
    verdict: z.enum(COMPLAINT_VERDICTS).optional(),
    verdictReason: writtenText(1000).optional(),
    satisfaction: z.enum(SATISFACTIONS).optional(),
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
    const order = ['registeredAt', 'acceptedAt', 'transferredAt', 'repliedAt', 'closedAt'] as const;
    let before: { field: string; at: string } | null = null;
    for (const field of order) {
      const at = report[field];
      if (at === undefined) continue;
      if (before !== null && Date.parse(at) < Date.parse(before.at))
        context.addIssue({ code: 'custom', path: [field], message: `a time not before ${before.field}` });
      before = { field, at };
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
  time: instant,
  receivedat: instant.optional(),
  data: ComplaintReport,
});
export type ComplaintEvent = z.infer<typeof ComplaintEvent>;

/** The acts of a report, in order, each with its instant, epoch milliseconds. */
export function actsOfReport(report: ComplaintReport): { act: ComplaintAct; happenedAt: number }[] {
  const { registeredAt, acceptedAt, refusedAt, transferredAt, repliedAt, closedAt } = report;
  const acts: { act: ComplaintAct; happenedAt: number }[] = [];
  const add = (time: string | undefined, act: () => ComplaintAct): void => {
    if (time !== undefined) acts.push({ act: act(), happenedAt: Date.parse(time) });
  };
  // A hotline that has no acceptance of its own has accepted what it handed on.
  add(acceptedAt ?? ((transferredAt ?? repliedAt) === undefined ? undefined : registeredAt), () => ({
    type: 'accepted',
  }));
  add(refusedAt, () => ({ type: 'refused', reason: report.refusal! }));
  add(transferredAt, () => ({ type: 'transferred', department: report.handler ?? report.department }));
  add(repliedAt, () => ({ type: 'replied', text: report.reply! }));
  add(closedAt, () => ({
    type: 'verified',
    verdict: report.verdict!,
    reason: report.verdictReason ?? '按来源系统认定',
  }));
  add(closedAt, () =>
    report.satisfaction === undefined
      ? { type: 'closed' }
      : { type: 'closed', satisfaction: report.satisfaction },
  );
  return acts;
}

/** A report with who complained: of an import that goes into the store directly. */
export type ComplaintImport = ComplaintReport & { complainant?: ComplainantIdentity };
