import { z } from 'zod';
import { LightIdentity, seenVersion, writtenText } from './act';
import { ISSUE_DECISIONS, type Light } from './light';

/** 申诉状态: 待审理, 已上报, 已撤销发牌, 已打回, 已撤回. */
export const APPEAL_STATES = ['filed', 'referred', 'upheld', 'dismissed', 'withdrawn'] as const;
export type AppealState = (typeof APPEAL_STATES)[number];

/** 申诉理由, a closed list: what went wrong, for statistics. */
export const APPEAL_REASONS = [
  'wrong-data', // 数据报送有误
  'late-upload', // 已按时办理，数据补报
  'suspension-not-counted', // 应扣除的特别程序时间未扣除
  'applicant', // 申请人原因
  'system-outage', // 系统或网络故障
  'force-majeure', // 不可抗力
  'wrong-responsibility', // 责任部门认定有误
  'rule-wrong', // 时限或规则设置有误
  'other', // 其他
] as const;
export type AppealReason = (typeof APPEAL_REASONS)[number];

/** 申诉 as it is filed: against one light, named by its row or by its identity. */
export const AppealContent = z.strictObject({
  light: z.union([z.strictObject({ id: z.number().int().positive() }), LightIdentity], {
    error: '{ id } of a light change, or its caseNo, clock, becameAt, from and to',
  }),
  reason: z.enum(APPEAL_REASONS),
  text: writtenText(3000),
  evidence: writtenText(3000).describe('证据材料: what shows it, and where it is kept'),
});
export type AppealContent = z.infer<typeof AppealContent>;

/** 处理结果: 撤销 takes the light away, 打回 lets it stand, 上报 leaves it to the office above. */
export const AppealAct = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('upheld'), opinion: writtenText(2000) }),
  z.strictObject({ type: z.literal('dismissed'), opinion: writtenText(2000) }),
  z.strictObject({ type: z.literal('referred'), to: writtenText(100), opinion: writtenText(2000) }),
  z.strictObject({ type: z.literal('withdrawn'), reason: writtenText(1000) }),
]);
export type AppealAct = z.infer<typeof AppealAct>;

/** An act with what the person had seen. */
export const AppealActBody = z.strictObject({ version: seenVersion, act: AppealAct });
export type AppealActBody = z.infer<typeof AppealActBody>;

/** What stands in the event list of an appeal; `lit` is written by the passing of time. */
export type AppealRecord =
  | ({ type: 'filed'; no: string; light: LightIdentity } & Omit<AppealContent, 'light'>)
  | AppealAct
  | {
      type: 'lit';
      clock: string;
      from: Light | null;
      to: Light;
      becameAt: number;
      dueAt: number | null;
    };

/** 人工发牌的事由, a closed list. */
export const CARD_REASONS = [
  'attitude', // 服务态度
  'extra-material', // 要求提供办事指南之外的材料
  'not-informed-once', // 未一次性告知
  'absent', // 窗口空岗
  'offline-handling', // 体外循环、事后补录
  'fee', // 违规收费
  'refusal', // 推诿拒办
  'other', // 其他
] as const;
export type CardReason = (typeof CARD_REASONS)[number];

/** 人工发牌: a yellow or red light that an inspector gives a case by hand. */
export const CardContent = z.strictObject({
  caseNo: z.string().min(1).max(64),
  light: z.enum(['yellow', 'red']),
  department: z.string().min(1).max(64).optional().describe('Left out: the department of the case'),
  reason: z.enum(CARD_REASONS),
  text: writtenText(2000),
  basis: writtenText(1000),
});
export type CardContent = z.infer<typeof CardContent>;

/** Taking a card back. */
export const CardWithdrawal = z.strictObject({ version: seenVersion, reason: writtenText(1000) });
export type CardWithdrawal = z.infer<typeof CardWithdrawal>;

/** What stands in the event list of a card. */
export type CardRecord =
  ({ type: 'issued' } & CardContent & { department: string }) | { type: 'withdrawn'; reason: string };

/** 发牌确认: what is decided about a light that waits for a person. To cancel needs a reason. */
export const LightDecision = z
  .strictObject({
    decision: z.enum(ISSUE_DECISIONS).describe('issued: people are told of it; cancelled: it is taken away'),
    reason: writtenText(1000).optional().describe('Why; needed to cancel'),
  })
  .refine(({ decision, reason }) => decision === 'issued' || reason !== undefined, {
    path: ['reason'],
    error: 'why the light is cancelled',
  });
export type LightDecision = z.infer<typeof LightDecision>;
