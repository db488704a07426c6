import type { TrackedChange } from '@mingjian/rules';
import { lightIdentityKey, type LightChangeRow } from '@mingjian/store';

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
 *
 * Cards that people gave are none of the rules' business and stay. `upheld` are lights that an appeal took away
 * ({@link lightIdentityKey}): they are not missing, for as long as the rules find exactly them.
 */
export function compareLightChanges(
  history: readonly TrackedChange[],
  active: readonly LightChangeRow[],
  upheld: ReadonlySet<string> | undefined,
): LightComparison {
  const held = new Map<string, LightChangeRow>();
  for (const row of active)
    if (row.clockKind !== 'manual')
      held.set(lightIdentityKey(row.clock, row.becameAt, row.fromLight, row.toLight), row);
  const missing = history.filter((change) => {
    const key = lightIdentityKey(change.clock, change.becameAt, change.from, change.to);
    return !held.delete(key) && upheld?.has(key) !== true;
  });
  return { missing, gone: [...held.values()] };
}
