/**
 * What the simulator lets go wrong on purpose, at most one per case. A closed list: detectors are measured against it.
 * It is no complete list of lights: a case over its promise has an overdue step as well.
 */
export const MISCONDUCT_KINDS = [
  'over-promise', // 超承诺时限
  'over-statutory', // 超法定时限
  'step-overdue', // 环节超时, while the case is in time
  'acceptance-silent', // no answer within 5 working days of receipt
  'suspension-without-notice', // 特别程序 without written notice or approver
  'suspension-overrun', // resumed later than the days applied for
  'suspension-never-resumed', // 特别程序 without end
  'extension-without-approver',
  'extension-too-long', // more than 10 (joint: 15) working days
  'delivery-overdue', // 送达 later than 10 working days after the decision
  'fabricated-steps', // every step reported with the time of completion, after the end
  'end-before-start', // a step that ends before it starts: a clock set wrong, or a record made up
  'late-upload', // 事后录入: reported days after it happened
  'unknown-item', // an item of no ruleset
] as const;
export type MisconductKind = (typeof MISCONDUCT_KINDS)[number];

/** Ground truth for detectors. */
export interface InjectedMisconduct {
  kind: MisconductKind;
  caseNo: string;
  item: string;
  department: string;
  /** Date of submission in the city, YYYY-MM-DD. */
  date: string;
}
