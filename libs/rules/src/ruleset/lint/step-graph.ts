import type { ItemRule } from '@mingjian/contracts';

type Steps = NonNullable<ItemRule['steps']>;

/** The steps that come directly before each step: as written or, left out, the one written before it. */
export function stepsBefore(steps: Steps): Map<string, readonly string[]> {
  const codes = Object.keys(steps);
  return new Map(
    codes.map((code, index) => [code, steps[code]!.after ?? (index === 0 ? [] : [codes[index - 1]!])]),
  );
}

/**
 * The steps in an order in which each comes after all before it.
 * @returns `cycle` with the steps of one cycle, in order, where there is no such order.
 */
export function stepOrder(before: ReadonlyMap<string, readonly string[]>): {
  order: string[];
  cycle: string[] | null;
} {
  const order: string[] = [];
  const done = new Set<string>();
  const visit = (code: string, trail: readonly string[]): string[] | null => {
    if (done.has(code) || !before.has(code)) return null;
    const seen = trail.indexOf(code);
    if (seen >= 0) return [...trail.slice(seen), code].reverse();
    for (const earlier of before.get(code)!) {
      const cycle = visit(earlier, [...trail, code]);
      if (cycle) return cycle;
    }
    done.add(code);
    order.push(code);
    return null;
  };
  for (const code of before.keys()) {
    const cycle = visit(code, []);
    if (cycle) return { order, cycle };
  }
  return { order, cycle: null };
}
