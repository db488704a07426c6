import { z } from 'zod';
import { LimitText, ThresholdText } from './limit-text';

/** What a complaint is about (问题类型). `delay` says that a limit was missed: it is held against the clocks of the case. */
export const COMPLAINT_KINDS = [
  'delay', // 超时办理
  'extra-material', // 增加材料
  'extra-condition', // 增加条件
  'refusal', // 不予受理、拒办
  'shirking', // 推诿扯皮
  'attitude', // 服务态度
  'fee', // 违规收费
  'integrity', // 廉洁问题
  'other',
] as const;
export type ComplaintKind = (typeof COMPLAINT_KINDS)[number];

const orNone = z.union([LimitText, z.literal('none')], { error: 'a limit such as 5wd or 15d, or none' });

/** The limits under which one kind of office handles complaints. Each starts with the day after the act that begins it. */
export const ComplaintPolicy = z.strictObject({
  name: z.string().min(1).max(40),
  /** 依据: the provision that sets the limits. */
  basis: z.string().min(1).max(200),
  /** Registration to acceptance or refusal. */
  accept: orNone.default('5wd'),
  /** Acceptance, or a department's return, to transfer. */
  transfer: orNone.default('none'),
  /** How long a department may say that it is not the one to handle it (退回). */
  returnWithin: orNone.default('none'),
  /** Acceptance to reply. */
  handle: orNone,
  /** A reply that is sent back, to the next one. */
  rework: orNone.default('3wd'),
  /** Reply to verification. */
  verify: orNone.default('5wd'),
  /** Verification to telling the complainant and closing. */
  feedback: orNone.default('none'),
  /** 复查、复核: how long they may be asked for after the opinion, and within what they are decided; none: there is no review. */
  reviewRequest: orNone.default('none'),
  review: orNone.default('none'),
  yellowBefore: z.array(ThresholdText).default(['2wd']),
  /** From the due instant to red; in between it is yellow. */
  redAfter: z
    .union([LimitText, z.literal('never')], { error: 'a limit such as 0wd or 1wd, or never' })
    .default('1wd'),
  /** How often the limit for handling may be extended, and by how many of its days at most each time. */
  extensions: z.number().int().min(0).max(10).default(1),
  extensionMaxDays: z.number().int().min(1).max(60).default(5),
  /** 检举控告: seen by inspectors only, and never handled by the unit complained about. */
  confidential: z.boolean().default(false),
});
export type ComplaintPolicy = z.infer<typeof ComplaintPolicy>;

/** Where no provision of the state sets a number, the basis says whose practice it is: a site writes its own. */
const DEFAULT_POLICIES: Record<string, z.input<typeof ComplaintPolicy>> = {
  complaint: {
    name: '电子监察投诉',
    basis: '五个工作日内决定是否受理（各地电子监察投诉通例）；十个工作日内办结（平潭行政服务中心）',
    handle: '10wd',
  },
  petition: {
    name: '信访',
    basis: '信访工作条例第二十二条、第二十三条、第三十四条至第三十六条',
    accept: '15d',
    returnWithin: '5wd',
    handle: '60d',
    rework: '15d',
    reviewRequest: '30d',
    review: '30d',
    extensionMaxDays: 30,
  },
  'hotline-12345': {
    name: '12345 热线',
    basis: '国办发〔2020〕53号；五个工作日办结、可延长五个工作日、二十四小时内退回（安阳市）',
    accept: 'none',
    returnWithin: '24h',
    handle: '5wd',
  },
  'efficiency-office': {
    name: '效能投诉',
    basis: '国家未作统一规定，按电子监察投诉通例',
    handle: '10wd',
  },
  discipline: {
    name: '检举控告',
    basis: '纪检监察机关处理检举控告工作规则第十五条、第十六条；信访工作条例第三十条、第四十条',
    accept: '15wd',
    transfer: '5wd',
    handle: 'none',
    rework: 'none',
    verify: 'none',
    feedback: '15wd',
    confidential: true,
  },
};

/** 投诉: limits by policy, how repeats are told, and what makes a lead. */
export const ComplaintRules = z.strictObject({
  /** Written: only these. Left out: 投诉, 信访, 12345, 效能办 and 纪检, with the limits of their provisions. */
  policies: z.record(z.string().min(1).max(40), ComplaintPolicy).prefault(DEFAULT_POLICIES),
  /** The same person about the same matter within this time: a repeat (重复投诉). */
  repeatWithin: LimitText.default('180d'),
  /** 线索: so many complaints of one kind about one department within this time, or of one person about one matter … */
  leadComplaints: z.number().int().min(2).max(1000).default(3),
  leadWithin: LimitText.default('90d'),
  /** … or so often reopened. */
  leadReopened: z.number().int().min(1).max(100).default(5),
});
export type ComplaintRules = z.infer<typeof ComplaintRules>;
