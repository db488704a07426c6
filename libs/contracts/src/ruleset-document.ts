import { z } from 'zod';
import { AppealRules, OrderRules, RatingAppealRules } from './act-rules';
import { ComplaintRules } from './complaint-rules';
import { DelegationRule, DistrictsSection } from './district-section';
import { ForensicsSection } from './forensics-section';
import { ISSUE_MODES, RECIPIENTS } from './light';
import { LimitText, ShareText, ThresholdText } from './limit-text';
import { SourcesSection } from './source-section';

/** What takes time out of the limit by law, in its canonical writing (行政许可法 第四十五条). */
export const SUSPENSION_GROUNDS = [
  '听证',
  '招标',
  '拍卖',
  '检验',
  '检测',
  '检疫',
  '鉴定',
  '专家评审',
] as const;
export type SuspensionGround = (typeof SUSPENSION_GROUNDS)[number];

/**
 * When the light of a clock turns. Yellow comes on at the earliest of `yellowBefore` (none: not before the due
 * instant); red after the due instant plus `redAfter`, or never. Between due and red the light is yellow.
 */
const lightRule = {
  yellowBefore: z.array(ThresholdText).optional(),
  redAfter: z
    .union([LimitText, z.literal('never')], { error: 'a limit such as 0wd or 1wd, or never' })
    .optional(),
  /** 开关: `false` keeps the rule written and makes no clock. */
  enabled: z.boolean().optional(),
  /** 发牌方式: by itself, or after a person has confirmed it. */
  issue: z.enum(ISSUE_MODES).optional(),
};

/** Who is told of a light, by its colour. */
const recipients = z.strictObject({
  yellow: z.array(z.enum(RECIPIENTS)).optional(),
  red: z.array(z.enum(RECIPIENTS)).optional(),
});

const RULE_TEXT = 'a limit such as 7wd, or { limit: 7wd, yellowBefore: [1wd, "20%"], redAfter: 0wd }';
const CLOCK_TEXT = `${RULE_TEXT}, or none; units are never guessed`;
const CARRIED_TEXT = `${RULE_TEXT}, carried, or none; units are never guessed`;

/** A clock's rule: the limit alone, or the limit with its own lights. */
export const ClockRule = z.union(
  [LimitText.transform((limit) => ({ limit })), z.strictObject({ limit: LimitText, ...lightRule })],
  { error: RULE_TEXT },
);
export type ClockRule = { limit: string } & Partial<
  Pick<z.infer<typeof StepRule>, 'yellowBefore' | 'redAfter' | 'enabled' | 'issue'>
>;

/**
 * 超时默许: where the law or a local rule has silence mean consent. `basis` names that rule; what was granted by silence
 * is to be issued within `issueWithin`.
 */
export const SilenceRule = z.strictObject({
  basis: z.string().min(1),
  issueWithin: LimitText.default('1wd'),
});

/** 环节: a step of an item. A step without a limit is known but not timed. */
export const StepRule = z.strictObject({
  name: z.string().optional(),
  limit: LimitText.optional(),
  post: z.string().optional(),
  /** Who does this step, in joint handling (并联审批); left out: the department of the event or of the case. */
  department: z.string().optional(),
  /** Steps that come before this one. Left out: the step written before it; `[]`: none, it runs beside the others. */
  after: z.array(z.string()).optional(),
  /** Which limit of the case this step lies within: before acceptance, before the decision, after it. */
  within: z.enum(['acceptance', 'promise', 'delivery']).default('promise'),
  /** 缺席默认: a step that runs out counts as passed. */
  silence: SilenceRule.optional(),
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
  /** `false`: the item is not supervised, on purpose; its cases are grey and say so. */
  enabled: z.boolean().default(true),
  /** 初审上报 (Art. 43). Default 20wd for `class: forwarded`, none for others. */
  forwarding: z.union([ClockRule, z.literal('none')], { error: CLOCK_TEXT }).optional(),
  /** 延续 (Art. 50): whether silence until the permit expires grants the renewal. Default: it does. */
  renewal: z.enum(['silence-grants', 'none']).default('silence-grants'),
  /** 指派两名以上人员检验、检测、检疫 (Art. 55): 5wd where the item needs it. Default none. */
  inspection: z.union([ClockRule, z.literal('none')], { error: CLOCK_TEXT }).optional(),
  /** 组织听证 (Art. 47), default 20wd, and its notice (Art. 48), default 13wd: 7 working days before the last day. */
  hearing: z.union([ClockRule, z.literal('none')], { error: CLOCK_TEXT }).optional(),
  hearingNotice: z.union([ClockRule, z.literal('none')], { error: CLOCK_TEXT }).optional(),
  /** 超时默许: the decision counts as granted when the named limit runs out. */
  silence: z
    .strictObject({ ...SilenceRule.shape, clock: z.enum(['promise', 'statutory']).default('promise') })
    .optional(),
  /** The most that an extension may add (Art. 42), working days. */
  extensionMaxDays: z.number().int().nonnegative().optional(),
  /** 收费标准: the most that a case may be charged, in yuan; `none`: free. Left out: fees are not supervised. */
  fee: z
    .union([z.strictObject({ standard: z.number().nonnegative() }), z.literal('none')], {
      error: 'none, or { standard: 50 } in yuan',
    })
    .optional(),
  /** 下放和代办: districts that handle the item, for statistics by level. */
  delegated: DelegationRule.optional(),
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
  /** The day on which this version was made known; left out: it was always known. */
  knownSince: z.iso.date({ error: 'a date, written YYYY-MM-DD' }).optional(),
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
      /** The longest that a suspension on a ground of Art. 45 may last, working days. Left out: as long as it takes. */
      suspensionMaxDays: z.partialRecord(z.enum(SUSPENSION_GROUNDS), z.number().int().positive()).default({}),
      /** A suspension that begins in this last share of the working time of the promise is worth a look. */
      suspensionLateShare: z.union([ShareText, z.literal('none')]).default('10%'),
      /** So is a case that was suspended for more than this share of its life. */
      suspensionMostShare: z.union([ShareText, z.literal('none')]).default('50%'),
      /** So are so many suspensions of one working day or less. */
      suspensionPieces: z.union([z.number().int().min(2), z.literal('none')]).default(3),
      /** From so many returns of a case, or runs of one of its steps, on it is returned often. */
      returnedOften: z.number().int().min(2).default(3),
      suspensionRedAfter: z.union([LimitText, z.literal('never')]).default('0wd'),
      /** 即办件 accepted from this time of day on are due at the end of the next working day. */
      onTheSpotCutOff: z
        .string()
        .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day from 00:00 to 23:59, written HH:MM')
        .optional(),
      issue: z.enum(ISSUE_MODES).default('automatic'),
      recipients: recipients.prefault({}),
      /** 延续 must be applied for so long before the permit expires (Art. 50) for silence to grant it. */
      renewalAppliedBefore: LimitText.default('30d!'),
      /** 好差评: grades up to `badFrom` are bad (差评); real-name ones are called back, all of them put right. */
      ratings: z
        .strictObject({
          badFrom: z.number().int().min(1).max(4).default(2),
          contact: z.union([ClockRule, z.literal('none')], { error: CLOCK_TEXT }).prefault('1wd'),
          rectification: z.union([ClockRule, z.literal('none')], { error: CLOCK_TEXT }).prefault('15wd'),
        })
        .prefault({}),
    })
    .prefault({}),
  /** 时间戳核查: what the record is searched for. Finds, and changes no clock and no light. */
  forensics: ForensicsSection.prefault({}),
  /** 来源静默: when a source that sends nothing counts as silent. */
  sources: SourcesSection.prefault({}),
  /** Lights by item class; a clock's own rule comes first, the site switches last. */
  classes: z
    .partialRecord(
      z.enum(ITEM_CLASSES),
      z.strictObject({
        yellowBefore: lightRule.yellowBefore,
        redAfter: lightRule.redAfter,
        issue: lightRule.issue,
        recipients: recipients.optional(),
      }),
    )
    .default({}),
  /** Departments, and where they work: closures and hours of that district and hall apply to their clocks. */
  departments: z
    .record(
      z.string(),
      z.strictObject({ name: z.string(), district: z.string().optional(), hall: z.string().optional() }),
    )
    .default({}),
  /** 市、县、镇、村: districts and what they belong to, for statistics by level. */
  districts: DistrictsSection.default({}),
  items: z.record(z.string(), ItemRule),
  /** 督办单: limits, ladder, and which lights and findings lead to an order by themselves. */
  orders: OrderRules.prefault({}),
  /** 申诉: limits for filing and deciding. */
  appeals: AppealRules.prefault({}),
  /** 差评申诉: limits for filing and deciding. */
  ratingAppeals: RatingAppealRules.prefault({}),
  /** 投诉: limits by policy, repeats, leads. */
  complaints: ComplaintRules.prefault({}),
});
export type RulesetDocument = z.infer<typeof RulesetDocument>;
