import { RowScope } from '@mingjian/store';
import { monthsBetween } from '../../../monitor/src/reports/report-months';
import type { ReportRules } from '../../../monitor/src/reports/report-rules';
import { UsageError } from './io';
import type { FormatOptions } from './report-format';
import type { DirOption } from './source';

export interface ReportOptions extends DirOption, FormatOptions {
  month?: string;
  /** Statistics: the first month. A bulletin: without a value, what changed since it was published. */
  since?: string | boolean;
  until?: string;
  by?: string;
  level?: string;
  department?: string;
  district?: string;
  item?: string;
  id?: string;
  /** With what was known at this time; left out: with what is known now. */
  knownAt?: string;
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const MOST_MONTHS = 36;

/** Everything, or the department of `--department`. @throws UsageError where the rules have no such department */
export function departmentScope({ department }: ReportOptions, rules: ReportRules): RowScope {
  if (department === undefined) return RowScope.everything;
  if (!Object.hasOwn(rules.book.newest.ruleset.document.departments, department))
    throw new UsageError(`--department ${department}: the ruleset in force has no such department`);
  return RowScope.ofDepartments([department]);
}

/** The month of `--month`. @throws UsageError */
export function monthOf({ month }: ReportOptions): string {
  if (month === undefined || !MONTH.test(month)) throw new UsageError('give the month: --month YYYY-MM');
  return month;
}

/** The month of `--month`, or those of `--since` and `--until`, both included. @throws UsageError */
export function monthsOf(options: ReportOptions): string[] {
  const { month, since, until } = options;
  if (month !== undefined) return [monthOf(options)];
  if (typeof since !== 'string' || !MONTH.test(since) || !MONTH.test(until ?? since))
    throw new UsageError('give the month: --month YYYY-MM, or --since YYYY-MM --until YYYY-MM');
  const months = monthsBetween(since, until ?? since);
  if (months.length === 0) throw new UsageError('--until is before --since');
  if (months.length > MOST_MONTHS) throw new UsageError(`--since and --until: at most ${MOST_MONTHS} months`);
  return months;
}
