import type { CompiledItem, CompiledStep } from '../ruleset/compile-rules';
import type { RulesInForce } from '../ruleset/rule-book';
import { isNotInFormat } from '../finding/not-in-format';
import { runsOutAt } from '../light/track-clock';
import type { Finding } from '../verdict';
import type { CaseFacts, StepRun } from './case-facts';
import type { ClockSpec, ReportedPause } from './clock-spec';
import { ruledClock } from './clock-spec';
import type { Ending } from './ending';
import { earlier } from './ending';
import type { Office } from './place';
import { officeOfStep } from './place';

/** A clock for each run of a step that has a limit, and one for what a step that passed by silence still owes. */
export function addStepClocks(
  specs: ClockSpec[],
  findings: Finding[],
  facts: CaseFacts,
  item: CompiledItem,
  rules: RulesInForce,
  office: Office,
  suspensions: readonly ReportedPause[],
  { at: end, last }: Ending,
): void {
  if (item.steps === null) return;
  for (const run of facts.steps) {
    const step = item.steps.get(run.step);
    if (step === undefined) {
      findings.push(finding('DQ-8', 'warning', 'unknown-step', run, run.startedAt ?? run.finishedAt));
      continue;
    }
    if (run.startedAt === null) {
      const { cannotExpress, finishedAt } = run;
      if (
        step.rule !== null &&
        !isNotInFormat('step-start', cannotExpress, finishedAt, findings) &&
        !isNotInFormat('step-times', cannotExpress, finishedAt, findings)
      )
        findings.push(finding('DQ-3', 'warning', 'step-finished-without-start', run, run.finishedAt));
      continue;
    }
    // 制证 begins after the decision: only steps that were under way end with the case.
    const endedBy = last !== null && last >= run.startedAt ? end : null;
    const spec = stepClock(run, run.startedAt, step, earlier(run.finishedAt, endedBy));
    let issuance: ClockSpec | null = null;
    if (spec !== null) {
      spec.pauses = suspensions;
      placeAt(spec, officeOfStep(run, step, office, rules), office);
      specs.push(spec);
      if (step.silence !== null) issuance = passBySilence(spec, run, step.silence, end, office, findings);
      if (issuance !== null) specs.push(issuance);
    }
    if (run.finishedAt === null && endedBy !== null && issuance === null)
      findings.push(finding('DQ-3', 'notice', 'step-without-end', run, endedBy));
  }
}

function stepClock(
  { step: code, run, post }: StepRun,
  startedAt: number,
  { rule, post: usualPost }: CompiledStep,
  finishedAt: number | null,
): ClockSpec | null {
  if (rule === null) return null;
  const spec = ruledClock(nameOf('step', code, run), 'step', startedAt, finishedAt, rule);
  spec.step = code;
  spec.post = post ?? usualPost;
  spec.countsForCase = false;
  return spec;
}

/**
 * 缺席默认: a step that runs out counts as passed, and its result is owed from then on. One that ended, or whose case
 * ended, by that instant did not pass by silence.
 * @see a local rule: `items.CODE.steps.CODE.silence`
 * @returns the clock of the result, or null where the step did not pass by silence.
 */
function passBySilence(
  spec: ClockSpec,
  run: StepRun,
  { basis, issuance: rule }: NonNullable<CompiledStep['silence']>,
  end: number | null,
  office: Office,
  findings: Finding[],
): ClockSpec | null {
  const passedAt = runsOutAt(spec, spec.calendar ?? office.calendar);
  if (passedAt === null || (spec.finishedAt !== null && spec.finishedAt <= passedAt)) return null;
  if (end !== null && end <= passedAt) return null;
  const clock = nameOf('issuance', run.step, run.run);
  const issuance = ruledClock(clock, 'issuance', passedAt, earlier(run.finishedAt, end), rule);
  spec.finishedAt = passedAt;
  issuance.step = spec.step;
  issuance.post = spec.post;
  issuance.department = spec.department;
  issuance.calendar = spec.calendar;
  issuance.countsForCase = false;
  const found = finding('SIL-1', 'serious', 'step-passed-by-silence', run, passedAt);
  found.detail.basis = basis;
  findings.push(found);
  return issuance;
}

function placeAt(spec: ClockSpec, place: Office, office: Office): void {
  if (place === office) return;
  spec.department = place.department;
  spec.calendar = place.calendar;
}

function nameOf(kind: 'step' | 'issuance', code: string, run: number): string {
  return `${kind}:${code}${run === 1 ? '' : `#${run}`}`;
}

function finding(
  code: string,
  severity: Finding['severity'],
  kind: string,
  { step, run }: StepRun,
  at: number | null,
): Finding {
  return { code, severity, ref: `${kind}:${step}#${run}`, at, detail: { kind, step } };
}
