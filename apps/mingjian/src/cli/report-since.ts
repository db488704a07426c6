import { bulletinFile, findBulletin, listBulletins, RowScope, type BulletinRow } from '@mingjian/store';
import { Presenter } from '../../../monitor/src/api/present';
import { bulletinSince } from '../../../monitor/src/reports/since/bulletin-since';
import { presentSince } from '../../../monitor/src/reports/since/present-since';
import { sinceDocument } from '../../../monitor/src/reports/since/since-document';
import type { LoadedRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import { UsageError } from './io';
import type { Report } from './report-format';
import { monthOf, type ReportOptions } from './report-options';
import type { ReportSite } from './planned-report';

/** What changed since a bulletin was published, and why. @throws UsageError where none was */
export async function sinceReport(
  site: ReportSite & { rules: LoadedRuleBook },
  options: ReportOptions,
): Promise<Report> {
  const { store, rules, scoreScheme, now } = site;
  const published = await publishedBulletin(site, options);
  const since = await bulletinSince({ from: store, rules, scoreScheme }, published, now);
  return {
    title: `“${published.title}”发布后的变化`,
    figures: presentSince(since, new Presenter(rules, now)),
    blocks: sinceDocument(since, rules),
    madeAt: now,
  };
}

/** The bulletin with that id, else the last one published of the month and department. */
async function publishedBulletin({ store }: ReportSite, options: ReportOptions): Promise<BulletinRow> {
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
