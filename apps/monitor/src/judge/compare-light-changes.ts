import type { TrackedChange } from '@mingjian/rules';
import type { LightChangeRow } from '@mingjian/store';

/** How the light changes that were written differ from those that the rules give. */
export interface LightComparison {
  /** True now, not written yet. */
  missing: TrackedChange[];
  /** Written, no longer true. */
  gone: LightChangeRow[];
}

/**
 * Compares the pure history of a case with its rows that still hold, by (clock, became at, from, to). Order plays no
 * part, so that after any order of arrival the rows that hold are those of the calm run.
 */
export function compareLightChanges(
  history: readonly TrackedChange[],
  active: readonly LightChangeRow[],
): LightComparison {
  const held = new Map(
    active.map((row) => [changeKey(row.clock, row.becameAt, row.fromLight, row.toLight), row]),
  );
  const missing = history.filter(
    (change) => !held.delete(changeKey(change.clock, change.becameAt, change.from, change.to)),
  );
  return { missing, gone: [...held.values()] };
}

function changeKey(clock: string, becameAt: number, from: string | null, to: string): string {
  return `${becameAt} ${from ?? '-'} ${to} ${clock}`;
}
