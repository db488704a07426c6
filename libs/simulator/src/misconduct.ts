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
  'back-dated', // 倒填: decided too late, and written down as if in time
  'off-hours-work', // reviewed and approved in the middle of the night
  'overtaken-step', // 审核 finished before 承办, which it reviews
  'reopened', // decided, then reviewed and decided again
  'filed-again', // taken back shortly before the limit and filed again by the same applicant
  'suspension-just-before-due', // 特别程序 in the last moments of the promise
  'double-intake', // 体外循环: entered long after the paper came in; the applicant says so, the record does not
] as const;
export type MisconductKind = (typeof MISCONDUCT_KINDS)[number];

/** What a department makes a habit of for a month; only on demand. Single cases look innocent: the many give it away. */
export const HABIT_KINDS = [
  'round-times', // times written down by hand, on the full and half hour
  'just-before-limit', // held until the last minutes of the promise
  'off-hours-habit', // half the cases approved at night
  'bulk-closing', // everything decided at the end of the week, in two or three minutes
  'zero-case-month', // nothing entered at all
] as const;
export type HabitKind = (typeof HABIT_KINDS)[number];
export type InjectedKind = MisconductKind | HabitKind;

/**
 * What goes wrong in a city: `usual` as in a real one, `none` in a clean one (people still hurry, sign in batches, enter
 * things the next morning and work on Saturdays), or these kinds alone, more often than in life so that detection can be
 * measured.
 */
export type MisconductChoice = 'usual' | 'none' | readonly InjectedKind[];

/** Of the cases that can take one of the chosen kinds, so many do. */
export const CHOSEN_RATE = 0.04;
/** Of the department months, so many have a chosen habit. */
export const HABIT_RATE = 0.25;

/** Ground truth for detectors. */
export interface InjectedMisconduct {
  kind: InjectedKind;
  /** Null for a month without cases. */
  caseNo: string | null;
  item: string | null;
  department: string;
  /** Date of submission in the city, YYYY-MM-DD; of a habit the day on which it showed. */
  date: string;
}
