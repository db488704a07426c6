import { instantText } from './hot/instant-text';
import { ISSUED_LIGHT } from './light-issue.store';
import type { RowScope } from './row-scope';
import type { Queryable } from './store';

/** Yellow and red lights of a department over a period. */
export interface LightStatistics {
  department: string | null;
  light: 'yellow' | 'red';
  /** All that were given: net, and those taken away by people since. */
  gross: number;
  /** Taken away because an appeal was upheld. */
  upheld: number;
  /** Cards that were taken back by who gave them. */
  withdrawn: number;
  /** Those that hold. */
  net: number;
}

/**
 * How many lights became true from `since` until before `until`, gross and net. What data, rules or calendars proved wrong
 * was never a light and counts in neither; nor does one that waits for a person to confirm it.
 */
export async function lightStatistics(
  from: Queryable,
  since: number,
  until: number,
  scope: RowScope,
): Promise<LightStatistics[]> {
  const found = new Map<string, LightStatistics>();
  const seen = scope.condition();
  const count = async (member: 'net' | 'upheld' | 'withdrawn', sql: string): Promise<void> => {
    const rows = await from.query<{ department: string | null; light: 'yellow' | 'red'; n: number | string }>(
      sql,
      [instantText(since), instantText(until), ...seen.parameters],
    );
    for (const { department, light, n } of rows) {
      const key = JSON.stringify([department, light]);
      const entry = found.get(key) ?? { department, light, gross: 0, upheld: 0, withdrawn: 0, net: 0 };
      entry[member] += Number(n);
      entry.gross += Number(n);
      found.set(key, entry);
    }
  };
  await count(
    'net',
    "SELECT department, to_light AS light, COUNT(*) AS n FROM light_change WHERE superseded_at IS NULL AND to_light IN ('yellow', 'red') " +
      `AND ${ISSUED_LIGHT} AND became_at >= ? AND became_at < ? AND ${seen.sql} GROUP BY department, to_light`,
  );
  await count(
    'upheld',
    "SELECT department, to_light AS light, COUNT(*) AS n FROM upheld_light WHERE to_light IN ('yellow', 'red') " +
      `AND became_at >= ? AND became_at < ? AND ${seen.sql} GROUP BY department, to_light`,
  );
  await count(
    'withdrawn',
    'SELECT department, light, COUNT(*) AS n FROM manual_card WHERE withdrawn_at IS NOT NULL ' +
      `AND issued_at >= ? AND issued_at < ? AND ${seen.sql} GROUP BY department, light`,
  );
  return [...found.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}
