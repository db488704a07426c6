import { instantText } from './hot/instant-text';
import { replaceRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { DraftImpactRow, type ImpactState } from './rows';
import type { Queryable, StoreTransaction } from './store';

const IMPACT = new TableMap(DraftImpactRow);

/** Begins a back-test, in place of an earlier one of the draft. */
export function beginImpact(transaction: StoreTransaction, row: DraftImpactRow): Promise<void> {
  return replaceRows(transaction, IMPACT, [row]);
}

/** The latest back-test of a draft. */
export async function loadImpact(from: Queryable, draftId: number): Promise<DraftImpactRow | null> {
  const [raw] = await from.query<object>('SELECT * FROM draft_impact WHERE draft_id = ?', [draftId]);
  return raw === undefined ? null : IMPACT.decode(raw);
}

/** Tells how far a run is. @returns false where it was cancelled or another one began: it must end. */
export async function tellImpactProgress(
  transaction: StoreTransaction,
  { draftId, run }: Pick<DraftImpactRow, 'draftId' | 'run'>,
  { done, total, isCut, touchedAt }: Pick<DraftImpactRow, 'done' | 'total' | 'isCut' | 'touchedAt'>,
): Promise<boolean> {
  await transaction.execute(
    'UPDATE draft_impact SET done = ?, total = ?, is_cut = ?, touched_at = ? ' +
      "WHERE draft_id = ? AND run = ? AND state = 'running'",
    [done, total, isCut ? 1 : 0, instantText(touchedAt), draftId, run],
  );
  // Asked, not counted: a server that counts only what it changed says 0 where nothing moved.
  const [held] = await transaction.query<object>(
    "SELECT draft_id FROM draft_impact WHERE draft_id = ? AND run = ? AND state = 'running'",
    [draftId, run],
  );
  return held !== undefined;
}

/** Ends a run that is under way; without `run` whichever it is. */
export async function endImpact(
  transaction: StoreTransaction,
  draftId: number,
  state: Exclude<ImpactState, 'running'>,
  result = 'null',
  run?: string,
): Promise<void> {
  await transaction.execute(
    'UPDATE draft_impact SET state = ?, result = ? ' +
      `WHERE draft_id = ? AND state = 'running'${run === undefined ? '' : ' AND run = ?'}`,
    [state, result, draftId, ...(run === undefined ? [] : [run])],
  );
}

/** Cases that were open at some time since `since` (epoch ms), those with the latest events first, at most `limit`. */
export async function casesOpenSince(from: Queryable, since: number, limit: number): Promise<string[]> {
  const rows = await from.query<{ case_no: string }>(
    'SELECT case_no FROM case_file WHERE is_open = 1 OR last_event_at >= ? ' +
      'ORDER BY last_event_at DESC, case_no LIMIT ?',
    [instantText(since), limit],
  );
  return rows.map((row) => row.case_no);
}

/**
 * Ids of the notices that somebody was or is to be told of, written since `since` (epoch ms), the latest first, at most `limit`.
 * Without what is kept back, and without lights that turned green and corrections, which only those hear of who were told.
 */
export async function noticesToldSince(from: Queryable, since: number, limit: number): Promise<number[]> {
  const rows = await from.query<{ id: number | string }>(
    "SELECT id FROM notice WHERE created_at >= ? AND state NOT IN ('held', 'muted', 'discarded') " +
      "AND is_withdrawal = 0 AND NOT (kind = 'light' AND grade = 'info') ORDER BY id DESC LIMIT ?",
    [instantText(since), limit],
  );
  return rows.map(({ id }) => Number(id));
}

/** Months of which a monthly bulletin of the offices was made, since one (`2026-03`), the latest first. */
export async function monthsOfBulletins(from: Queryable, since: string): Promise<string[]> {
  const rows = await from.query<{ period: string }>(
    "SELECT DISTINCT period FROM bulletin WHERE kind = 'monthly' AND state = 'made' AND department IS NULL " +
      'AND period >= ? ORDER BY period DESC',
    [since],
  );
  return rows.map(({ period }) => period);
}
