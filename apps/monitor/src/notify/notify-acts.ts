import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NoticeHoldReason } from '@mingjian/contracts';
import {
  acknowledgeNotifications,
  appendLedger,
  BESIDE_THE_SHARDS,
  findNotification,
  releaseNotices,
  reviveMessages,
  type Store,
} from '@mingjian/store';
import { bundleName } from './bundle';
import { NOTIFY_CHAIN } from './notify-ledger';

/** Notices let go in one transaction. */
const RELEASE_BATCH = 1_000;

/** Somebody who acts: an account or a command. */
export interface Actor {
  id: string;
}

/** How an acknowledgement ended. */
export type Acknowledgement =
  { ok: true; settled: number } | { ok: false; because: 'not-found' | 'not-yours' | 'done-before' };

/**
 * 签收 by a recipient. It stands for his role: what one deputy or colleague has acknowledged, nobody of the role must. `mine`
 * says whether the notification is addressed to whoever asks.
 */
export function acknowledge(
  store: Store,
  id: number,
  actor: Actor,
  mine: (recipient: string) => boolean,
  remark: string | null,
  now: number,
): Promise<Acknowledgement> {
  return store.write(async (transaction): Promise<Acknowledgement> => {
    const row = await findNotification(transaction, id);
    if (row === null) return { ok: false, because: 'not-found' };
    if (!mine(row.recipient)) return { ok: false, because: 'not-yours' };
    const settled = await acknowledgeNotifications(transaction, row, actor.id, now);
    if (settled === 0) return { ok: false, because: 'done-before' };
    await appendLedger(transaction, [
      {
        chain: NOTIFY_CHAIN,
        kind: 'notification.acknowledged',
        at: now,
        actor: actor.id,
        subject: row.caseNo ?? row.noticeKey,
        body: {
          notice: row.noticeKey,
          recipient: row.recipient,
          role: row.role,
          inTime: row.ackDueAt === null || now <= row.ackDueAt,
          ...(remark === null ? {} : { remark }),
        },
      },
    ]);
    return { ok: true, settled };
    // Notifications and a chain of their own: nothing that a case's transaction writes.
  }, BESIDE_THE_SHARDS);
}

/** What becomes of notices that are kept back. */
export interface Release {
  reason: NoticeHoldReason;
  as: 'digest' | 'each' | 'discard';
  because: string;
}

const RELEASED_AS = { digest: 'bundled', each: 'released', discard: 'discarded' } as const;

/**
 * Lets notices go that are kept back, or drops them, in bounded steps. What is told as a digest is one message for each
 * recipient. On record with who and why. @returns how many notices.
 */
export async function release(
  store: Store,
  { reason, as, because }: Release,
  actor: Actor,
  now: number,
): Promise<number> {
  let notices = 0;
  for (;;) {
    const step = await store.write((transaction) =>
      releaseNotices(
        transaction,
        reason,
        RELEASED_AS[as],
        as === 'digest' ? bundleName(reason, now) : null,
        RELEASE_BATCH,
      ),
    );
    if (step === 0) break;
    notices += step;
    // The embedded store works in this thread: others get their turn between the steps.
    await nextTurn();
  }
  await store.write((transaction) =>
    appendLedger(transaction, [
      {
        chain: NOTIFY_CHAIN,
        kind: as === 'discard' ? 'notices.discarded' : 'notices.released',
        at: now,
        actor: actor.id,
        subject: reason,
        body: { as, because, notices },
      },
    ]),
  );
  return notices;
}

/** Messages that could not be handed over are tried again. On record with who. @returns how many. */
export function revive(store: Store, channel: string | null, actor: Actor, now: number): Promise<number> {
  return store.write(async (transaction) => {
    const messages = await reviveMessages(transaction, channel, now);
    if (messages > 0)
      await appendLedger(transaction, [
        {
          chain: NOTIFY_CHAIN,
          kind: 'messages.revived',
          at: now,
          actor: actor.id,
          subject: channel ?? 'all',
          body: { messages },
        },
      ]);
    return messages;
  }, BESIDE_THE_SHARDS);
}
