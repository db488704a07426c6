import type { Notice, NoticeHoldReason } from '@mingjian/contracts';
import { instantText } from './hot/instant-text';
import { chunks, insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { NoticeRow, type NoticeState } from './rows';
import type { Queryable, StoreTransaction } from './store';

const NOTICE = new TableMap(NoticeRow);

/** A notice as it was written by {@link enqueueNotices}, or one for a higher level. */
export type NewNotice = Omit<NoticeRow, 'id'>;

/**
 * Writes down that people must be told something, in the transaction of what it tells of. The holder of the shard decides
 * afterwards who is told, how and when; a key that was told already is told nobody again.
 * @param now the instant at which it is written, epoch milliseconds.
 */
export async function enqueueNotices(
  transaction: StoreTransaction,
  notices: readonly Notice[],
  now: number,
): Promise<void> {
  await insertNotices(
    transaction,
    notices.map((notice) => noticeRowOf(notice, now)),
  );
}

/** The row of a notice, waiting, or muted where it says so. */
export function noticeRowOf(notice: Notice, now: number): NewNotice {
  const mutedBecause = notice.mutedBecause ?? null;
  return {
    shard: notice.shard,
    noticeKey: notice.key,
    thread: notice.thread ?? null,
    kind: notice.kind,
    grade: notice.grade,
    department: notice.department,
    post: notice.post ?? null,
    caseNo: notice.caseNo ?? null,
    subject: notice.subject.slice(0, 255),
    roles: (notice.recipients ?? []).join(','),
    facts: JSON.stringify(notice.facts),
    at: notice.at,
    createdAt: now,
    isWithdrawal: notice.isWithdrawal ?? false,
    level: 0,
    // What no longer holds is taken from the queue in any case; only telling it is muted.
    state: mutedBecause === null || notice.isWithdrawal === true ? 'waiting' : 'muted',
    reason: mutedBecause,
    bundle: null,
  };
}

export async function insertNotices(
  transaction: StoreTransaction,
  notices: readonly NewNotice[],
): Promise<void> {
  await insertRows(transaction, NOTICE, notices);
}

/** Notices of a shard in one of the states, in order, at most `limit`. */
export async function noticesInState(
  from: Queryable,
  shard: number,
  state: NoticeState,
  limit: number,
): Promise<NoticeRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM notice WHERE state = ? AND shard = ? ORDER BY id LIMIT ?',
    [state, shard, limit],
  );
  return rows.map((raw) => NOTICE.decode(raw));
}

/** The notices with the given ids. */
export async function noticesById(from: Queryable, ids: readonly number[]): Promise<Map<number, NoticeRow>> {
  const found = new Map<number, NoticeRow>();
  for (const chunk of chunks([...new Set(ids)], 500)) {
    const rows = await from.query<object>(
      `SELECT * FROM notice WHERE id IN (${chunk.map(() => '?').join(',')})`,
      chunk,
    );
    for (const raw of rows) {
      const row = NOTICE.decode(raw);
      found.set(row.id, row);
    }
  }
  return found;
}

/** Notices come to stand elsewhere. */
export async function setNoticeState(
  transaction: StoreTransaction,
  ids: readonly number[],
  state: NoticeState,
  reason: NoticeHoldReason | null = null,
): Promise<void> {
  for (const chunk of chunks(ids, 500))
    await transaction.execute(
      `UPDATE notice SET state = ?, reason = ? WHERE id IN (${chunk.map(() => '?').join(',')})`,
      [state, reason, ...chunk],
    );
}

/**
 * How many notices that people may be told were written since an instant, counted up to `most`: enough to know whether there
 * are too many. Lights that turned green are told nobody.
 */
export async function noticesSince(from: Queryable, since: number, most: number): Promise<number> {
  const [row] = await from.query<{ n: number | string }>(
    'SELECT COUNT(*) AS n FROM (SELECT 1 AS one FROM notice WHERE created_at > ? ' +
      "AND NOT (kind = 'light' AND grade = 'info') LIMIT ?) AS recent",
    [instantText(since), most],
  );
  return Number(row?.n ?? 0);
}

/** How many notices are kept back, by state, reason and grade. */
export async function keptBack(
  from: Queryable,
): Promise<{ state: NoticeState; reason: NoticeHoldReason; grade: string; notices: number }[]> {
  const rows = await from.query<{ state: NoticeState; reason: NoticeHoldReason; grade: string; n: number }>(
    "SELECT state, reason, grade, COUNT(*) AS n FROM notice WHERE state IN ('held', 'muted') " +
      'GROUP BY state, reason, grade ORDER BY state, reason, grade',
  );
  return rows.map(({ state, reason, grade, n }) => ({ state, reason, grade, notices: Number(n) }));
}

/**
 * Lets notices go that were kept back for a reason, at most `limit` of them. @returns how many there were; call again until
 * it is 0, each time in a transaction of its own.
 */
export async function releaseNotices(
  transaction: StoreTransaction,
  reason: NoticeHoldReason,
  state: 'bundled' | 'released' | 'discarded',
  bundle: string | null,
  limit: number,
): Promise<number> {
  const rows = await transaction.query<{ id: number }>(
    "SELECT id FROM notice WHERE state IN ('held', 'muted') AND reason = ? ORDER BY id LIMIT ?",
    [reason, limit],
  );
  for (const chunk of chunks(rows, 500))
    await transaction.execute(
      `UPDATE notice SET state = ?, bundle = ? WHERE id IN (${chunk.map(() => '?').join(',')})`,
      [state, bundle, ...chunk.map(({ id }) => id)],
    );
  return rows.length;
}

/** Whether notices of a bundle still wait for their notifications. */
export async function isBundleOpen(from: Queryable, bundle: string): Promise<boolean> {
  const rows = await from.query("SELECT id FROM notice WHERE state = 'bundled' AND bundle = ? LIMIT 1", [
    bundle,
  ]);
  return rows.length > 0;
}

/** Notices under a key that were written before and of which nobody was told: the matter no longer holds. */
export function discardNoticesBefore(
  transaction: StoreTransaction,
  noticeKey: string,
  id: number,
): Promise<number> {
  return transaction.execute(
    "UPDATE notice SET state = 'discarded' WHERE notice_key = ? AND id < ? AND is_withdrawal = 0 " +
      "AND state IN ('held', 'muted', 'waiting', 'released', 'bundled')",
    [noticeKey, id],
  );
}
