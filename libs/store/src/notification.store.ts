import type { NoticeGrade } from '@mingjian/contracts';
import { instantText } from './hot/instant-text';
import { chunks, insertRows, queryByKeys } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import type { RowScope } from './row-scope';
import { NotificationRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const NOTIFICATION = new TableMap(NotificationRow);

export type NewNotification = Omit<NotificationRow, 'id'>;

/** Appends notifications. @throws where one with the key is there: look first, see {@link notificationsOfKeys}. */
export async function insertNotifications(
  transaction: StoreTransaction,
  rows: readonly NewNotification[],
): Promise<void> {
  await insertRows(transaction, NOTIFICATION, rows);
}

/** The notifications that hold under the given notice keys, of all levels. */
export async function notificationsOfKeys(
  from: Queryable,
  keys: readonly string[],
): Promise<NotificationRow[]> {
  const rows = await queryByKeys<object>(
    from,
    'SELECT * FROM notification WHERE generation = 0 AND notice_key IN (?)',
    [...new Set(keys)],
  );
  return rows.map((raw) => NOTIFICATION.decode(raw));
}

/** Yellow notifications of the given threads that a red one takes the place of. */
export async function yellowOfThreads(
  from: Queryable,
  threads: readonly string[],
): Promise<NotificationRow[]> {
  const rows = await queryByKeys<object>(
    from,
    "SELECT * FROM notification WHERE grade = 'yellow' AND state IN ('waiting', 'bundled', 'formed') AND thread IN (?)",
    [...new Set(threads)],
  );
  return rows.map((raw) => NOTIFICATION.decode(raw));
}

/** What waits and may be sent, in an order in which what belongs into one message stands together. */
export async function dueNotifications(
  from: Queryable,
  now: number,
  limit: number,
): Promise<NotificationRow[]> {
  const rows = await from.query<object>(
    "SELECT * FROM notification WHERE state = 'waiting' AND deliver_at <= ? " +
      'ORDER BY deliver_at, recipient, channel LIMIT ?',
    [instantText(now), limit],
  );
  return rows.map((raw) => NOTIFICATION.decode(raw));
}

/** Any notification that waits for its bundle. */
export async function firstBundled(from: Queryable): Promise<NotificationRow | null> {
  const rows = await from.query<object>("SELECT * FROM notification WHERE state = 'bundled' LIMIT 1");
  return rows[0] === undefined ? null : NOTIFICATION.decode(rows[0]);
}

/** Ids of what one recipient is to be told on one channel together, at most `limit`: it may be very much. */
export async function bundledFor(
  from: Queryable,
  { recipient, channel, bundle }: { recipient: string; channel: string; bundle: string },
  deliverAt: number,
  limit: number,
): Promise<number[]> {
  const rows = await from.query<{ id: number }>(
    "SELECT id FROM notification WHERE state = 'bundled' AND deliver_at = ? AND recipient = ? " +
      'AND channel = ? AND bundle = ? LIMIT ?',
    [instantText(deliverAt), recipient, channel, bundle, limit],
  );
  return rows.map(({ id }) => id);
}

/** What a message tells of: how many of each grade, and its first notices. */
export async function partsOfMessage(
  from: Queryable,
  messageId: number,
  most: number,
): Promise<{ grades: Map<NoticeGrade, number>; noticeIds: number[] }> {
  const counts = await from.query<{ grade: NoticeGrade; n: number | string }>(
    'SELECT grade, COUNT(*) AS n FROM notification WHERE message_id = ? GROUP BY grade',
    [messageId],
  );
  const first = await from.query<{ notice_id: number }>(
    'SELECT notice_id FROM notification WHERE message_id = ? ORDER BY id LIMIT ?',
    [messageId, most],
  );
  return {
    grades: new Map(counts.map(({ grade, n }) => [grade, Number(n)])),
    noticeIds: first.map(({ notice_id }) => notice_id),
  };
}

/** Notifications that are in a message now. @returns how many still waited for one. */
export async function putIntoMessage(
  transaction: StoreTransaction,
  ids: readonly number[],
  messageId: number,
): Promise<number> {
  let put = 0;
  for (const chunk of chunks(ids, 2_000))
    put += await transaction.execute(
      "UPDATE notification SET state = 'formed', message_id = ? WHERE state IN ('waiting', 'bundled') " +
        `AND id IN (${chunk.map(() => '?').join(',')})`,
      [messageId, ...chunk],
    );
  return put;
}

/** A red light took their place: those that wait are not sent, and nobody has to acknowledge the others. */
export async function muteNotifications(
  transaction: StoreTransaction,
  waiting: readonly number[],
  told: readonly number[],
): Promise<void> {
  for (const chunk of chunks(waiting, 500))
    await transaction.execute(
      `UPDATE notification SET state = 'muted', ack_due_at = NULL WHERE id IN (${chunk.map(() => '?').join(',')})`,
      chunk,
    );
  for (const chunk of chunks(told, 500))
    await transaction.execute(
      `UPDATE notification SET ack_due_at = NULL WHERE id IN (${chunk.map(() => '?').join(',')})`,
      chunk,
    );
}

/** What was told, or was to be, no longer holds. Its key is free from now on. */
export async function withdrawNotifications(
  transaction: StoreTransaction,
  ids: readonly number[],
): Promise<void> {
  for (const chunk of chunks(ids, 500))
    await transaction.execute(
      "UPDATE notification SET state = 'withdrawn', ack_due_at = NULL, generation = id " +
        `WHERE id IN (${chunk.map(() => '?').join(',')})`,
      chunk,
    );
}

/** What could not be told when it was to be is told later, and has as long to be acknowledged from then on. */
export async function postponeNotification(
  transaction: StoreTransaction,
  { id, deliverAt, ackDueAt }: Pick<NotificationRow, 'id' | 'deliverAt' | 'ackDueAt'>,
): Promise<void> {
  await transaction.execute(
    "UPDATE notification SET deliver_at = ?, ack_due_at = ? WHERE id = ? AND state = 'waiting'",
    [instantText(deliverAt), ackDueAt === null ? null : instantText(ackDueAt), id],
  );
}

/**
 * Notifications that should have been acknowledged by now and of which no higher level was told. What still waits to be told is
 * nobody's omission.
 */
export async function overdueAcknowledgements(
  from: Queryable,
  now: number,
  limit: number,
): Promise<NotificationRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM notification WHERE acknowledged_at IS NULL AND escalated_at IS NULL AND ack_due_at < ? ' +
      "AND state = 'formed' ORDER BY ack_due_at, id LIMIT ?",
    [instantText(now), limit],
  );
  return rows.map((raw) => NOTIFICATION.decode(raw));
}

/** That the next level was told in their stead. */
export async function markEscalated(
  transaction: StoreTransaction,
  ids: readonly number[],
  at: number,
): Promise<void> {
  for (const chunk of chunks(ids, 500))
    await transaction.execute(
      `UPDATE notification SET escalated_at = ? WHERE id IN (${chunk.map(() => '?').join(',')})`,
      [instantText(at), ...chunk],
    );
}

/** One notification, with the state of its message. */
export async function findNotification(from: Queryable, id: number): Promise<NotificationRow | null> {
  const rows = await from.query<object>('SELECT * FROM notification WHERE id = ?', [id]);
  return rows[0] === undefined ? null : NOTIFICATION.decode(rows[0]);
}

/**
 * 签收: a recipient has taken note of what he was told under a key, on whichever channel; his acknowledgement stands for
 * his whole role. @returns how many notifications it settled; 0 where it was done before.
 */
export function acknowledgeNotifications(
  transaction: StoreTransaction,
  { noticeKey, role }: Pick<NotificationRow, 'noticeKey' | 'role'>,
  by: string,
  at: number,
): Promise<number> {
  return transaction.execute(
    'UPDATE notification SET acknowledged_at = ?, acknowledged_by = ? WHERE acknowledged_at IS NULL ' +
      'AND generation = 0 AND notice_key = ? AND role = ?',
    [instantText(at), by, noticeKey, role],
  );
}

/** Which notifications a list shows. */
export interface NotificationFilter {
  /** Only what these were told; left out: whatever the scope lets through. */
  recipients?: readonly string[];
  /** Only those that must be acknowledged and are not, the oldest first. */
  isUnacknowledged?: boolean;
  /** Only what tells of this case; left out: of any, and of none. */
  caseNo?: string | undefined;
  /** Go on behind this id. */
  after?: number | undefined;
  limit: number;
}

/** Notifications, newest first, or by age where they wait for acknowledgement. */
export async function listNotifications(
  from: Queryable,
  scope: RowScope,
  { recipients, isUnacknowledged = false, caseNo, after, limit }: NotificationFilter,
): Promise<NotificationRow[]> {
  if (recipients?.length === 0) return [];
  const { sql, parameters } = scope.condition();
  const conditions = [sql];
  const values: unknown[] = [...parameters];
  const add = (condition: string, ...more: unknown[]): void => {
    conditions.push(condition);
    values.push(...more);
  };
  if (recipients !== undefined) add(`recipient IN (${recipients.map(() => '?').join(',')})`, ...recipients);
  if (caseNo !== undefined) add('case_no = ?', caseNo);
  if (after !== undefined) add(isUnacknowledged ? 'id > ?' : 'id < ?', after);
  if (isUnacknowledged) add("acknowledged_at IS NULL AND ack_due_at IS NOT NULL AND state <> 'muted'");
  const rows = await from.query<object>(
    `SELECT * FROM notification WHERE ${conditions.join(' AND ')} ` +
      `ORDER BY id ${isUnacknowledged ? 'ASC' : 'DESC'} LIMIT ?`,
    [...values, limit],
  );
  return rows.map((raw) => NOTIFICATION.decode(raw));
}

/** Since when what is not acknowledged has been with its recipients; for the gauge. */
export async function unacknowledgedSince(from: Queryable, bounds: readonly number[]): Promise<number[]> {
  const counts: number[] = [];
  for (const bound of bounds) {
    const [row] = await from.query<{ n: number | string }>(
      'SELECT COUNT(*) AS n FROM notification WHERE acknowledged_at IS NULL AND ack_due_at IS NOT NULL ' +
        "AND state <> 'muted' AND deliver_at <= ?",
      [instantText(bound)],
    );
    counts.push(Number(row?.n ?? 0));
  }
  return counts;
}

/** When the lights that a message told of became true; at most a hundred. */
export async function lightsOfMessage(from: Queryable, messageId: number): Promise<number[]> {
  const rows = await from.query<object>(
    "SELECT * FROM notification WHERE message_id = ? AND kind = 'light' AND level = 0 LIMIT 100",
    [messageId],
  );
  return rows
    .map((raw) => NOTIFICATION.decode(raw))
    .filter(({ generation }) => generation === 0)
    .map(({ at }) => at);
}
