import { foundInCase, type CaseRecord } from './case-record';
import type { ForensicFinding } from './forensic-finding';

const SECOND_MS = 1000;

/**
 * DQ-2: several different steps finished in one second. Nobody can do that: either the steps were made up from the result
 * (a known uploader sends 受理, 审核 and 办结 all with the time of completion), or the times are those of the upload.
 * A case in which the source says that its format has no times of steps is left alone.
 * @returns the finding with the greatest number of steps; null where there is none
 */
export function findSameSecond(record: CaseRecord): ForensicFinding | null {
  const { timeline, settings } = record;
  if (settings.sameSecondSteps === null) return null;
  let best: { at: number; steps: Set<string> } | null = null;
  let current: { at: number; steps: Set<string> } | null = null;
  for (const { type, occurredAt, data } of timeline) {
    if (type !== 'step.finished' || data.step === undefined) continue;
    if (data.cannotExpress?.includes('step-times') === true) return null;
    const second = Math.floor(occurredAt / SECOND_MS);
    if (current === null || Math.floor(current.at / SECOND_MS) !== second)
      current = { at: occurredAt, steps: new Set() };
    current.steps.add(data.step);
    if (best === null || current.steps.size > best.steps.size) best = current;
  }
  if (best === null || best.steps.size < settings.sameSecondSteps) return null;
  return foundInCase(record, 'steps-in-one-second', 'warning', best.at, {
    steps: best.steps.size,
    of: [...best.steps].join('、'),
  });
}
