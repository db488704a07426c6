import type { StepRun } from '../clock/case-facts';
import type { CompiledStep } from '../ruleset/compile-rules';
import type { Finding } from '../verdict';

/**
 * FLOW-1: a step that was begun after a later one of the ruleset (`step-out-of-order`), or not at all although a later
 * one was (`step-skipped`). Only the first run of a step counts: what is done again after a return is out of no order.
 *
 * A step reported only by its end was done, but nobody knows when it began: it is out of no order and nothing is held
 * against it. Steps at one instant are in order. Does not guarantee to see a step skipped at the end of a case: which
 * steps come after the decision (制证) no ruleset says.
 * @see the department's own procedure, in the order in which the ruleset lists the steps
 */
export function findStepOrder(
  runs: readonly StepRun[],
  steps: ReadonlyMap<string, CompiledStep>,
  findings: Finding[],
): void {
  let highest = -1;
  for (const { step, run } of runs) {
    const order = run === 1 ? steps.get(step)?.order : undefined;
    if (order === undefined) continue;
    if (order !== highest + 1) {
      compareAll(runs, steps, findings);
      return;
    }
    highest = order;
  }
}

/** The slow way, for the few cases that do not go through the steps one by one. */
function compareAll(
  runs: readonly StepRun[],
  steps: ReadonlyMap<string, CompiledStep>,
  findings: Finding[],
): void {
  for (const [code, { order }] of steps) {
    const first = runs.find(({ step, run }) => step === code && run === 1);
    const later = earliestLater(runs, steps, order);
    if (later === null) continue;
    if (first === undefined)
      findings.push({
        code: 'FLOW-1',
        severity: 'warning',
        ref: `step-skipped:${code}`,
        at: later.startedAt,
        detail: { kind: 'step-skipped', step: code, laterStep: later.step },
      });
    else if (first.startedAt !== null && first.startedAt > later.startedAt!)
      findings.push({
        code: 'FLOW-1',
        severity: 'warning',
        ref: `step-out-of-order:${code}`,
        at: first.startedAt,
        detail: { kind: 'step-out-of-order', step: code, laterStep: later.step },
      });
  }
}

/** The first begun of the steps that the ruleset lists after a place; null while none is. */
function earliestLater(
  runs: readonly StepRun[],
  steps: ReadonlyMap<string, CompiledStep>,
  order: number,
): StepRun | null {
  let found: StepRun | null = null;
  for (const run of runs) {
    if (run.run !== 1 || run.startedAt === null || (steps.get(run.step)?.order ?? -1) <= order) continue;
    if (found === null || run.startedAt < found.startedAt!) found = run;
  }
  return found;
}
