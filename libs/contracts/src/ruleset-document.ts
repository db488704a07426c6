import { z } from 'zod';

/** A limit as written in rulesets, design notation: `20wd`, `7wd@time`, `160wh`, `60d`, `56d!@time`, `48h`. */
export const LimitText = z
  .string()
  .regex(
    /^\d+(wd|wh|wm|ws|d!?|h)(@time)?$/,
    'a limit such as 20wd, 7wd@time, 160wh, 60d, 56d!@time or 48h; units are never guessed',
  )
  .refine(
    (text) => !/^\d+(wh|wm|ws|h)@time$/.test(text),
    '@time only after wd, d or d!; hours are exact already',
  );
export type LimitText = z.infer<typeof LimitText>;

/** A yellow threshold, measured back from the due instant: a limit without @time, or a percentage of the limit. */
export const ThresholdText = z
  .string()
  .regex(/^\d+(wd|wh|wm|ws|d|h)$|^(\d{1,2}|100)%$/, 'a threshold such as 1wd, 4wh or 20%');

/**
 * When the light of a clock turns. Yellow comes on at the earliest of `yellowBefore` (none: not before the due
 * instant); red after the due instant plus `redAfter`, or never. Between due and red the light is yellow.
 */
const lightRule = {
  yellowBefore: z.array(ThresholdText).optional(),
  redAfter: z
    .union([LimitText, z.literal('never')], { error: 'a limit such as 0wd or 1wd, or never' })
    .optional(),
};

const RULE_TEXT = 'a limit such as 7wd, or { limit: 7wd, yellowBefore: [1wd, "20%"], redAfter: 0wd }';
const CLOCK_TEXT = `${RULE_TEXT}, or none; units are never guessed`;
const CARRIED_TEXT = `${RULE_TEXT}, carried, or none; units are never guessed`;

/** A clock's rule: the limit alone, or the limit with its own lights. */
export const ClockRule = z.union(
  [LimitText.transform((limit) => ({ limit })), z.strictObject({ limit: LimitText, ...lightRule })],
  { error: RULE_TEXT },
);
export type ClockRule = z.infer<typeof ClockRule> & { yellowBefore?: string[]; redAfter?: string };

/** 环节: a step of an item. A step without a limit is known but not timed. */
export const StepRule = z.strictObject({
  name: z.string().optional(),
  limit: LimitText.optional(),
  post: z.string().optional(),
  ...lightRule,
});

/** Item classes: 承诺件, 即办件, 联办件, 上报件, 便民服务. */
export const ITEM_CLASSES = ['promised', 'on-the-spot', 'joint', 'forwarded', 'convenience'] as const;
export type ItemClass = (typeof ITEM_CLASSES)[number];

/** 审批事项. `promise: carried` takes the due instant or limit that the case itself carries. */
export const ItemRule = z.strictObject({
  name: z.string(),
  class: z.enum(ITEM_CLASSES).default('promised'),
  department: z.string().optional(),
  acceptance: z.union([ClockRule, z.literal('none')], { error: CLOCK_TEXT }).optional(),
  promise: z.union([ClockRule, z.literal('carried'), z.literal('none')], { error: CARRIED_TEXT }).optional(),
  statutory: z
    .union([ClockRule, z.literal('carried'), z.literal('none')], { error: CARRIED_TEXT })
    .optional(),
  delivery: z.union([ClockRule, z.literal('none')], { error: CLOCK_TEXT }).optional(),
  /** The most that an extension may add (Art. 42), working days. */
  extensionMaxDays: z.number().int().nonnegative().optional(),
  /** 收费标准: the most that a case may be charged, in yuan; `none`: free. Left out: fees are not supervised. */
  fee: z
    .union([z.strictObject({ standard: z.number().nonnegative() }), z.literal('none')], {
      error: 'none, or { standard: 50 } in yuan',
    })
    .optional(),
  /** Steps in order. Without this member steps are recorded but not supervised. */
  steps: z.record(z.string(), StepRule).optional(),
});
export type ItemRule = z.infer<typeof ItemRule>;

/**
 * 规则集: limits and site switches, valid for cases accepted from `inForceFrom` on.
 * Defaults follow 行政许可法: acceptance 5 wd (Art. 32), statutory 20 wd, joint 45 wd (Art. 42), delivery 10 wd
 * (Art. 44), extension 10 or 15 wd (Art. 42).
 */
export const RulesetDocument = z.strictObject({
  ruleset: z.string().min(1),
  version: z.string().min(1),
  inForceFrom: z.iso.date({ error: 'a date, written YYYY-MM-DD' }),
  calendar: z.string().min(1),
  switches: z
    .strictObject({
      /** Light of a case over its promise but not over the statutory limit. */
      overPromise: z.enum(['red', 'yellow']).default('red'),
      yellowBefore: z.array(ThresholdText).default(['1wd', '20%']),
      /** `wd@time` counts promises to the hour. */
      promiseCounting: z.enum(['wd', 'wd@time']).default('wd'),
      /** Suspensions run on a clock of their own against the days applied for. */
      suspensionCounting: z.enum(['wd', 'wd@time']).default('wd'),
      suspensionYellowBefore: z.array(ThresholdText).optional(),
      /** From so many returns of a case, or runs of one of its steps, on it is returned often. */
      returnedOften: z.number().int().min(2).default(3),
      suspensionRedAfter: z.union([LimitText, z.literal('never')]).default('0wd'),
    })
    .prefault({}),
  departments: z.record(z.string(), z.strictObject({ name: z.string() })).default({}),
  items: z.record(z.string(), ItemRule),
});
export type RulesetDocument = z.infer<typeof RulesetDocument>;
