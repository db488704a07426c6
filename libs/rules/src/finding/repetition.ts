import type { CaseFacts } from '../clock/case-facts';
import type { Finding } from '../verdict';

/**
 * FLOW-2: a case that was returned (退件) at least `often` times, or a step that was begun so often: the applicant is
 * sent round in circles, or the work is. The finding stands from the instant of the return, or run, that made it often.
 * @see a local rule: `switches.returnedOften` of the ruleset
 */
export function findRepetition(
  { returns, steps }: Pick<CaseFacts, 'returns' | 'steps'>,
  often: number,
  findings: Finding[],
): void {
  if (returns.length >= often)
    findings.push({
      code: 'FLOW-2',
      severity: 'warning',
      ref: 'case-returned-often',
      at: returns[often - 1]!,
      detail: { kind: 'case-returned-often', times: returns.length },
    });
  for (const { step, run } of steps) {
    if (run !== often) continue;
    // An end without a start is a gap in the record, not a run.
    const begun = steps.filter((other) => other.step === step && other.startedAt !== null);
    if (begun.length < often) continue;
    findings.push({
      code: 'FLOW-2',
      severity: 'warning',
      ref: `step-run-often:${step}`,
      at: begun[often - 1]!.startedAt,
      detail: { kind: 'step-run-often', step, times: begun.length },
    });
  }
}
