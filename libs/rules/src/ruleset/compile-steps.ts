import type { ItemRule } from '@mingjian/contracts';
import type { CompiledClockRule, Lights } from './compile-clock';
import { compileClock } from './compile-clock';

/** 环节 compiled. */
export interface CompiledStep {
  /** Place in the order in which the ruleset lists the steps, 0 for the first. */
  order: number;
  name: string | null;
  post: string | null;
  /** Who does the step; null: the department that its events name, else that of the case. */
  department: string | null;
  /** The steps right before this one. */
  after: readonly string[];
  /** All steps that come after this one, directly or not. */
  later: ReadonlySet<string>;
  /** The limit of the case that the step lies in. */
  within: 'acceptance' | 'promise' | 'delivery';
  rule: CompiledClockRule | null;
  /** 缺席默认: on what ground the step passes when it runs out, and the clock of its result then. */
  silence: { basis: string; issuance: CompiledClockRule } | null;
}

/** Compiles the steps of an item. `key` is their place in the ruleset: `items.A0101.steps`. */
export function compileSteps(
  key: string,
  steps: NonNullable<ItemRule['steps']>,
  lights: Lights,
): Map<string, CompiledStep> {
  const codes = Object.keys(steps);
  const after = new Map(
    codes.map((code, order) => [code, steps[code]!.after ?? (order === 0 ? [] : [codes[order - 1]!])]),
  );
  return new Map(
    codes.map((code, order) => {
      const { name, post, department, within, limit, enabled, silence, ...rule } = steps[code]!;
      return [
        code,
        {
          order,
          name: name ?? null,
          post: post ?? null,
          department: department ?? null,
          after: after.get(code)!,
          later: laterThan(code, after),
          within,
          rule:
            limit === undefined || enabled === false
              ? null
              : compileClock(`${key}.${code}`, { ...rule, limit }, lights),
          silence:
            silence === undefined
              ? null
              : {
                  basis: silence.basis,
                  issuance: compileClock(
                    `${key}.${code}.silence.issueWithin`,
                    { limit: silence.issueWithin },
                    lights,
                  ),
                },
        },
      ];
    }),
  );
}

/** The steps after one, directly or not. Steps that come after each other in a circle come after none of it. */
function laterThan(code: string, after: ReadonlyMap<string, readonly string[]>): Set<string> {
  const later = new Set<string>();
  const open = [code];
  for (let earlier = open.pop(); earlier !== undefined; earlier = open.pop())
    for (const [step, before] of after)
      if (before.includes(earlier) && !later.has(step)) {
        later.add(step);
        open.push(step);
      }
  if (later.has(code)) for (const step of [...later]) if (comesAfter(code, step, after)) later.delete(step);
  return later;
}

function comesAfter(code: string, step: string, after: ReadonlyMap<string, readonly string[]>): boolean {
  const seen = new Set<string>();
  const open = [...(after.get(code) ?? [])];
  for (let before = open.pop(); before !== undefined; before = open.pop()) {
    if (before === step) return true;
    if (seen.has(before)) continue;
    seen.add(before);
    open.push(...(after.get(before) ?? []));
  }
  return false;
}
