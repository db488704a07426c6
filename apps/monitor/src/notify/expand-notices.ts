import type { NoticeGrade, RecipientEntry } from '@mingjian/contracts';
import { dueAt, parseLimit } from '@mingjian/rules';
import {
  insertNotifications,
  muteNotifications,
  notificationsOfKeys,
  setNoticeState,
  yellowOfThreads,
  type NewNotification,
  type NoticeRow,
  type StoreTransaction,
} from '@mingjian/store';
import { bundleReleasedAt } from './bundle';
import type { NotifySite } from './notify-site';
import type { Told } from './recipient-book';

/** What an expansion wrote. */
export interface Expansion {
  notifications: number;
  /** Yellow ones that a red one took the place of before they were sent. */
  muted: number;
}

/**
 * Writes the notifications of notices and marks these as told. What was told before under the same key is left alone. `toNobody`
 * are those that nobody holds a role for, or that no channel leads to.
 */
export async function expandNotices(
  transaction: StoreTransaction,
  notices: readonly NoticeRow[],
  site: NotifySite,
  now: number,
): Promise<Expansion & { toNobody: readonly NoticeRow[] }> {
  const known = await notificationsOfKeys(
    transaction,
    notices.map(({ noticeKey }) => noticeKey),
  );
  const seen = new Set(known.map(identityOf));
  const toNobody: NoticeRow[] = [];
  const rows = notices.flatMap((notice) => {
    const wanted = notificationsOf(notice, site, now);
    if (wanted.length === 0) toNobody.push(notice);
    return wanted.filter((row) => {
      const identity = identityOf(row);
      if (seen.has(identity)) return false;
      seen.add(identity);
      return true;
    });
  });
  await insertNotifications(transaction, rows);
  await setNoticeState(
    transaction,
    notices.map(({ id }) => id),
    'told',
  );
  return { notifications: rows.length, muted: await redMutesYellow(transaction, rows), toNobody };
}

function identityOf(row: Pick<NewNotification, 'noticeKey' | 'level' | 'recipient' | 'channel'>): string {
  return JSON.stringify([row.noticeKey, row.level, row.recipient, row.channel]);
}

function notificationsOf(
  notice: NoticeRow,
  { book, rules, channels }: NotifySite,
  now: number,
): NewNotification[] {
  const addressed = {
    kind: notice.kind,
    grade: notice.grade,
    department: notice.department,
    post: rules.postOf(notice),
    roles: rules.rolesOf(notice),
  };
  return book.tell(addressed, now).flatMap((told) => {
    const deliverAt =
      notice.bundle === null ? deliveryOf(told, notice, book, now) : bundleReleasedAt(notice.bundle);
    const ackDueAt = acknowledgedBy(told.entry, notice.grade, book, Math.max(now, deliverAt));
    return Object.keys(told.entry.via)
      .filter((channel) => channels.has(channel))
      .map((channel) => ({
        ...commonOf(notice),
        recipient: told.recipient,
        role: told.role,
        channel,
        state: notice.bundle === null ? ('waiting' as const) : ('bundled' as const),
        bundle: notice.bundle,
        createdAt: now,
        deliverAt,
        ackDueAt,
      }));
  });
}

/** Not before the recipient may be told; and what comes shortly after it for the same one goes with it. */
function deliveryOf({ entry }: Told, { grade }: NoticeRow, book: NotifySite['book'], now: number): number {
  return Math.max(book.deliverAt(entry, grade, now), now + book.document.groupSeconds * 1000);
}

/** Until when a notice must be acknowledged, in the recipient's own working time from its delivery; null: it need not. */
export function acknowledgedBy(
  entry: RecipientEntry,
  grade: NoticeGrade,
  book: NotifySite['book'],
  from: number,
): number | null {
  const rule = grade === 'info' ? undefined : book.document.acknowledge[grade];
  if (rule === undefined || !entry.acknowledges) return null;
  return dueAt(book.calendarOf(entry), parseLimit(rule.within), from).dueAt;
}

function commonOf(notice: NoticeRow) {
  return {
    noticeId: notice.id,
    noticeKey: notice.noticeKey,
    level: notice.level,
    generation: 0,
    shard: notice.shard,
    kind: notice.kind,
    grade: notice.grade,
    department: notice.department,
    caseNo: notice.caseNo,
    thread: notice.thread,
    at: notice.at,
    messageId: 0,
    acknowledgedAt: null,
    acknowledgedBy: null,
    escalatedAt: null,
  };
}

/** 红灯抑制黄灯: who is told of red need not be told of the yellow that waits, nor acknowledge the one that was sent. */
async function redMutesYellow(
  transaction: StoreTransaction,
  rows: readonly NewNotification[],
): Promise<number> {
  const red = rows.filter(({ grade, thread }) => grade === 'red' && thread !== null);
  if (red.length === 0) return 0;
  const pairOf = (row: Pick<NewNotification, 'thread' | 'recipient' | 'channel'>): string =>
    JSON.stringify([row.thread, row.recipient, row.channel]);
  const pairs = new Set(red.map(pairOf));
  const yellow = (
    await yellowOfThreads(
      transaction,
      red.map(({ thread }) => thread!),
    )
  ).filter((row) => pairs.has(pairOf(row)));
  const waiting = yellow.filter(({ state }) => state !== 'formed').map(({ id }) => id);
  const told = yellow.filter(({ state }) => state === 'formed').map(({ id }) => id);
  await muteNotifications(transaction, waiting, told);
  return waiting.length;
}
