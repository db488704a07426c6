import { z } from 'zod';

/**
 * 环节事件类型. What can happen to a case (办件).
 * `complaint.*` events belong to a later family and are not part of this list.
 */
export const STEP_EVENT_TYPES = [
  'case.submitted', // 申办 / 接件
  'case.correction-requested', // 补正告知
  'case.correction-received', // 补正受理
  'case.accepted', // 受理
  'case.not-accepted', // 不予受理 / 不受理
  'step.started', // 环节开始
  'step.finished', // 环节结束
  'case.suspended', // 特别程序开始, 挂起
  'case.resumed', // 特别程序结束, 恢复
  'case.extended', // 延长审批
  'case.forwarded', // 转报 / 上报
  'case.decided', // 办结
  'case.delivered', // 送达 / 领取
  'case.withdrawn', // 撤回
  'case.returned', // 退件
  'case.voided', // 作废
  'fee.charged', // 收费
  'inspectors.assigned', // 指派检验、检测、检疫人员
  'hearing.informed', // 听证权利告知
  'hearing.requested', // 听证申请
  'hearing.notified', // 听证通知
  'hearing.held', // 听证举行
  'case.rated', // 好差评
  'rating.contacted', // 差评回访
  'rating.rectified', // 差评整改完成
  'event.retracted', // an earlier event of the same source was wrong
  'service.counted', // 便民服务计数: so many convenience items of one kind, on one day; no case
] as const;
export type StepEventType = (typeof STEP_EVENT_TYPES)[number];

/**
 * What a department's format may have no field for. The event then says so itself, and a finding can tell "the format
 * cannot say it" from "the department left it out"; a time that nobody reported is never made up.
 */
export const CANNOT_EXPRESS = [
  'step-start', // a step is reported by its end alone
  'step-times', // all steps are reported with the time of completion
  'suspension-end', // the end of a suspension is not reported
  'approver', // who approved a suspension or an extension is not reported
  'notice', // whether the applicant was told in writing of a suspension or an extension is not reported
] as const;
export type CannotExpress = (typeof CANNOT_EXPRESS)[number];

const instant = z.iso.datetime({
  offset: true,
  error: 'an RFC 3339 time with seconds and offset; write it like 2026-09-14T10:00:00+08:00',
});
const limitText = z
  .string()
  .regex(
    /^\d+(wd|wh|wm|ws|d!?|h)(@time)?$/,
    'a limit such as 20wd, 7wd@time, 160wh, 60d, 56d!@time or 48h; units are never guessed',
  );

/** Data that any event may carry; each type below says what it needs. Unknown members are kept and ignored. */
export const StepEventData = z.looseObject({
  item: z.string().min(1).optional(),
  department: z.string().min(1).optional(),
  /** Where the case is handled, for closures and hours of that place: district code, hall. */
  district: z.string().min(1).optional(),
  hall: z.string().min(1).optional(),
  /** Who applied, as a keyed hash that the department makes: tells one applicant from another. Never a name or a number of a person. */
  applicant: z
    .string()
    .regex(
      /^[0-9a-f]{16,64}$/,
      'a keyed hash of 16 to 64 hexadecimal digits, in small letters; never a name or the number of an identity card',
    )
    .optional(),
  step: z.string().min(1).optional(),
  post: z.string().optional(),
  officer: z.string().optional(),
  result: z.string().optional(),
  /** Limits that the case itself carries (a department's own record of promise and law). */
  promiseLimit: limitText.optional(),
  statutoryLimit: limitText.optional(),
  /** Due instants that the case itself carries. */
  promiseDueAt: instant.optional(),
  statutoryDueAt: instant.optional(),
  /** Suspension: ground (Art. 45), number of the written notice, approver, working days applied for. */
  ground: z.string().optional(),
  notice: z.string().optional(),
  approver: z.string().optional(),
  daysApplied: z.number().int().nonnegative().optional(),
  /** On `case.resumed`: the id of the `case.suspended` that it ends, where several run at once. */
  suspension: z.string().optional(),
  /** Extension: working days granted. */
  days: z.number().int().positive().optional(),
  /** `event.retracted`: the id of the event of the same source that was wrong. */
  retracts: z.string().min(1).optional(),
  reason: z.string().optional(),
  /** 差评标签 of `case.rated`, as the rating platform words them. */
  tags: z.array(z.string().min(1)).optional(),
  amount: z.number().nonnegative().optional(),
  grade: z.number().int().min(1).max(5).optional(),
  /** 实名评价: the rating names a person who can be called back. */
  realName: z.boolean().optional(),
  /** `rating.contacted`, `rating.rectified`: the id of the `case.rated` that is answered, where there are several. */
  rating: z.string().optional(),
  /** `inspectors.assigned`: how many persons were assigned. */
  inspectors: z.number().int().nonnegative().optional(),
  /** `hearing.notified`: when the hearing is to be held. */
  hearingAt: instant.optional(),
  /** What the format of the source has no field for; set by its mapping. */
  cannotExpress: z.array(z.enum(CANNOT_EXPRESS)).optional(),
  /**
   * `service.counted`: how many items were done, and on which local day; at which window, where it is told. `subject` names what is
   * counted (`2026-03-02/tax/G0101/3`): told again by the same source, the count with the later `time` holds.
   */
  count: z.number().int().nonnegative().max(1_000_000_000).optional(),
  date: z.iso.date({ error: 'a local date, written YYYY-MM-DD' }).optional(),
  window: z.string().min(1).max(64).optional(),
  /** Renewal: the last instant at which the permit to be renewed is valid. */
  permitExpiresAt: instant.optional(),
});
export type StepEventData = z.infer<typeof StepEventData>;

/**
 * A step event as it crosses process borders: CloudEvents 1.0, structured JSON.
 * (source, id) identifies it; `subject` is the case number; `time` is when it happened according to the
 * department; `receivedat` when we got it.
 */
export const StepEvent = z
  .looseObject({
    specversion: z.literal('1.0'),
    id: z.string().min(1).max(128),
    source: z.string().min(1).max(128),
    type: z.enum(STEP_EVENT_TYPES),
    subject: z.string().min(1).max(64),
    time: instant,
    receivedat: instant.optional(),
    datacontenttype: z.string().optional(),
    data: StepEventData.default({}),
  })
  .superRefine((event, context) => {
    const need = (field: string, why: string): void => {
      if ((event.data as Record<string, unknown>)[field] === undefined)
        context.addIssue({
          code: 'custom',
          path: ['data', field],
          message: `a value; ${event.type} needs it: ${why}`,
        });
    };
    if (event.type === 'step.started' || event.type === 'step.finished')
      need('step', 'which step started or finished');
    if (event.type === 'case.extended') need('days', 'how many working days were granted');
    if (event.type === 'inspectors.assigned') need('inspectors', 'how many persons were assigned');
    if (event.type === 'service.counted') {
      need('count', 'how many were done');
      need('date', 'on which day');
      need('item', 'of which item');
      need('department', 'by which department');
    }
    if (event.type === 'event.retracted') need('retracts', 'which event of this source was wrong');
  });
export type StepEvent = z.infer<typeof StepEvent>;

/**
 * A step event as the rules read it. Instants are epoch milliseconds (UTC); `receivedAt` is null where an
 * event never passed a collector (files given to `mingjian judge`).
 */
export interface TimelineEvent {
  source: string;
  id: string;
  type: StepEventType;
  caseNo: string;
  occurredAt: number;
  receivedAt: number | null;
  data: StepEventData;
}

/** The same event inside the rules. The event must have passed {@link StepEvent}. */
export function toTimelineEvent(event: StepEvent): TimelineEvent {
  return {
    source: event.source,
    id: event.id,
    type: event.type,
    caseNo: event.subject,
    occurredAt: Date.parse(event.time),
    receivedAt: event.receivedat === undefined ? null : Date.parse(event.receivedat),
    data: event.data,
  };
}
