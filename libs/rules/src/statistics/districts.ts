import {
  DISTRICT_LEVELS,
  type DistrictLevel,
  type DistrictsSection,
  type RulesetDocument,
} from '@mingjian/contracts';
import { addSums, type FigureSums } from './figures';

/** The districts of a ruleset and what belongs to what. A code that is not listed belongs to itself alone. */
export class DistrictTree {
  constructor(private readonly districts: DistrictsSection) {}

  name(code: string): string {
    return this.districts[code]?.name ?? code;
  }

  level(code: string): DistrictLevel | null {
    return this.districts[code]?.level ?? null;
  }

  /** A district and all above it, from below. */
  upwards(code: string): string[] {
    const path: string[] = [];
    for (let at: string | undefined = code; at !== undefined && !path.includes(at);)
      at = (path.push(at), this.districts[at]?.parent);
    return path;
  }

  /** A district and all below it, in order of their codes. */
  within(code: string): string[] {
    const below = Object.keys(this.districts).filter(
      (one) => one !== code && this.upwards(one).includes(code),
    );
    return [code, ...below.sort()];
  }

  /**
   * 汇总: sums by the districts of a level. What is handled below counts in the district above; what belongs to no district of
   * the level stays under its own code, so that nothing is lost and nothing counted twice.
   */
  rollUp(
    groups: readonly { key: string | null; sums: FigureSums }[],
    level: DistrictLevel,
  ): { key: string | null; sums: FigureSums }[] {
    const rolled = new Map<string | null, FigureSums>();
    for (const { key, sums } of groups) {
      const above =
        key === null ? null : (this.upwards(key).find((code) => this.level(code) === level) ?? key);
      const known = rolled.get(above);
      rolled.set(above, known === undefined ? sums : addSums(known, sums));
    }
    return [...rolled].map(([key, sums]) => ({ key, sums }));
  }

  /** All districts from the top down, with what they belong to. */
  shown(): { code: string; name: string; level: DistrictLevel; parent: string | null }[] {
    return Object.entries(this.districts)
      .map(([code, { name, level, parent }]) => ({ code, name, level, parent: parent ?? null }))
      .sort(
        (a, b) =>
          DISTRICT_LEVELS.indexOf(a.level) - DISTRICT_LEVELS.indexOf(b.level) || (a.code < b.code ? -1 : 1),
      );
  }
}

/** 下放、代办事项, and the districts that handle them. */
export interface Delegation {
  decides: { item: string; to: readonly string[] }[];
  collects: { item: string; to: readonly string[] }[];
}

/** What departments have handed down to districts. */
export function delegationOf({ items }: Pick<RulesetDocument, 'items'>): Delegation {
  const delegation: Delegation = { decides: [], collects: [] };
  for (const [item, { delegated }] of Object.entries(items))
    if (delegated !== undefined) delegation[delegated.as].push({ item, to: delegated.to });
  return delegation;
}
