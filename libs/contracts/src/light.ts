/** 灯: the colours of a light, worst first. Grey (灰) means "not known", and not known is not green. */
export const LIGHTS = ['red', 'yellow', 'grey', 'green'] as const;
export type Light = (typeof LIGHTS)[number];

/** Kinds of case clocks (案件时钟). A step's clock is `step:<step code>`, its second run `step:<step code>#2`. */
export const CLOCK_KINDS = [
  'acceptance', // 受理时限
  'promise', // 承诺时限
  'statutory', // 法定时限
  'forwarding', // 初审上报时限
  'renewal', // 延续时限
  'suspension', // 特别程序时限
  'inspection', // 指派检验人员时限
  'hearing', // 组织听证时限
  'hearing-notice', // 听证通知时限
  'issuance', // 默许后补发时限
  'delivery', // 送达时限
  'step', // 环节时限
  'rating-contact', // 差评回访时限
  'rectification', // 差评整改时限
] as const;
export type ClockKind = (typeof CLOCK_KINDS)[number];

/** What a light change is of: a clock of the case, or a card that a person gave out (人工发牌). */
export const LIGHT_KINDS = [...CLOCK_KINDS, 'manual'] as const;
export type LightKind = (typeof LIGHT_KINDS)[number];

/** Why a light changed, or why a change no longer holds. `manual` and `appeal` are acts of people. */
export const LIGHT_CHANGE_REASONS = [
  'time',
  'event',
  'late_data',
  'calendar',
  'rule',
  'appeal',
  'manual',
] as const;
export type LightChangeReason = (typeof LIGHT_CHANGE_REASONS)[number];

export const FINDING_SEVERITIES = ['notice', 'warning', 'serious'] as const;
export type FindingSeverity = (typeof FINDING_SEVERITIES)[number];

/** 发牌方式: a light comes on by itself, or waits for a person to confirm it. */
export const ISSUE_MODES = ['automatic', 'confirmed'] as const;
export type IssueMode = (typeof ISSUE_MODES)[number];

/** What a person decides about a light that waits: 发牌 or 取消. */
export const ISSUE_DECISIONS = ['issued', 'cancelled'] as const;
export type IssueDecision = (typeof ISSUE_DECISIONS)[number];

/** 发牌状态: 已发 Y, 待发 D, 撤销 C (taken away after it was issued), 取消 Q (never issued). */
export const CARD_STATES = ['issued', 'waiting', 'withdrawn', 'cancelled'] as const;
export type CardState = (typeof CARD_STATES)[number];

/** Who a light is reported to: 岗位, 部门负责人, 分管领导, 监察机关. */
export const RECIPIENTS = ['post', 'department-head', 'supervisor', 'inspection-office'] as const;
export type Recipient = (typeof RECIPIENTS)[number];
