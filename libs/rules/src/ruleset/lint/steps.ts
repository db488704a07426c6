import type { ItemRule } from '@mingjian/contracts';
import type { CompiledItem } from '../compile-rules';
import { parseLimit } from '../../calendar';
import type { LintedClock } from './clocks-of-item';
import { clockNamed } from './clocks-of-item';
import type { LintCode, Report } from './lint-finding';
import type { Instants, StartDays } from './start-days';
import { stepOrder, stepsBefore } from './step-graph';

type Steps = NonNullable<ItemRule['steps']>;
type Within = Steps[string]['within'];

const OVER: Record<Within, LintCode> = {
  acceptance: 'steps-over-acceptance',
  promise: 'steps-over-promise',
  delivery: 'steps-over-delivery',
};

/** The steps of an item: their order, their limits, and whether the longest way through them fits. */
export function lintSteps(
  item: CompiledItem,
  steps: Steps | undefined,
  clocks: readonly LintedClock[],
  starts: StartDays,
  report: Report,
): void {
  if (steps === undefined) return;
  const path = ['items', item.code, 'steps'];
  const before = stepsBefore(steps);
  for (const [code, { after }] of Object.entries(steps))
    after?.forEach((earlier, index) => {
      if (steps[earlier] !== undefined) return;
      report(
        'unknown-step',
        [...path, code, 'after', String(index)],
        `step ${code} comes after ${earlier}, which is no step of the item`,
        'correct the code, or add the step',
      );
    });
  lintMissingLimits(path, steps, clocks, report);
  const { order, cycle } = stepOrder(before);
  if (cycle !== null) {
    report(
      'step-cycle',
      [...path, cycle[0]!, 'after'],
      `steps wait for each other: ${cycle.join(' → ')}`,
      'take one of them out of after',
    );
    return;
  }
  for (const within of ['acceptance', 'promise', 'delivery'] as const)
    lintLongestWay(path, within, { steps, before, order }, clocks, starts, report);
}

function lintMissingLimits(
  path: readonly string[],
  steps: Steps,
  clocks: readonly LintedClock[],
  report: Report,
): void {
  const isTimed = Object.values(steps).some(({ limit }) => limit !== undefined);
  for (const [code, { limit, enabled, within }] of Object.entries(steps)) {
    if (isTimed && limit === undefined && enabled !== false)
      report(
        'step-without-limit',
        [...path, code],
        `step ${code} has no limit, although others of the item have: it is recorded and never late`,
        'add a limit, or enabled: false where it is not timed on purpose',
      );
    if (limit !== undefined && within !== 'promise' && clockNamed(clocks, within) === null)
      report(
        'step-within-no-limit',
        [...path, code, 'within'],
        `step ${code} lies within the limit of ${within}, which the item does not have`,
        `add ${within}, or let the step lie within another limit`,
      );
  }
}

interface Graph {
  steps: Steps;
  before: ReadonlyMap<string, readonly string[]>;
  order: readonly string[];
}

/**
 * Follows the steps within one limit, each starting when all before it are over at their last instant. Steps within other
 * limits take no time of this one. A single step longer than the limit is found the same way.
 */
function lintLongestWay(
  path: readonly string[],
  within: Within,
  { steps, before, order }: Graph,
  clocks: readonly LintedClock[],
  starts: StartDays,
  report: Report,
): void {
  const limit = clockNamed(clocks, within)?.limit ?? null;
  if (limit === null || limit === 'carried') return;
  const over = new Map<string, Instants>();
  const via = new Map<string, string[]>();
  let last: string | null = null;
  for (const code of order) {
    const step = steps[code]!;
    const earlier = (before.get(code) ?? []).filter((other) => over.has(other));
    const from = earlier.reduce<Instants>((latest, other) => later(latest, over.get(other)!), starts.starts);
    const isCounted = step.within === within && step.limit !== undefined && step.enabled !== false;
    const ends = isCounted ? endsOf(step.limit!, from, starts) : from;
    const longest = earlier.reduce<string | null>(
      (best, other) => (best === null || sum(over.get(other)!) > sum(over.get(best)!) ? other : best),
      null,
    );
    over.set(code, ends);
    via.set(code, [...(longest === null ? [] : via.get(longest)!), ...(isCounted ? [code] : [])]);
    if (last === null || sum(ends) > sum(over.get(last)!)) last = code;
  }
  if (last === null) return;
  const all = [...over.values()].reduce(later, starts.starts);
  const result = starts.compare(all, starts.duesOf(limit));
  if (result.later === 'never') return;
  const limits = via.get(last)!.map((code) => parseLimit(steps[code]!.limit!));
  const way = via
    .get(last)!
    .map((code) => `${code} ${steps[code]!.limit}`)
    .join(' + ');
  const isOneUnit = limits.every(({ unit }) => unit === limit.unit);
  if (result.later === 'always' || isOneUnit)
    report(
      OVER[within],
      path,
      `the steps add up to more than the ${within === 'promise' ? 'promise' : `limit of ${within}`} ${limit.text}: ${way}${result.later === 'always' ? '' : ` for a start on ${result.example}`}`,
      'shorten a step, or let steps run side by side with after: a case can be late although each step was in time',
    );
  else
    report(
      'mixed-units',
      path,
      `whether the steps (${way}) fit into ${limit.text} depends on the start: on ${result.example} they do not`,
      'write them in one unit',
    );
}

function endsOf(limit: string, from: Instants, starts: StartDays): Instants {
  const parsed = parseLimit(limit);
  return from === starts.starts ? starts.duesOf(parsed) : starts.duesAfter(parsed, from);
}

function later(a: Instants, b: Instants): Instants {
  return a.map((instant, index) => Math.max(instant, b[index]!));
}

/** To find the longest way on the whole; which of two nearly equal ones is named does not matter. */
function sum(instants: Instants): number {
  return instants.reduce((total, instant) => total + instant, 0);
}
