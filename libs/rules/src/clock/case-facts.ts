import type { CannotExpress } from '@mingjian/contracts';
import type { CaseOutcome, Finding } from '../verdict';

/** 特别程序: a suspension as reported. `to` is null while it is open. */
export interface Suspension {
  eventId: string;
  from: number;
  to: number | null;
  ground: string | null;
  notice: string | null;
  approver: string | null;
  daysApplied: number | null;
  /** What the format of its source has no field for. */
  cannotExpress: readonly CannotExpress[];
}

/** 延长审批: an extension as reported; whether it counts is decided per clock. */
export interface Extension {
  eventId: string;
  at: number;
  days: number;
  approver: string | null;
  notice: string | null;
  /** What the format of its source has no field for; left out: it has them all. */
  cannotExpress?: readonly CannotExpress[];
}

/** One run of a step (环节). A run reported only by its end has no start; nothing is invented for it. */
export interface StepRun {
  step: string;
  /** 1 for the first run of this step, 2 when it is done again … */
  run: number;
  startedAt: number | null;
  finishedAt: number | null;
  post: string | null;
  /** As named by the first event of the run. */
  department: string | null;
  /** Of the event that ended it or, while it runs, began it. */
  cannotExpress: readonly CannotExpress[];
}

/** 补正: a correction notice and, when it came, the complement. */
export interface Correction {
  /** Of the notice. */
  eventId: string;
  requestedAt: number;
  receivedAt: number | null;
}

/** 收费: one charge, in yuan. */
export interface Fee {
  at: number;
  amount: number;
}

/** Limits and due instants that the case itself carries. */
export interface CarriedLimits {
  promiseLimit: string | null;
  statutoryLimit: string | null;
  promiseDueAt: number | null;
  statutoryDueAt: number | null;
  /** 延续: the last instant at which the permit to be renewed is valid. */
  permitExpiresAt: number | null;
}

/** 指派检验人员: how many persons were assigned. */
export interface Assignment {
  eventId: string;
  at: number;
  inspectors: number;
}

/** 听证申请, with the notice of the right to one (听证权利告知) that came last before it. */
export interface HearingRequest {
  eventId: string;
  at: number;
  informedAt: number | null;
}

/** 听证: what was requested, announced and held, each in order. */
export interface HearingFacts {
  informedAt: number | null;
  requests: HearingRequest[];
  notifiedAt: number[];
  heldAt: number[];
}

/** 评价: a rating; whether it is bad the ruleset says. */
export interface Rating {
  source: string;
  eventId: string;
  at: number;
  receivedAt: number | null;
  grade: number;
  hasRealName: boolean;
  /** 差评标签, as reported. */
  tags: readonly string[];
}

/** 回访, 整改: what answers a rating; `rating` is the id of the event that it names. */
export interface RatingAnswer {
  at: number;
  type: 'contact' | 'rectification';
  rating: string | null;
}

/** 好差评: ratings and answers, in order. */
export interface RatingFacts {
  ratings: Rating[];
  answers: RatingAnswer[];
}

/** What a timeline says, folded; independent of any ruleset or calendar. Instants are epoch ms. */
export interface CaseFacts {
  caseNo: string;
  item: string | null;
  /** As named first by an event that is none of a step: who answers for the case. */
  department: string | null;
  /** As named first by any event: who answers where neither such an event nor the item says so. */
  stepDepartment: string | null;
  /** Where the case is handled, as named first by any event. */
  district: string | null;
  hall: string | null;
  submittedAt: number | null;
  acceptedAt: number | null;
  notAcceptedAt: number | null;
  corrections: Correction[];
  suspensions: Suspension[];
  /** Suspensions whose end was reported for an earlier time than any start: ids of events. */
  namedEnds: Set<string>;
  extensions: Extension[];
  steps: StepRun[];
  decidedAt: number | null;
  result: string | null;
  deliveredAt: number | null;
  /** Deliveries reported after the first one, in order. */
  laterDeliveries: readonly number[];
  /** Charges with an amount, in order. */
  fees: readonly Fee[];
  /** 退件: when the case was returned, in order. */
  returns: readonly number[];
  /** Withdrawn, returned, voided or forwarded: whatever came first. */
  ended: { at: number; outcome: CaseOutcome } | null;
  carried: CarriedLimits;
  assignments: readonly Assignment[];
  /** Null for the many cases without. */
  hearing: HearingFacts | null;
  ratings: RatingFacts | null;
  firstEventAt: number;
  findings: Finding[];
}
