import { ImpactBody, type Actor } from '@mingjian/contracts';
import { loadImpact, type RuleDraftRow } from '@mingjian/store';
import { UNUSABLE } from './check-draft';
import type { DraftBook } from './draft-book';
import { documentOf } from './draft-rows';
import type { ImpactPorts, ImpactRuns } from './impact-runs';
import { judgedDigest } from './judged-digest';

/** Days before today of a back-test that nobody asked for. */
const USUAL_DAYS = ImpactBody.parse({}).days;

/**
 * Begins a back-test of what a draft says now, unless one runs or is done, or the draft cannot be judged by: whoever decides about it shall
 * see whom it touches. What the draft was made or submitted for is done already, so a failure here is told to the log alone.
 */
export async function startMissingImpact(
  { store, logger }: ImpactPorts,
  impacts: ImpactRuns,
  row: RuleDraftRow,
  book: DraftBook,
  who: Actor,
): Promise<void> {
  if (hasFormErrors(row)) return;
  try {
    const held = await loadImpact(store, row.id);
    const state = held === null ? null : impacts.stateOf(held);
    const isOfThis = held?.digest === judgedDigest(documentOf(row));
    if (isOfThis && (state === 'running' || state === 'done')) return;
    if (state === 'running') await impacts.cancel(row.id);
    await impacts.start(row, book, USUAL_DAYS, { id: who.id, name: who.name });
  } catch (error) {
    logger.error({ err: error, draft: row.id }, 'The back-test of a draft could not be begun.');
  }
}

/** Whether a document is so wrong that nothing can be judged by it. */
export function hasFormErrors({ problems }: Pick<RuleDraftRow, 'problems'>): boolean {
  return (JSON.parse(problems) as { severity: string; code: string }[]).some(
    ({ severity, code }) => severity === 'error' && UNUSABLE.has(code),
  );
}
