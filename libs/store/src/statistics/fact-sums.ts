import type { FigureSums } from '@mingjian/rules';

/** Sums that the facts of cases give; `upheld` comes from the lights that appeals took away. */
export type SumName = Exclude<keyof FigureSums, 'upheld'>;

/** What cases may be grouped by, as columns of `case_fact` and `month_sum`. */
export const DIMENSIONS = {
  district: 'district',
  hall: 'hall',
  department: 'department',
  item: 'item_code',
  class: 'item_class',
  post: 'post',
  officer: 'officer',
} as const;
export type Dimension = keyof typeof DIMENSIONS;

/** Columns of `month_sum` in which its sums stand. */
export const SUM_COLUMNS: Readonly<Record<SumName, string>> = {
  accepted: 'accepted',
  ended: 'ended',
  decided: 'decided',
  withoutResult: 'without_result',
  promised: 'promised',
  latePromise: 'late_promise',
  lateStatutory: 'late_statutory',
  early: 'early',
  sameDay: 'same_day',
  onTheSpot: 'on_the_spot',
  timed: 'timed',
  usedDays: 'used_days',
  promiseDays: 'promise_days',
  promiseUsed: 'promise_used',
  statutory: 'statutory',
  statutoryDays: 'statutory_days',
  statutoryUsed: 'statutory_used',
  joint: 'joint',
  savedDays: 'saved_days',
  suspended: 'suspended',
  suspendedDays: 'suspended_days',
  reopened: 'reopened',
  incomplete: 'incomplete',
  ratings: 'ratings',
  badRatings: 'bad_ratings',
  gradeSum: 'grade_sum',
};

const PROMISED = 'decided = 1 AND promise_days IS NOT NULL AND used_days IS NOT NULL';
const STATUTORY = 'decided = 1 AND statutory_days IS NOT NULL AND used_days IS NOT NULL';
const when = (condition: string, value = '1'): string =>
  `SUM(CASE WHEN ${condition} THEN ${value} ELSE 0 END)`;

/** The sums of ended cases, over facts. docs/statistics.md says the same in words. */
export const SUMS_OF_ENDED: Readonly<Record<Exclude<SumName, 'accepted'>, string>> = {
  ended: 'COUNT(*)',
  decided: 'SUM(decided)',
  withoutResult: when('decided = 0'),
  promised: when(PROMISED),
  latePromise: when(PROMISED, 'late_promise'),
  lateStatutory: when(STATUTORY, 'late_statutory'),
  early: when(PROMISED, 'early'),
  sameDay: 'SUM(same_day)',
  onTheSpot: when("decided = 1 AND item_class = 'on-the-spot'"),
  timed: when('decided = 1 AND used_days IS NOT NULL'),
  usedDays: when('decided = 1 AND used_days IS NOT NULL', 'used_days'),
  promiseDays: when(PROMISED, 'promise_days'),
  promiseUsed: when(PROMISED, 'used_days'),
  statutory: when(STATUTORY),
  statutoryDays: when(STATUTORY, 'statutory_days'),
  statutoryUsed: when(STATUTORY, 'used_days'),
  joint: when("decided = 1 AND item_class = 'joint'"),
  savedDays: 'SUM(saved_days)',
  suspended: when('suspended_days > 0'),
  suspendedDays: 'SUM(suspended_days)',
  reopened: 'SUM(reopened)',
  incomplete: 'SUM(incomplete)',
  ratings: 'SUM(ratings)',
  badRatings: 'SUM(bad_ratings)',
  gradeSum: 'SUM(grade_sum)',
};

/** Names of the sums of ended cases, in one order for all statements. */
export const ENDED_SUMS = Object.keys(SUMS_OF_ENDED) as Exclude<SumName, 'accepted'>[];
