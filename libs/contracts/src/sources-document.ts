import { z } from 'zod';

/** 来源名称: the CloudEvents `source` of a department's system. */
export const SourceName = z
  .string()
  .max(128)
  .regex(/^urn:[a-z0-9][a-z0-9-]{1,31}:[^\s"\\]+$/i, 'a URN; write it like urn:dept:420684:housing');

const text = (most: number) => z.string().trim().min(1).max(most);

/** One system that may send. */
export const Sender = z.strictObject({
  department: z
    .string()
    .min(1)
    .max(64)
    .describe('Code of the department that is accounted for what it sends'),
  title: text(100).optional().describe('What the system is called, such as 住建局审批系统'),
  contact: text(200).optional().describe('Whom to ask when it falls silent'),
  note: text(500).optional(),
});
export type Sender = z.output<typeof Sender>;

/**
 * 来源登记: which systems may send by HTTP, and for which department. Once one is approved it decides alone, wherever the keys stand.
 * Keys are no part of it.
 */
export const SourcesDocument = z.strictObject({
  sources: z.string().min(1).max(64).describe('Id of the register'),
  version: z.string().min(1),
  senders: z.record(SourceName, Sender).refine((senders) => Object.keys(senders).length > 0, {
    error: 'at least one sender: an empty register would refuse everybody',
  }),
});
export type SourcesDocument = z.output<typeof SourcesDocument>;
