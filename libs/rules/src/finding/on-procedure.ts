import type { CaseFacts, Suspension } from '../clock/case-facts';
import type { CaseClocks } from '../clock/clocks-of-case';
import type { CompiledItem } from '../ruleset/compile-rules';
import type { RulesInForce } from '../ruleset/rule-book';
import type { ClockTrack, Finding } from '../verdict';
import { findCorrections } from './corrections';
import { findFees } from './fees';
import { findInspectors } from './inspectors';
import { findRepetition } from './repetition';
import { findStepOrder } from './step-order';
import { findOverMaximum } from './suspension-maximum';
import { findSuspensionSigns } from './suspension-signs';
import { findSuspensions } from './suspensions';

/**
 * Findings on procedure: what was done otherwise than the law or the ruleset has it, whether or not it was in time.
 *
 * Guarantees: pure; changes no clock and no light; the same timeline gives the same findings, in whatever order it
 * arrived. `tracks` are those of the clocks, in their order. Adds to `findings`, and allocates nothing where there is nothing to find.
 */
export function findOnProcedure(
  facts: CaseFacts,
  item: CompiledItem,
  rules: RulesInForce,
  clocks: CaseClocks,
  tracks: readonly ClockTrack[],
  findings: Finding[],
): void {
  if (facts.suspensions.length > 0) findOnSuspensions(facts.suspensions, rules, clocks, tracks, findings);
  if (facts.corrections.length > 0) findCorrections(facts, clocks.deemedAt, findings);
  if (facts.steps.length > 0 && item.steps !== null)
    findStepOrder(facts.steps, item.steps, item.areStepsInLine, findings);
  if (facts.assignments.length > 0) findInspectors(facts.assignments, findings);
  findRepetition(facts, rules.ruleset.document.switches.returnedOften, findings);
  if (facts.fees.length > 0 && item.feeStandard !== null) findFees(facts.fees, item.feeStandard, findings);
}

function findOnSuspensions(
  suspensions: readonly Suspension[],
  { ruleset: { suspensionMaximum, suspensionSigns } }: RulesInForce,
  clocks: CaseClocks,
  tracks: readonly ClockTrack[],
  findings: Finding[],
): void {
  findSuspensions(suspensions, clocks.lastInstant, findings);
  if (suspensionMaximum !== null)
    findOverMaximum(suspensions, suspensionMaximum, clocks, clocks.office.calendar, findings);
  findSuspensionSigns(suspensions, suspensionSigns, clocks, tracks, findings);
}
