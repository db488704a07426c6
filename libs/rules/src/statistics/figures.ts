/**
 * Sums over case facts of a group and a period; every figure follows from them, and sums of parts add up to the sum of
 * the whole. Rates of rates are never taken.
 */
export interface FigureSums {
  /** 受理. */
  accepted: number;
  /** Ended, with a result or without. */
  ended: number;
  decided: number;
  /** Ended without a result: withdrawn, returned, voided, not accepted. */
  withoutResult: number;
  /** Decided cases that had a promise. */
  promised: number;
  latePromise: number;
  lateStatutory: number;
  /** Late by the record, of which an appeal took the red light of the promise away. */
  upheld: number;
  early: number;
  sameDay: number;
  /** 即办件. */
  onTheSpot: number;
  /** Decided cases with a known number of days used, and those days. */
  timed: number;
  usedDays: number;
  /** Of decided cases with that limit: their limits, and what they used of them. */
  promiseDays: number;
  promiseUsed: number;
  statutory: number;
  statutoryDays: number;
  statutoryUsed: number;
  joint: number;
  savedDays: number;
  suspended: number;
  suspendedDays: number;
  reopened: number;
  incomplete: number;
  ratings: number;
  badRatings: number;
  gradeSum: number;
}

/** Names of all sums, in their order. */
export const FIGURE_SUMS = [
  'accepted',
  'ended',
  'decided',
  'withoutResult',
  'promised',
  'latePromise',
  'lateStatutory',
  'upheld',
  'early',
  'sameDay',
  'onTheSpot',
  'timed',
  'usedDays',
  'promiseDays',
  'promiseUsed',
  'statutory',
  'statutoryDays',
  'statutoryUsed',
  'joint',
  'savedDays',
  'suspended',
  'suspendedDays',
  'reopened',
  'incomplete',
  'ratings',
  'badRatings',
  'gradeSum',
] as const satisfies readonly (keyof FigureSums)[];

/** No case at all. */
export function noSums(): FigureSums {
  return Object.fromEntries(FIGURE_SUMS.map((name) => [name, 0])) as unknown as FigureSums;
}

/** The sum of two groups that share no case. */
export function addSums(a: FigureSums, b: FigureSums): FigureSums {
  return Object.fromEntries(FIGURE_SUMS.map((name) => [name, a[name] + b[name]])) as unknown as FigureSums;
}

/** What the offices publish. Rates are parts of one; null where there is nothing to divide by. */
export interface Figures {
  /** 按时办结率, by the record, and net of lights that appeals took away. */
  onTimeRate: number | null;
  onTimeRateNet: number | null;
  /** 提前办结率. */
  earlyRate: number | null;
  /** 平均办理时间, working days. */
  meanDays: number | null;
  /** 提速: mean working days below the limit, and their part of it. */
  daysBelowStatutory: number | null;
  speedUpStatutory: number | null;
  daysBelowPromise: number | null;
  speedUpPromise: number | null;
  /** 即办件占比. */
  onTheSpotShare: number | null;
  /** 并联审批平均节省, working days a case. */
  meanSavedDays: number | null;
  /** 退办率: ended without a result. */
  withoutResultRate: number | null;
  reopenedRate: number | null;
  incompleteRate: number | null;
  /** 满意率: ratings that are not bad; and the mean grade. */
  satisfaction: number | null;
  meanGrade: number | null;
}

/** The published figures of a group. Pure. */
export function figuresOf(sums: FigureSums): Figures {
  const late = sums.latePromise;
  return {
    onTimeRate: part(sums.promised - late, sums.promised),
    onTimeRateNet: part(sums.promised - late + sums.upheld, sums.promised),
    earlyRate: part(sums.early, sums.promised),
    meanDays: part(sums.usedDays, sums.timed),
    daysBelowStatutory: part(sums.statutoryDays - sums.statutoryUsed, sums.statutory),
    speedUpStatutory: part(sums.statutoryDays - sums.statutoryUsed, sums.statutoryDays),
    daysBelowPromise: part(sums.promiseDays - sums.promiseUsed, sums.promised),
    speedUpPromise: part(sums.promiseDays - sums.promiseUsed, sums.promiseDays),
    onTheSpotShare: part(sums.onTheSpot, sums.decided),
    meanSavedDays: part(sums.savedDays, sums.joint),
    withoutResultRate: part(sums.withoutResult, sums.ended),
    reopenedRate: part(sums.reopened, sums.decided),
    incompleteRate: part(sums.incomplete, sums.ended),
    satisfaction: part(sums.ratings - sums.badRatings, sums.ratings),
    meanGrade: part(sums.gradeSum, sums.ratings),
  };
}

function part(of: number, whole: number): number | null {
  return whole === 0 ? null : of / whole;
}
