import { instantText } from '../hot/instant-text';
import type { RowScope } from '../row-scope';
import type { Queryable } from '../store';

/** A month as it was known at an instant (epoch ms). */
export interface MonthSince {
  /** The month's first instant, and the first of the next. */
  from: number;
  until: number;
  knownAt: number;
}

/**
 * Cases that may count otherwise in a month than they did with what was known then, in order: something of them happened before
 * the end of the month and something not before its beginning, and an event was received or the row written since. `all`: whether or
 * not anything came since, for when the rules themselves changed.
 */
export async function casesTouchedSince(
  from: Queryable,
  { from: since, until, knownAt }: MonthSince,
  all: boolean,
): Promise<string[]> {
  const known = instantText(knownAt);
  const changed = all
    ? ''
    : ' AND (c.judged_at > ? OR EXISTS (SELECT 1 FROM step_event r WHERE r.case_no = c.case_no AND r.received_at > ?))';
  const rows = await from.query<{ case_no: string }>(
    'SELECT c.case_no FROM case_file c WHERE c.last_event_at >= ? ' +
      `AND EXISTS (SELECT 1 FROM step_event e WHERE e.case_no = c.case_no AND e.occurred_at < ?)${changed} ORDER BY c.case_no`,
    [instantText(since), instantText(until), ...(all ? [] : [known, known])],
  );
  return rows.map(({ case_no: caseNo }) => caseNo);
}

/** Cases that ended in a month, late, of which an appeal took the red light of the promise away after an instant (epoch ms). */
export async function upheldSince(from: Queryable, month: string, knownAt: number): Promise<string[]> {
  const rows = await from.query<{ case_no: string }>(
    'SELECT DISTINCT f.case_no FROM upheld_light u JOIN case_fact f ON f.case_no = u.case_no ' +
      "WHERE u.to_light = 'red' AND u.identity LIKE '% promise' AND u.upheld_at > ? " +
      'AND f.ended_month = ? AND f.late_promise = 1 ORDER BY f.case_no',
    [instantText(knownAt), month],
  );
  return rows.map(({ case_no: caseNo }) => caseNo);
}

/** A yellow or red light of a period that was written, or no longer held, after an instant. */
export interface LightSince {
  caseNo: string;
  department: string | null;
  clock: string;
  light: 'yellow' | 'red';
  change: 'added' | 'gone';
  /** Why: the reason of the light, or why it no longer holds. */
  because: string;
}

/**
 * What became of the lights of a period since an instant, in order of their ids. A light that came and went since is none.
 */
export async function lightsSince(
  from: Queryable,
  { from: since, until, knownAt }: MonthSince,
  scope: RowScope,
): Promise<LightSince[]> {
  const known = instantText(knownAt);
  const seen = scope.condition();
  const rows = await from.query<{
    case_no: string;
    department: string | null;
    clock: string;
    to_light: 'yellow' | 'red';
    is_new: number | string;
    reason: string;
    superseded_because: string | null;
  }>(
    'SELECT case_no, department, clock, to_light, CASE WHEN detected_at > ? THEN 1 ELSE 0 END AS is_new, reason, ' +
      "superseded_because FROM light_change WHERE became_at >= ? AND became_at < ? AND to_light IN ('yellow', 'red') " +
      'AND ((detected_at > ? AND superseded_at IS NULL) OR (detected_at <= ? AND superseded_at > ?)) ' +
      `AND ${seen.sql} ORDER BY id`,
    [known, instantText(since), instantText(until), known, known, known, ...seen.parameters],
  );
  return rows.map((row) => {
    const isNew = Number(row.is_new) === 1;
    return {
      ...{ caseNo: row.case_no, department: row.department, clock: row.clock, light: row.to_light },
      change: isNew ? 'added' : 'gone',
      because: isNew ? row.reason : (row.superseded_because ?? row.reason),
    };
  });
}
