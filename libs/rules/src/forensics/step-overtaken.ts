import type { StepRun } from '../clock/case-facts';
import { foundInCase, type CaseRecord } from './case-record';
import type { ForensicFinding } from './forensic-finding';

/**
 * FLOW-3: a step finished before one that comes before it in the ruleset. `FLOW-1` looks at when steps begin; here an
 * approval stands in the record earlier than what it approves. First runs only, and only steps whose end is reported.
 */
export function findStepOvertaken(record: CaseRecord): ForensicFinding | null {
  const { judged, settings } = record;
  if (!settings.stepOrder || judged.item?.steps == null) return null;
  const runs = judged.facts.steps.filter(({ run, finishedAt }) => run === 1 && finishedAt !== null);
  let worst: { earlier: StepRun; later: StepRun; byMs: number } | null = null;
  for (const earlier of runs) {
    const laterSteps = judged.item.steps.get(earlier.step)?.later;
    if (laterSteps === undefined) continue;
    for (const later of runs) {
      const byMs = earlier.finishedAt! - later.finishedAt!;
      if (byMs > (worst?.byMs ?? 0) && laterSteps.has(later.step)) worst = { earlier, later, byMs };
    }
  }
  if (worst === null) return null;
  return foundInCase(record, 'finished-before-predecessor', 'warning', worst.later.finishedAt!, {
    step: worst.later.step,
    predecessor: worst.earlier.step,
    byMs: worst.byMs,
  });
}
