import {
  appendLedger,
  muteNotifications,
  setNoticeState,
  yellowOfThreads,
  type NoticeRow,
  type NotificationRow,
  type StoreTransaction,
} from '@mingjian/store';
import { NOTIFY_CHAIN } from './notify-ledger';

/**
 * 已处置: yellow lights that turned green in time.
 *
 * What waits is not sent any more; what was told need not be acknowledged and goes no further up the ladder. Each is on record
 * with the instant at which it was over. What was acknowledged before stays as it is.
 *
 * @returns how many notifications were closed.
 */
export async function overtakeNotices(
  transaction: StoreTransaction,
  notices: readonly NoticeRow[],
  now: number,
): Promise<number> {
  const overAt = new Map(notices.map(({ thread, at }) => [thread, at]));
  const open = (
    await yellowOfThreads(
      transaction,
      notices.flatMap(({ thread }) => (thread === null ? [] : [thread])),
    )
  ).filter(isOpen);
  const of = (isTold: boolean): number[] =>
    open.filter(({ state }) => (state === 'formed') === isTold).map(({ id }) => id);
  await muteNotifications(transaction, of(false), of(true));
  await setNoticeState(
    transaction,
    notices.map(({ id }) => id),
    'told',
  );
  const byKey = new Map<string, NotificationRow[]>();
  for (const row of open) byKey.set(row.noticeKey, [...(byKey.get(row.noticeKey) ?? []), row]);
  await appendLedger(
    transaction,
    [...byKey].map(([noticeKey, rows]) => ({
      chain: NOTIFY_CHAIN,
      kind: 'notification.overtaken',
      at: now,
      actor: null,
      subject: rows[0]!.caseNo ?? noticeKey,
      body: {
        notice: noticeKey,
        greenAt: overAt.get(rows[0]!.thread) ?? null,
        recipients: [...new Set(rows.map(({ recipient }) => recipient))].sort(),
      },
    })),
  );
  return open.length;
}

/** Nobody has sent it yet, or somebody still has to acknowledge it. */
function isOpen({ state, acknowledgedAt, ackDueAt }: NotificationRow): boolean {
  return state !== 'formed' || (acknowledgedAt === null && ackDueAt !== null);
}
