import { DISTRICT_LEVELS } from '@mingjian/contracts';
import { dateTextOf } from '@mingjian/rules';
import { RowScope } from '@mingjian/store';
import { monthFigures } from '../../../monitor/src/reports/bulletin-figures';
import { titleOf } from '../../../monitor/src/reports/make-bulletin';
import { monthBulletin } from '../../../monitor/src/reports/month-bulletin';
import { monthInChinese } from '../../../monitor/src/reports/report-months';
import { scoresOfMonth } from '../../../monitor/src/reports/scores-of-month';
import {
  GROUPING_NAMES,
  statisticsDocument,
  statisticsTitle,
} from '../../../monitor/src/reports/statistics-document';
import { statisticsTable, type StatisticsTable } from '../../../monitor/src/reports/statistics-table';
import { unitLineTable, unitTable } from '../../../monitor/src/reports/unit-tables';
import { approvedInStore } from '../../../monitor/src/rulebook/approved-documents';
import { loadRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import { openStoreOf, settingsOf } from '../engines';
import type { Io } from './io';
import { UsageError } from './io';
import type { PlannedReport, PlanReport, ReportSite } from './planned-report';
import { formatOf, writeReport, type Report } from './report-format';
import { reportKnownAt } from './report-known-at';
import { departmentScope, monthOf, monthsOf, type ReportOptions } from './report-options';
import { sinceReport } from './report-since';
import { chosenDir } from './source';

export type { ReportOptions } from './report-options';

/**
 * `mingjian report statistics | scores | bulletin`: the figures that the API has, from the rows of a data directory, or with
 * `--known-at` what they were at a time. It only reads, also while the daemon runs, and shows everything: whoever may read the data directory
 * may. A bulletin made here is not published: it has no number and is in no archive.
 */
export async function reportCommand(what: string, options: ReportOptions, io: Io): Promise<number> {
  const plan = REPORTS[what as keyof typeof REPORTS];
  if (!Object.hasOwn(REPORTS, what))
    throw new UsageError(`report ${what}: the reports are ${Object.keys(REPORTS).join(', ')}`);
  formatOf(options);
  const isComparison = what === 'bulletin' && (options.since !== undefined || options.id !== undefined);
  if (isComparison && options.knownAt !== undefined)
    throw new UsageError('--since and --id compare a bulletin with what is known now: leave out --known-at');
  const dir = chosenDir(options);
  const process = settingsOf('live');
  const { rulesets, calendars, scoreScheme } = process.settings;
  const store = await openStoreOf(process, dir);
  try {
    const rules = await loadRuleBook({ rulesets, calendars }, await approvedInStore(store).load());
    const site = { store, rules, scoreScheme, now: io.now() };
    if (isComparison) return await writeReport(await sinceReport(site, options), options, io);
    if (options.knownAt !== undefined)
      return await writeReport(await reportKnownAt(site, plan, options, io), options, io);
    return await writeReport(await plan(options, site).make(site), options, io);
  } finally {
    await store.close();
  }
}

const REPORTS = { statistics, scores, bulletin } satisfies Record<string, PlanReport>;

function statistics(options: ReportOptions): PlannedReport {
  const { by = 'department', level, department, district, item } = options;
  const months = monthsOf(options);
  const groupings = Object.keys(GROUPING_NAMES);
  if (!groupings.includes(by)) throw new UsageError(`--by: one of ${groupings.join(', ')}, not "${by}"`);
  const known = DISTRICT_LEVELS.find((one) => one === level);
  if (level !== undefined && (known === undefined || by !== 'district'))
    throw new UsageError(`--level goes with --by district: one of ${DISTRICT_LEVELS.join(', ')}`);
  const request = { months, by: by as StatisticsTable['by'], level: known, department, district, item };
  const make = async ({ store, rules, now }: ReportSite): Promise<Report> => {
    const table = await statisticsTable(store, rules, request, RowScope.everything);
    return { title: statisticsTitle(table), figures: table, blocks: statisticsDocument(table), madeAt: now };
  };
  return { months, hasScores: false, make };
}

function scores(options: ReportOptions, { rules: inForce, scoreScheme }: ReportSite): PlannedReport {
  const month = monthOf(options);
  const scope = departmentScope(options, inForce);
  const noScheme = new UsageError('no score scheme is set: name the file in MINGJIAN_SCORE_SCHEME');
  if (scoreScheme === '') throw noScheme;
  const make = async ({ store, rules, now }: ReportSite): Promise<Report> => {
    const found = await scoresOfMonth(store, rules, scoreScheme, month, scope, now);
    if (found === null) throw noScheme;
    return {
      title: `${monthInChinese(month)}效能考评`,
      figures: found,
      blocks: [
        { kind: 'heading', text: '一、考评结果', level: 1 },
        {
          kind: 'paragraph',
          indent: true,
          text: `依据“${found.scheme.name}”（${found.scheme.basis}）。`,
        },
        ...unitTable(found),
        { kind: 'heading', text: '二、得分明细', level: 1 },
        unitLineTable(found),
      ],
      madeAt: now,
    };
  };
  return { months: [month], hasScores: true, make };
}

function bulletin(
  options: ReportOptions,
  { rules: inForce, scoreScheme, now: at }: ReportSite,
): PlannedReport {
  const month = monthOf(options);
  const scope = departmentScope(options, inForce);
  if (month > dateTextOf(inForce.book.newest.calendar.dayOf(at)))
    throw new UsageError(`--month ${month} has not begun yet`);
  const make = async ({ store, rules, now }: ReportSite): Promise<Report> => {
    const figures = await monthFigures({ from: store, rules, scoreScheme }, { month, now, scope });
    return {
      title: titleOf({ kind: 'monthly', period: month }),
      figures,
      blocks: [
        { kind: 'paragraph', text: '（未编号，未发布）', align: 'right' },
        ...monthBulletin(figures, rules, options.department ?? null, now),
      ],
      madeAt: now,
    };
  };
  return { months: [month], hasScores: scoreScheme !== '', make };
}
