import { DistrictTree, type FigureSums } from '@mingjian/rules';
import { combinedStatistics, type Queryable, type StatisticsFilter } from '@mingjian/store';
import type { ReportRules } from './report-rules';

/** Cases of an item that was handed down, as one district handled them. */
export interface DelegatedCases {
  item: string;
  /** 委托下放: the district decides; 代办: it takes in and hands on. */
  as: 'decides' | 'collects';
  /** Whose item it is. */
  owner: string | null;
  /** Who handled them, and where. */
  department: string | null;
  district: string;
  sums: FigureSums;
}

/**
 * 委托下放和代办件: cases of items that a department handed down, handled in a district that the item names or below it. A case of
 * such an item that another place handled is none. Of the cases that may be read.
 */
export async function delegatedCases(
  from: Queryable,
  rules: ReportRules,
  filter: Omit<StatisticsFilter, 'only'>,
): Promise<DelegatedCases[]> {
  const { items, districts } = rules.book.newest.ruleset.document;
  const tree = new DistrictTree(districts);
  const handedDown = new Map(
    Object.entries(items).flatMap(([item, { delegated, department }]) =>
      delegated === undefined
        ? []
        : [
            [
              item,
              {
                ...{ as: delegated.as, owner: department ?? null },
                to: new Set(delegated.to.flatMap((code) => tree.within(code))),
              },
            ] as const,
          ],
    ),
  );
  if (handedDown.size === 0) return [];
  const groups = await combinedStatistics(from, ['item', 'district', 'department'], {
    ...filter,
    only: { item: [...handedDown.keys()] },
  });
  return groups.flatMap(({ keys: [item, district, department], sums }) => {
    const rule = handedDown.get(item ?? '');
    if (rule === undefined || district === null || district === undefined || !rule.to.has(district))
      return [];
    return [
      { ...{ item: item!, as: rule.as, owner: rule.owner }, department: department ?? null, district, sums },
    ];
  });
}

/** How many cases of items that were handed down count in a line. */
export interface DelegatedCount {
  accepted: number;
  decided: number;
  /** Of the decided ones: those that stand among the figures of another line, of whoever handled them. */
  byOthers: number;
}

/** Which of them are asked for, and under what they are to be counted. */
export interface TallyRequest {
  by: string;
  department: string | undefined;
  item: string | undefined;
  districts: readonly string[] | undefined;
  /** The district that one is rolled up to. */
  placeOf: (district: string) => string;
}

export interface DelegatedTally {
  /** By owner or by district; empty where it is grouped by something else. */
  lines: Map<string | null, DelegatedCount>;
  /** All of them, each once. */
  cases: Record<DelegatedCases['as'], { accepted: number; decided: number }>;
}

/**
 * Counts them under both: under the department whose items they are of (by `department`), and under the district that handled them
 * (by `district`). What stands in both is one case, and one in `cases`.
 */
export function delegatedTally(
  all: readonly DelegatedCases[],
  { by, department, item, districts, placeOf }: TallyRequest,
): DelegatedTally {
  const tally: DelegatedTally = {
    lines: new Map(),
    cases: { decides: { accepted: 0, decided: 0 }, collects: { accepted: 0, decided: 0 } },
  };
  for (const one of all) {
    if (department !== undefined && one.owner !== department && one.department !== department) continue;
    if (item !== undefined && one.item !== item) continue;
    if (districts !== undefined && !districts.includes(one.district)) continue;
    const { accepted, decided } = one.sums;
    tally.cases[one.as].accepted += accepted;
    tally.cases[one.as].decided += decided;
    if (by !== 'department' && by !== 'district') continue;
    const key = by === 'department' ? one.owner : placeOf(one.district);
    const count = tally.lines.get(key) ?? { accepted: 0, decided: 0, byOthers: 0 };
    count.accepted += accepted;
    count.decided += decided;
    if (by === 'department' && one.department !== one.owner) count.byOthers += decided;
    tally.lines.set(key, count);
  }
  return tally;
}
