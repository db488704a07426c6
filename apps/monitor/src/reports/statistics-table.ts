import type { DistrictLevel } from '@mingjian/contracts';
import {
  addSums,
  delegationOf,
  DistrictTree,
  figuresOf,
  noSums,
  type Figures,
  type FigureSums,
} from '@mingjian/rules';
import {
  caseStatistics,
  complaintStatistics,
  type ComplaintStatistics,
  type Dimension,
  type GroupSums,
  type Queryable,
  RowScope,
} from '@mingjian/store';
import { delegatedCases, delegatedTally, type DelegatedCount, type DelegatedTally } from './delegated-cases';
import { namesBy } from './group-names';
import { boundsOf } from './report-months';
import { placeAt, serviceVolumes } from './service-volumes';
import type { ReportRules } from './report-rules';

/** What is asked for. */
export interface StatisticsRequest {
  months: readonly string[];
  by: Dimension | 'month';
  level?: DistrictLevel | undefined;
  department?: string | undefined;
  district?: string | undefined;
  item?: string | undefined;
  /** Counts of the running month that are no older will do; left out: up to the last case. */
  goodSince?: number;
}

/** A line of a table of statistics. */
export interface StatisticsLine {
  key: string | null;
  name: string;
  sums: FigureSums;
  figures: Figures;
  /** Place by on-time rate (net), then by mean days; null without a decided case that had a promise. */
  rank: number | null;
  /** 便民服务 counted by the day, besides the cases: a volume alone. */
  services: number;
  /** 委托下放和代办件 of the department or district; null by any other dimension, and where there is none. */
  delegated: DelegatedCount | null;
}

export interface StatisticsTable {
  months: readonly string[];
  by: Dimension | 'month';
  lines: StatisticsLine[];
  total: { sums: FigureSums; figures: Figures; services: number };
  /** 零办件单位: departments of the rules with no case in the period; only by department. */
  zeroUnits: { key: string; name: string }[];
  /** 投诉 registered in the months, by what they are about; without 检举控告. */
  complaints: ComplaintStatistics[];
  /** 下放、代办事项: how many items, and the cases that districts handled of them; each case once. */
  delegated: {
    decides: number;
    collects: number;
    cases: DelegatedTally['cases'];
  };
}

/** Statistics of months by one dimension. A ranking is of departments, districts and halls; time and items have none. */
export async function statisticsTable(
  from: Queryable,
  rules: ReportRules,
  request: StatisticsRequest,
  scope: RowScope,
): Promise<StatisticsTable> {
  const { document } = rules.book.newest.ruleset;
  const tree = new DistrictTree(document.districts);
  const { months, by, level, department, district, item, goodSince } = request;
  const only = {
    ...(department === undefined ? {} : { department: [department] }),
    ...(item === undefined ? {} : { item: [item] }),
    ...(district === undefined ? {} : { district: tree.within(district) }),
  };
  const freshness = goodSince === undefined ? {} : { goodSince };
  let groups: GroupSums[] = await caseStatistics(from, by, { months, scope, only, ...freshness });
  if (by === 'district' && level !== undefined) groups = tree.rollUp(groups, level);
  const asked = { by, department, item, districts: only.district, placeOf: placeAt(tree, level) };
  const delegated = delegatedTally(await delegatedCases(from, rules, { months, scope, ...freshness }), asked);
  const services = await serviceVolumes(from, rules, { months, ...asked }, scope);
  const isAskedFor = (key: string | null): boolean =>
    by !== 'department' || (scope.covers(key) && (department === undefined || department === key));
  for (const key of new Set([...delegated.lines.keys(), ...services.lines.keys()]))
    if (!groups.some((group) => group.key === key) && isAskedFor(key)) groups.push({ key, sums: noSums() });
  const nameOf = namesBy(by, rules, tree);
  const lines = withRanks(
    by,
    groups.map(({ key, sums }) => ({
      // Of people the name alone goes out, as it may be told.
      key: by === 'officer' && key !== null ? nameOf(key) : key,
      name: nameOf(key),
      ...{ sums, figures: figuresOf(sums), rank: null },
      services: services.lines.get(key) ?? 0,
      delegated: delegated.lines.get(key) ?? null,
    })),
  );
  const total = groups.reduce((sum, { sums }) => addSums(sum, sums), noSums());
  const busy = new Set(
    lines
      .filter((line) => line.sums.accepted + line.sums.ended + line.services > 0 || line.delegated !== null)
      .map(({ key }) => key),
  );
  const { decides, collects } = delegationOf(document);
  return {
    ...{ months, by, lines },
    total: { sums: total, figures: figuresOf(total), services: services.total },
    zeroUnits:
      by !== 'department' || Object.keys(only).length > 0
        ? []
        : Object.entries(document.departments)
            .filter(([code]) => scope.covers(code) && !busy.has(code))
            .map(([key, { name }]) => ({ key, name })),
    complaints: await complaintsOf(from, rules, months, scope, department),
    delegated: {
      ...{ decides: decides.length, collects: collects.length },
      cases: delegated.cases,
    },
  };
}

/** Complaints of whole months; those of one department where it is asked for. */
async function complaintsOf(
  from: Queryable,
  rules: ReportRules,
  months: readonly string[],
  scope: RowScope,
  department: string | undefined,
): Promise<ComplaintStatistics[]> {
  const [first, last] = [months[0], months[months.length - 1]];
  if (first === undefined || last === undefined) return [];
  if (department !== undefined && !scope.covers(department)) return [];
  const { calendar } = rules.book.newest;
  const within = department === undefined ? scope : RowScope.ofDepartments([department]);
  return complaintStatistics(from, boundsOf(first, calendar).from, boundsOf(last, calendar).until, within);
}

const RANKED: ReadonlySet<string> = new Set(['department', 'district', 'hall']);

function withRanks(by: StatisticsRequest['by'], lines: StatisticsLine[]): StatisticsLine[] {
  if (!RANKED.has(by)) return lines.sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1));
  const better = (a: StatisticsLine, b: StatisticsLine): number =>
    (b.figures.onTimeRateNet ?? -1) - (a.figures.onTimeRateNet ?? -1) ||
    (a.figures.meanDays ?? Infinity) - (b.figures.meanDays ?? Infinity) ||
    0;
  const ranked = lines.filter(({ key, figures }) => key !== null && figures.onTimeRateNet !== null);
  for (const line of ranked) line.rank = 1 + ranked.filter((other) => better(other, line) < 0).length;
  return lines.sort(
    (a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || ((a.key ?? '') < (b.key ?? '') ? -1 : 1),
  );
}
