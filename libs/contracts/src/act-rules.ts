import { z } from 'zod';
import { CLOCK_KINDS } from './light';
import { LimitText, ThresholdText } from './limit-text';

/** 督查单 in three colours: 蓝 reminds, 橙 warns, 红 is the last before accountability (三明三色督查单). */
export const ORDER_COLOURS = ['blue', 'orange', 'red'] as const;
export type OrderColour = (typeof ORDER_COLOURS)[number];

/** What becomes of an order that nobody answers, mildest first: 催办, 通报, 约谈, 问责. */
export const ORDER_LEVELS = ['reminder', 'circulation', 'interview', 'accountability'] as const;
export type OrderLevel = (typeof ORDER_LEVELS)[number];

const yellowBefore = z.array(ThresholdText).default(['1wd']);
const redAfter = z
  .union([LimitText, z.literal('never')], { error: 'a limit such as 0wd or 1wd, or never' })
  .default('0wd');

/** A step of the ladder: so long after the reply was due; `0wd`: as soon as it was. */
const Rung = z.strictObject({
  level: z.enum(ORDER_LEVELS),
  after: LimitText,
  /** The order takes this colour, unless it has a graver one. */
  colour: z.enum(ORDER_COLOURS).optional(),
});

/**
 * What becomes of a complaint that may lead to an order: 黄灯 after the limit and 红灯 of a department's handling, 重新办理 and
 * 认定有效. 预警 before the limit is none of them: nobody is late yet.
 */
export const COMPLAINT_HAPPENINGS = ['yellow', 'red', 'reopened', 'valid'] as const;
export type ComplaintHappeningKind = (typeof COMPLAINT_HAPPENINGS)[number];

/** Which lights, findings or complaints lead to an order by themselves, how many of them, and what it says. */
export const OrderRule = z.strictObject({
  enabled: z.boolean().default(true),
  /** Lights of cases, of this colour. */
  light: z.enum(['yellow', 'red']).optional(),
  /** Only lights of these kinds; left out: of all. */
  clocks: z.array(z.enum(CLOCK_KINDS)).optional(),
  /** Findings of this code. */
  finding: z.string().min(1).optional(),
  /** This, of complaints that are not for inspectors alone. */
  complaint: z.enum(COMPLAINT_HAPPENINGS).optional(),
  /**
   * So many lead to an order, of one department or of one case; of complaints `case` means one matter: a complaint and its
   * repeats. Each counts for one order of the rule.
   */
  count: z.number().int().min(1).max(1000).default(1),
  per: z.enum(['department', 'case']).default('department'),
  /** Only what became true within this time before now. */
  within: LimitText.default('30d'),
  colour: z.enum(ORDER_COLOURS).default('blue'),
  replyWithin: LimitText.optional(),
  title: z.string().min(1).max(200),
  content: z.string().min(1).max(4000),
  basis: z.string().min(1).max(1000),
});
export type OrderRule = z.infer<typeof OrderRule>;

/**
 * 督办: limits and ladder. Defaults: reply in 5 working days (usual practice); 催办 as soon as the reply is overdue and 通报 five
 * working days later (12345 practice: 次日催办，再过 5 个工作日书面通报); 约谈 and 问责 five working days after each other, for a
 * site to set.
 */
export const OrderRules = z.strictObject({
  replyWithin: LimitText.default('5wd'),
  yellowBefore,
  redAfter,
  /** How long the inspector may take to verify a reply: the supervisor has a clock too. */
  verifyWithin: z
    .union([LimitText, z.literal('none')], { error: 'a limit such as 5wd, or none' })
    .default('5wd'),
  /** How often the limit of one order may be extended, and by how many days at most each time. */
  extensions: z.number().int().min(0).max(10).default(1),
  extensionMaxDays: z.number().int().min(1).max(60).default(5),
  ladder: z.array(Rung).default([
    { level: 'reminder', after: '0wd' },
    { level: 'circulation', after: '5wd', colour: 'orange' },
    { level: 'interview', after: '10wd' },
    { level: 'accountability', after: '15wd', colour: 'red' },
  ]),
  rules: z
    .record(z.string().min(1).max(40), OrderRule)
    .default({})
    .refine(
      (rules) =>
        Object.values(rules).every(
          ({ light, finding, complaint }) =>
            [light, finding, complaint].filter((about) => about !== undefined).length === 1,
        ),
      'one of light, finding and complaint in each rule: that is what the rule is about',
    )
    .refine(
      (rules) =>
        Object.values(rules).every(({ light, clocks }) => light !== undefined || clocks === undefined),
      'clocks only in a rule about lights: findings and complaints have none',
    ),
});
export type OrderRules = z.infer<typeof OrderRules>;

/** 申诉: no statute sets these limits; the defaults follow the usual reply to an order. */
export const AppealRules = z.strictObject({
  /** From the light being written to the appeal. */
  fileWithin: LimitText.default('5wd'),
  decideWithin: LimitText.default('5wd'),
  /** After 上报, for the office above. */
  referredWithin: LimitText.default('10wd'),
  yellowBefore,
  redAfter,
  /** How often one light may be appealed against: 2 lets a department come back after 打回. */
  times: z.number().int().min(1).max(5).default(1),
});
export type AppealRules = z.infer<typeof AppealRules>;

/** 差评申诉: what 国办发〔2019〕51号 leaves to the site; the defaults are those of appeals against lights. */
export const RatingAppealRules = z.strictObject({
  /** From the rating being received to the appeal. */
  fileWithin: LimitText.default('5wd'),
  decideWithin: LimitText.default('5wd'),
  yellowBefore,
  redAfter,
  /** How often one rating may be appealed against. */
  times: z.number().int().min(1).max(5).default(1),
});
export type RatingAppealRules = z.infer<typeof RatingAppealRules>;
