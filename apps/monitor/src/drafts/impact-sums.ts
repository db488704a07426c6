import type { Light } from '@mingjian/contracts';
import type { Backtest, BacktestGroup, CaseLight, ChangedCase } from '@mingjian/rules';

/** From the best to the worst. */
const LIGHT_ORDER: readonly Light[] = ['green', 'grey', 'yellow', 'red'];
/** How many of the cases that change most are kept. */
export const MOST_AFFECTED = 10;

/** What a back-test came to: sums, and the cases that change most. Instants are epoch milliseconds. */
export interface ImpactResult {
  total: BacktestGroup;
  byDepartment: BacktestGroup[];
  byItem: BacktestGroup[];
  mostAffected: ChangedCase[];
}

/** Adds up a back-test that is made in parts: cases that change are counted and forgotten but for the ten that change most. */
export class ImpactSums {
  private readonly total = emptyGroup(null);
  private readonly departments = new Map<string | null, BacktestGroup>();
  private readonly items = new Map<string | null, BacktestGroup>();
  private most: ChangedCase[] = [];

  add(part: Backtest): void {
    addTo(this.total, part.total);
    for (const group of part.byDepartment) addTo(groupIn(this.departments, group.code), group);
    for (const group of part.byItem) addTo(groupIn(this.items, group.code), group);
    this.most = [...this.most, ...part.changed]
      .sort((a, b) => turnOf(b) - turnOf(a) || (a.caseNo < b.caseNo ? -1 : 1))
      .slice(0, MOST_AFFECTED);
  }

  get result(): ImpactResult {
    const byChange = (groups: ReadonlyMap<string | null, BacktestGroup>): BacktestGroup[] =>
      [...groups.values()].sort(
        (a, b) => b.changed - a.changed || ((a.code ?? '') < (b.code ?? '') ? -1 : 1),
      );
    return {
      total: this.total,
      byDepartment: byChange(this.departments),
      byItem: byChange(this.items),
      mostAffected: this.most,
    };
  }
}

/** The worst light of a case; null where it had none. */
export function worstLight(lights: readonly CaseLight[]): Light | null {
  return lights.reduce<Light | null>(
    (worst, { light }) =>
      worst === null || LIGHT_ORDER.indexOf(light) > LIGHT_ORDER.indexOf(worst) ? light : worst,
    null,
  );
}

/** How much a case changes: green to red most, another instant of the same light least. */
function turnOf({ before, after }: ChangedCase): number {
  const [a, b] = [worstLight(before), worstLight(after)].map((light) =>
    light === null ? 0 : LIGHT_ORDER.indexOf(light),
  ) as [number, number];
  return Math.abs(a - b);
}

function emptyGroup(code: string | null): BacktestGroup {
  const none = (): { before: number; after: number } => ({ before: 0, after: 0 });
  return { code, cases: 0, changed: 0, red: none(), yellow: none(), grey: none() };
}

function groupIn(groups: Map<string | null, BacktestGroup>, code: string | null): BacktestGroup {
  let group = groups.get(code);
  if (group === undefined) groups.set(code, (group = emptyGroup(code)));
  return group;
}

function addTo(sum: BacktestGroup, part: BacktestGroup): void {
  sum.cases += part.cases;
  sum.changed += part.changed;
  for (const colour of ['red', 'yellow', 'grey'] as const) {
    sum[colour].before += part[colour].before;
    sum[colour].after += part[colour].after;
  }
}
