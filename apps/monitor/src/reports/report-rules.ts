import type { LoadedRuleBook } from '../rulebook/load-rule-book';

/** The rules that a report is counted and worded by: those in force, or those of then. */
export type ReportRules = Pick<LoadedRuleBook, 'book'>;
