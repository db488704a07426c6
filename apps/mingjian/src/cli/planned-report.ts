import type { Store } from '@mingjian/store';
import type { ReportRules } from '../../../monitor/src/reports/report-rules';
import type { Report } from './report-format';
import type { ReportOptions } from './report-options';

/** What a report is made of. */
export interface ReportSite {
  store: Store;
  rules: ReportRules;
  scoreScheme: string;
  /** The instant of which it is true, epoch ms. */
  now: number;
}

/** A report that can be made: its options are good. */
export interface PlannedReport {
  months: readonly string[];
  hasScores: boolean;
  make: (site: ReportSite) => Promise<Report>;
}

/** @throws UsageError for options that are not good; nothing long has begun then. */
export type PlanReport = (options: ReportOptions, site: ReportSite) => PlannedReport;
