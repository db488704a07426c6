import { z } from 'zod';
import { LimitText, ShareText } from './limit-text';

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day from 00:00 to 23:59, written HH:MM');
const workingTime = z.string().regex(/^\d+(wh|wm|ws)$/, 'working time such as 30wm or 1wh, or none');
const none = z.literal('none');

/**
 * Section `forensics` of a ruleset: thresholds of the search for doctored time stamps, tuned per site. `none` switches a
 * detector off. docs/forensics.md says what each finds, and under which null hypothesis.
 */
export const ForensicsSection = z.strictObject({
  /** 补录: received later than this after it happened, counted by the calendar of the case … */
  recordedLate: z.union([LimitText, none]).default('1wd@time'),
  /** … and later than so many times what three quarters of the events of its source need. */
  usualFactor: z.number().min(1).default(3),
  /** So many different steps finished in one second. */
  sameSecondSteps: z.union([z.number().int().min(2), none]).default(3),
  /** Nobody works from … to …, local time; equal: no hour counts as night. */
  nightFrom: timeOfDay.default('22:00'),
  nightTo: timeOfDay.default('06:00'),
  /** Whether work on days without opening hours is found. */
  closedDays: z.boolean().default(true),
  /** A step finished before one that comes before it. */
  stepOrder: z.boolean().default(true),
  /** Steps, decisions, corrections and extensions after the decision. */
  reopened: z.boolean().default(true),
  /** Filed again by the same applicant for the same item within this after its end … */
  refiledWithin: z.union([LimitText, none]).default('5wd'),
  /** … when more than this share of the promise had been used up, or so many filings followed each other. */
  refiledUsed: ShareText.default('60%'),
  refiledTimes: z.number().int().min(3).default(3),
  /** 差评标签 by which an applicant says that the limit was missed. */
  lateTags: z.array(z.string().min(1)).default(['无理由超过法定办理时间']),
  /** So many decisions of one officer within so many minutes. */
  bulkCases: z.union([z.number().int().min(3), none]).default(10),
  bulkMinutes: z.number().positive().max(240).default(5),
  /** Finished within this working time before the limit, more often than chance has it. */
  justBefore: z.union([workingTime, none]).default('30wm'),
  /** How many times as often as just before that is still taken for haste before a limit. */
  justBeforeHaste: z.number().min(1).default(2),
  /** Times on the full and the half hour: at least so large a share of all. */
  roundShare: z.union([ShareText, none]).default('10%'),
  /** Cases worked on outside hours: at least so large a share of a department's cases. */
  outsideShare: z.union([ShareText, none]).default('2%'),
  /** 零办件: so many months without a case are a matter for a supervision order; the first is to be explained in writing. */
  zeroMonths: z.union([z.number().int().min(1), none]).default(3),
  /** Fewer cases or times than this are not tested: chance could explain anything. */
  leastCases: z.number().int().min(5).default(10),
  /** Chance of even one finding by chance among all tests of a run (Holm). */
  significance: ShareText.default('1%'),
});
export type ForensicsSection = z.infer<typeof ForensicsSection>;
