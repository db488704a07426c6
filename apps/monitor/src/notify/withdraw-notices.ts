import {
  callBackMessage,
  discardNoticesBefore,
  insertNotifications,
  notificationsOfKeys,
  setNoticeState,
  withdrawNotifications,
  type NoticeRow,
  type NotificationRow,
  type StoreTransaction,
} from '@mingjian/store';
import type { Expansion } from './expand-notices';
import { bundleReleasedAt } from './bundle';
import type { NotifySite } from './notify-site';
import type { RecipientBook } from './recipient-book';

/**
 * What was told no longer holds.
 *
 * 1. Notices under the key that nobody was told yet are dropped.
 * 2. Notifications that wait, and messages that nobody began to send, are called back.
 * 3. Whoever was told is told that it no longer holds; the key is free, so that the same light, found again, is told again.
 *
 * A withdrawal because of other rules or another calendar sends nothing by itself: it does 1 and 2 and is muted.
 */
export async function withdrawNotices(
  transaction: StoreTransaction,
  notices: readonly NoticeRow[],
  { book }: NotifySite,
  now: number,
): Promise<Expansion & { withdrawn: number }> {
  const byKey = new Map<string, NotificationRow[]>();
  for (const row of await notificationsOfKeys(
    transaction,
    notices.map(({ noticeKey }) => noticeKey),
  ))
    byKey.set(row.noticeKey, [...(byKey.get(row.noticeKey) ?? []), row]);
  const sum = { notifications: 0, muted: 0, withdrawn: 0 };
  for (const notice of notices) {
    await discardNoticesBefore(transaction, notice.noticeKey, notice.id);
    const rows = byKey.get(notice.noticeKey) ?? [];
    byKey.delete(notice.noticeKey);
    const [told, untold] = await divide(transaction, rows);
    await withdrawNotifications(transaction, untold);
    sum.withdrawn += untold.length;
    const isMuted = notice.state === 'waiting' && notice.reason !== null && told.length > 0;
    await setNoticeState(
      transaction,
      [notice.id],
      isMuted ? 'muted' : 'told',
      isMuted ? notice.reason : null,
    );
    if (isMuted) sum.muted++;
    if (isMuted || told.length === 0) continue;
    await withdrawNotifications(
      transaction,
      told.map(({ id }) => id),
    );
    await insertNotifications(
      transaction,
      told.map((row) => correctionOf(row, notice, book, now)),
    );
    sum.notifications += told.length;
  }
  return sum;
}

/** Who was told, and the ids of what nobody was told. */
async function divide(
  transaction: StoreTransaction,
  rows: readonly NotificationRow[],
): Promise<[NotificationRow[], number[]]> {
  const told: NotificationRow[] = [];
  const untold: number[] = [];
  for (const row of rows)
    if (row.state === 'formed' && !(await callBackMessage(transaction, row.messageId))) told.push(row);
    else untold.push(row.id);
  return [told, untold];
}

function correctionOf(
  told: NotificationRow,
  notice: NoticeRow,
  book: RecipientBook,
  now: number,
): Omit<NotificationRow, 'id'> {
  const { id, ...rest } = told;
  const entry = book.document.people[told.recipient];
  return {
    ...rest,
    noticeId: notice.id,
    noticeKey: `${told.noticeKey}/withdrawn`,
    generation: id,
    grade: 'info',
    thread: null,
    state: notice.bundle === null ? 'waiting' : 'bundled',
    bundle: notice.bundle,
    createdAt: now,
    deliverAt:
      notice.bundle !== null
        ? bundleReleasedAt(notice.bundle)
        : entry === undefined
          ? now
          : book.deliverAt(entry, 'info', now),
    messageId: 0,
    ackDueAt: null,
    acknowledgedAt: null,
    acknowledgedBy: null,
    escalatedAt: null,
  };
}
