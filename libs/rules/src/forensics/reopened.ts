import type { TimelineEvent } from '@mingjian/contracts';
import { foundInCase, type CaseRecord } from './case-record';
import type { ForensicFinding } from './forensic-finding';

/**
 * FLOW-4: work went on after the decision: decided once more, a step done again, a correction asked for, the limit
 * extended. Deciding early and working on stops the clock without an end of the work. Steps that come after a decision
 * by nature (制证) are first runs and no sign; so is nothing at the instant of the decision.
 */
export function findReopened(record: CaseRecord): ForensicFinding | null {
  const { judged, timeline, settings } = record;
  const { decidedAt } = judged.facts;
  if (!settings.reopened || decidedAt === null) return null;
  const doneBefore = new Set<string>();
  let first: TimelineEvent | null = null;
  let acts = 0;
  for (const event of timeline) {
    const { type, occurredAt, data } = event;
    const isStep = type === 'step.started' || type === 'step.finished';
    if (occurredAt <= decidedAt) {
      if (type === 'step.finished') doneBefore.add(data.step!);
      continue;
    }
    if (isStep ? !doneBefore.has(data.step!) : !REOPENS.has(type)) continue;
    first ??= event;
    acts++;
  }
  if (first === null) return null;
  return foundInCase(record, 'reopened-after-decision', 'warning', first.occurredAt, {
    decidedAt,
    by: first.type,
    step: first.data.step ?? null,
    times: acts,
  });
}

const REOPENS: ReadonlySet<string> = new Set(['case.decided', 'case.correction-requested', 'case.extended']);
