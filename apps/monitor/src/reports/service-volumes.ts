import type { DistrictTree } from '@mingjian/rules';
import { serviceSums, type Dimension, type Queryable, type RowScope, type ServiceSum } from '@mingjian/store';
import type { ReportRules } from './report-rules';

/** Which counts are asked for, and under what they are to be shown. */
export interface VolumeRequest {
  months: readonly string[];
  by: Dimension | 'month';
  department?: string | undefined;
  item?: string | undefined;
  /** Only these districts. */
  districts?: readonly string[] | undefined;
  /** The district that one is rolled up to. */
  placeOf: (district: string) => string;
}

/** 便民服务件数: how many there were, by group and in all. */
export interface ServiceVolumes {
  /** Empty for what a count does not tell: post and officer. */
  lines: Map<string | null, number>;
  total: number;
}

/**
 * 便民服务 that sources count by the day (`service.counted`): a volume and nothing more, with no case and no limit behind it. A count that
 * names no place belongs to that of its department.
 */
export async function serviceVolumes(
  from: Queryable,
  { book }: ReportRules,
  request: VolumeRequest,
  scope: RowScope,
): Promise<ServiceVolumes> {
  const { departments, items } = book.newest.ruleset.document;
  const { months, by, department, item, districts, placeOf } = request;
  const volumes: ServiceVolumes = { lines: new Map(), total: 0 };
  for (const sum of await serviceSums(from, months, scope)) {
    const home = departments[sum.department];
    const district = sum.district ?? home?.district ?? null;
    if (department !== undefined && sum.department !== department) continue;
    if (item !== undefined && sum.item !== item) continue;
    if (districts !== undefined && (district === null || !districts.includes(district))) continue;
    volumes.total += sum.counted;
    const key = keyBy(
      by,
      { ...sum, district: district === null ? null : placeOf(district) },
      home?.hall,
      items,
    );
    if (key !== undefined) volumes.lines.set(key, (volumes.lines.get(key) ?? 0) + sum.counted);
  }
  return volumes;
}

function keyBy(
  by: VolumeRequest['by'],
  { month, department, item, district, hall }: ServiceSum,
  homeHall: string | undefined,
  items: ReportRules['book']['newest']['ruleset']['document']['items'],
): string | null | undefined {
  switch (by) {
    case 'month':
      return month;
    case 'department':
      return department;
    case 'item':
      return item;
    case 'district':
      return district;
    case 'hall':
      return hall ?? homeHall ?? null;
    case 'class':
      return items[item]?.class ?? 'convenience';
    case 'post':
    case 'officer':
      return undefined;
  }
}

/** The district of a level that one belongs to; itself where it belongs to none, or no level is asked for. */
export function placeAt(tree: DistrictTree, level: string | undefined): (district: string) => string {
  if (level === undefined) return (district) => district;
  return (district) => tree.upwards(district).find((above) => tree.level(above) === level) ?? district;
}
