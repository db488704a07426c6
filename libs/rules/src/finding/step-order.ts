import type { StepRun } from '../clock/case-facts';
import type { CompiledStep } from '../ruleset/compile-rules';
import type { Finding } from '../verdict';

/**
 * FLOW-1: a step that was begun after one that comes after it, directly or not (`step-out-of-order`), or not at all
 * although such a one was (`step-skipped`). `areInLine`: each step comes after the one written before it. Only the first run of a step counts: what is done again after a return is out of no order.
 *
 * A step reported only by its end was done, but nobody knows when it began: it is out of no order and nothing is held
 * against it. Steps at one instant are in order. Does not guarantee to see a step skipped at the end of a case: which
 * steps come after the decision (制证) no ruleset says.
 * @see the department's own procedure: `steps.CODE.after` or, left out, the order in which the ruleset lists the steps
 */
export function findStepOrder(
  runs: readonly StepRun[],
  steps: ReadonlyMap<string, CompiledStep>,
  areInLine: boolean,
  findings: Finding[],
): void {
  if (!areInLine) {
    compareAll(runs, steps, findings);
    return;
  }
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
  for (const [code, { later: laterSteps }] of steps) {
    const first = runs.find(({ step, run }) => step === code && run === 1);
    const later = earliestOf(runs, laterSteps);
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

/** The first begun of some steps; null while none is. */
function earliestOf(runs: readonly StepRun[], steps: ReadonlySet<string>): StepRun | null {
  let found: StepRun | null = null;
  for (const run of runs) {
    if (run.run !== 1 || run.startedAt === null || !steps.has(run.step)) continue;
    if (found === null || run.startedAt < found.startedAt!) found = run;
  }
  return found;
}
