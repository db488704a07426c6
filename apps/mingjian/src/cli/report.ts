import { DISTRICT_LEVELS } from '@mingjian/contracts';
import { dateTextOf } from '@mingjian/rules';
import {
  bulletinFile,
  findBulletin,
  listBulletins,
  RowScope,
  type BulletinRow,
  type Store,
} from '@mingjian/store';
import { Presenter } from '../../../monitor/src/api/present';
import { monthFigures } from '../../../monitor/src/reports/bulletin-figures';
import { titleOf } from '../../../monitor/src/reports/make-bulletin';
import { monthBulletin } from '../../../monitor/src/reports/month-bulletin';
import { monthInChinese, monthsBetween } from '../../../monitor/src/reports/report-months';
import { scoresOfMonth } from '../../../monitor/src/reports/scores-of-month';
import { bulletinSince } from '../../../monitor/src/reports/since/bulletin-since';
import { presentSince } from '../../../monitor/src/reports/since/present-since';
import { sinceDocument } from '../../../monitor/src/reports/since/since-document';
import {
  GROUPING_NAMES,
  statisticsDocument,
  statisticsTitle,
} from '../../../monitor/src/reports/statistics-document';
import { statisticsTable, type StatisticsTable } from '../../../monitor/src/reports/statistics-table';
import { unitLineTable, unitTable } from '../../../monitor/src/reports/unit-tables';
import { loadRuleBook, type LoadedRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import { openStoreOf, settingsOf } from '../engines';
import type { Io } from './io';
import { UsageError } from './io';
import { formatOf, writeReport, type FormatOptions, type Report } from './report-format';
import { chosenDir, type DirOption } from './source';

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
}

const MONTH = /^\d{4}-(0[1-9]|1[0-2])$/;
const MOST_MONTHS = 36;

/** What a report is made of. */
interface Site {
  store: Store;
  rules: LoadedRuleBook;
  scoreScheme: string;
  now: number;
}

/**
 * `mingjian report statistics | scores | bulletin`: the figures that the API has, from the rows of a data directory. It only reads, also
 * while the daemon runs, and shows everything: whoever may read the data directory may. A bulletin made here is not published: it
 * has no number and is in no archive.
 */
export async function reportCommand(what: string, options: ReportOptions, io: Io): Promise<number> {
  const make = REPORTS[what as keyof typeof REPORTS];
  if (!Object.hasOwn(REPORTS, what))
    throw new UsageError(`report ${what}: the reports are ${Object.keys(REPORTS).join(', ')}`);
  formatOf(options);
  const dir = chosenDir(options);
  const process = settingsOf('live');
  const { rulesets, calendars, scoreScheme } = process.settings;
  const rules = await loadRuleBook({ rulesets, calendars });
  const store = await openStoreOf(process, dir);
  try {
    return await writeReport(await make({ store, rules, scoreScheme, now: io.now() }, options), options, io);
  } finally {
    await store.close();
  }
}

const REPORTS = { statistics, scores, bulletin };

async function statistics({ store, rules, now }: Site, options: ReportOptions): Promise<Report> {
  const { by = 'department', level, department, district, item } = options;
  const months = monthsOf(options);
  const groupings = Object.keys(GROUPING_NAMES);
  if (!groupings.includes(by)) throw new UsageError(`--by: one of ${groupings.join(', ')}, not "${by}"`);
  const known = DISTRICT_LEVELS.find((one) => one === level);
  if (level !== undefined && (known === undefined || by !== 'district'))
    throw new UsageError(`--level goes with --by district: one of ${DISTRICT_LEVELS.join(', ')}`);
  const table = await statisticsTable(
    store,
    rules,
    { months, by: by as StatisticsTable['by'], level: known, department, district, item },
    RowScope.everything,
  );
  return { title: statisticsTitle(table), figures: table, blocks: statisticsDocument(table), madeAt: now };
}

async function scores({ store, rules, scoreScheme, now }: Site, options: ReportOptions): Promise<Report> {
  const month = monthOf(options);
  const scope = departmentScope(options, rules);
  const found = await scoresOfMonth(store, rules, scoreScheme, month, scope, now);
  if (found === null) throw new UsageError('no score scheme is set: name the file in MINGJIAN_SCORE_SCHEME');
  return {
    title: `${monthInChinese(month)}效能考评`,
    figures: found,
    blocks: [
      { kind: 'heading', text: '一、考评结果', level: 1 },
      { kind: 'paragraph', indent: true, text: `依据“${found.scheme.name}”（${found.scheme.basis}）。` },
      ...unitTable(found),
      { kind: 'heading', text: '二、得分明细', level: 1 },
      unitLineTable(found),
    ],
    madeAt: now,
  };
}

async function bulletin(site: Site, options: ReportOptions): Promise<Report> {
  const { store, rules, scoreScheme, now } = site;
  if (options.since !== undefined || options.id !== undefined) {
    const published = await publishedBulletin(site, options);
    const since = await bulletinSince({ from: store, rules, scoreScheme }, published, now);
    return {
      title: `“${published.title}”发布后的变化`,
      figures: presentSince(since, new Presenter(rules, now)),
      blocks: sinceDocument(since, rules),
      madeAt: now,
    };
  }
  const month = monthOf(options);
  const scope = departmentScope(options, rules);
  const { calendar } = rules.book.newest;
  if (month > dateTextOf(calendar.dayOf(now))) throw new UsageError(`--month ${month} has not begun yet`);
  const figures = await monthFigures({ from: store, rules, scoreScheme }, { month, now, scope });
  const department = options.department ?? null;
  return {
    title: titleOf({ kind: 'monthly', period: month }),
    figures,
    blocks: [
      { kind: 'paragraph', text: '（未编号，未发布）', align: 'right' },
      ...monthBulletin(figures, rules, department, now),
    ],
    madeAt: now,
  };
}

/** The bulletin with that id, else the last one published of the month and department. */
async function publishedBulletin({ store }: Site, options: ReportOptions): Promise<BulletinRow> {
  const { id, department } = options;
  if (id !== undefined) {
    if (!/^[1-9]\d{0,8}$/.test(id)) throw new UsageError('--id is the whole number of an archived bulletin');
    const row = await findBulletin(store, RowScope.everything, Number(id));
    if (row === null) throw new UsageError(`no bulletin has the id ${id}`);
    return row;
  }
  const month = monthOf(options);
  const filter = { kind: 'monthly', ...(department === undefined ? {} : { department }) } as const;
  const rows = await listBulletins(store, RowScope.everything, filter, MOST_BULLETINS);
  for (const row of rows)
    if (row.period === month && row.department === (department ?? null) && row.state === 'made')
      if ((await bulletinFile(store, row.id, 'json')) !== null) return row;
  throw new UsageError(`no bulletin of ${month} has been published${department ? ` for ${department}` : ''}`);
}

const MOST_BULLETINS = 5_000;

function departmentScope({ department }: ReportOptions, rules: LoadedRuleBook): RowScope {
  if (department === undefined) return RowScope.everything;
  if (!Object.hasOwn(rules.book.newest.ruleset.document.departments, department))
    throw new UsageError(`--department ${department}: the ruleset in force has no such department`);
  return RowScope.ofDepartments([department]);
}

function monthOf({ month }: ReportOptions): string {
  if (month === undefined || !MONTH.test(month)) throw new UsageError('give the month: --month YYYY-MM');
  return month;
}

function monthsOf(options: ReportOptions): string[] {
  const { month, since, until } = options;
  if (month !== undefined) return [monthOf(options)];
  if (typeof since !== 'string' || !MONTH.test(since) || !MONTH.test(until ?? since))
    throw new UsageError('give the month: --month YYYY-MM, or --since YYYY-MM --until YYYY-MM');
  const months = monthsBetween(since, until ?? since);
  if (months.length === 0) throw new UsageError('--until is before --since');
  if (months.length > MOST_MONTHS) throw new UsageError(`--since and --until: at most ${MOST_MONTHS} months`);
  return months;
}
