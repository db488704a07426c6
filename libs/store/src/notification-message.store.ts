import type { MessageState } from '@mingjian/contracts';
import { instantText } from './hot/instant-text';
import { insertRows, queryByKeys } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { NotificationMessageRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const MESSAGE = new TableMap(NotificationMessageRow);

export type NewNotificationMessage = Omit<NotificationMessageRow, 'id'>;

/** Appends messages. @returns the id of each, by its key. */
export async function insertMessages(
  transaction: StoreTransaction,
  messages: readonly NewNotificationMessage[],
): Promise<Map<string, number>> {
  await insertRows(transaction, MESSAGE, messages);
  const rows = await queryByKeys<{ id: number; message_key: string }>(
    transaction,
    'SELECT id, message_key FROM notification_message WHERE message_key IN (?)',
    messages.map(({ messageKey }) => messageKey),
  );
  return new Map(rows.map((row) => [row.message_key, row.id]));
}

/** A message that is not finished: what it tells of is still being put into it. */
export async function formingMessage(from: Queryable): Promise<NotificationMessageRow | null> {
  const rows = await from.query<object>(
    "SELECT * FROM notification_message WHERE state = 'forming' ORDER BY id LIMIT 1",
  );
  return rows[0] === undefined ? null : MESSAGE.decode(rows[0]);
}

/** A message has its words and may be sent, or has nobody to go to. */
export async function finishMessage(
  transaction: StoreTransaction,
  message: Pick<
    NotificationMessageRow,
    'id' | 'state' | 'grade' | 'notices' | 'subject' | 'content' | 'nextAttemptAt'
  >,
): Promise<void> {
  await transaction.execute(
    'UPDATE notification_message SET state = ?, grade = ?, notices = ?, subject = ?, content = ?, next_attempt_at = ? ' +
      'WHERE id = ?',
    [
      message.state,
      message.grade,
      message.notices,
      message.subject,
      message.content,
      instantText(message.nextAttemptAt),
      message.id,
    ],
  );
}

/**
 * Takes messages of a channel to send them, at most `limit`: until the lease has run out nobody else takes them. Two
 * processes that ask at once get different ones.
 */
export async function leaseMessages(
  transaction: StoreTransaction,
  channel: string,
  owner: string,
  now: number,
  until: number,
  limit: number,
): Promise<NotificationMessageRow[]> {
  const rows = await transaction.query<object>(
    "SELECT * FROM notification_message WHERE state = 'waiting' AND channel = ? AND next_attempt_at <= ? " +
      'AND lease_until <= ? ORDER BY next_attempt_at, id LIMIT ?',
    [channel, instantText(now), instantText(now), limit],
  );
  const taken: NotificationMessageRow[] = [];
  for (const raw of rows) {
    const row = MESSAGE.decode(raw);
    const touched = await transaction.execute(
      "UPDATE notification_message SET lease_owner = ?, lease_until = ? WHERE id = ? AND state = 'waiting' " +
        'AND lease_until <= ?',
      [owner, instantText(until), row.id, instantText(now)],
    );
    if (touched === 1) taken.push({ ...row, leaseOwner: owner, leaseUntil: until });
  }
  return taken;
}

/** How an attempt ended, for the record. */
export interface AttemptOutcome {
  id: number;
  state: Extract<MessageState, 'waiting' | 'sent' | 'dead'>;
  /** Whether it counts as an attempt: not where the channel was not tried at all. */
  counts: boolean;
  nextAttemptAt: number;
  reason: string | null;
  detail: string | null;
}

/**
 * Records how an attempt ended and ends the lease. What another process has taken since, or a person has released, is not
 * touched. @returns whether it was still ours.
 */
export async function recordAttempt(
  transaction: StoreTransaction,
  outcome: AttemptOutcome,
  owner: string,
  now: number,
): Promise<boolean> {
  const touched = await transaction.execute(
    'UPDATE notification_message SET state = ?, attempts = attempts + ?, next_attempt_at = ?, reason = ?, detail = ?, ' +
      "lease_owner = '', lease_until = ?, sent_at = ? WHERE id = ? AND lease_owner = ? AND state = 'waiting'",
    [
      outcome.state,
      outcome.counts ? 1 : 0,
      instantText(outcome.nextAttemptAt),
      outcome.reason,
      outcome.detail,
      instantText(0),
      outcome.state === 'sent' ? instantText(now) : null,
      outcome.id,
      owner,
    ],
  );
  return touched === 1;
}

/** Messages with the given ids. */
export async function messagesById(
  from: Queryable,
  ids: readonly number[],
): Promise<Map<number, NotificationMessageRow>> {
  const rows = await queryByKeys<object>(from, 'SELECT * FROM notification_message WHERE id IN (?)', [
    ...new Set(ids),
  ]);
  return new Map(rows.map((raw) => MESSAGE.decode(raw)).map((row) => [row.id, row]));
}

/** Calls back a message that nobody has begun to send. @returns whether it was called back. */
export async function callBackMessage(transaction: StoreTransaction, id: number): Promise<boolean> {
  const touched = await transaction.execute(
    "UPDATE notification_message SET state = 'withdrawn' WHERE id = ? AND state = 'waiting' AND attempts = 0 " +
      "AND notices = 1 AND lease_owner = ''",
    [id],
  );
  return touched === 1;
}

/** Messages in a state, newest first. */
export async function listMessages(
  from: Queryable,
  state: MessageState,
  limit: number,
): Promise<NotificationMessageRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM notification_message WHERE state = ? ORDER BY id DESC LIMIT ?',
    [state, limit],
  );
  return rows.map((raw) => MESSAGE.decode(raw));
}

/** Dead messages of a channel (of all, where null) are tried again, at once and as if new. @returns how many. */
export function reviveMessages(
  transaction: StoreTransaction,
  channel: string | null,
  now: number,
): Promise<number> {
  return transaction.execute(
    "UPDATE notification_message SET state = 'waiting', attempts = 0, next_attempt_at = ?, created_at = ? " +
      `WHERE state = 'dead'${channel === null ? '' : ' AND channel = ?'}`,
    [instantText(now), instantText(now), ...(channel === null ? [] : [channel])],
  );
}

/** How many messages wait on each channel, and how many are dead. */
export async function messageDepth(
  from: Queryable,
): Promise<{ channel: string; state: MessageState; messages: number }[]> {
  const rows = await from.query<{ channel: string; state: MessageState; n: number | string }>(
    "SELECT channel, state, COUNT(*) AS n FROM notification_message WHERE state IN ('waiting', 'dead') " +
      'GROUP BY channel, state',
  );
  return rows.map(({ channel, state, n }) => ({ channel, state, messages: Number(n) }));
}
