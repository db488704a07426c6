import type { DraftKind } from '@mingjian/contracts';
import type { Queryable } from './store';

/** A draft that waits for somebody, without its documents. */
export interface WaitingDraft {
  id: number;
  /** For a second person, or for who wrote it. */
  state: 'submitted' | 'returned';
  /** Ids of all who made, saved or submitted it. */
  contributors: readonly string[];
}

/** Drafts of these kinds that wait for a decision or went back to who wrote them, the oldest first. */
export async function draftsWaiting(from: Queryable, kinds: readonly DraftKind[]): Promise<WaitingDraft[]> {
  if (kinds.length === 0) return [];
  const rows = await from.query<{ id: number | string; state: string; contributors: string }>(
    "SELECT id, state, contributors FROM rule_draft WHERE state IN ('submitted', 'returned') " +
      `AND kind IN (${kinds.map(() => '?').join(',')}) ORDER BY id`,
    [...kinds],
  );
  return rows.map(({ id, state, contributors }) => ({
    id: Number(id),
    state: state as WaitingDraft['state'],
    contributors: JSON.parse(contributors) as string[],
  }));
}
