import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { NoticeGrade } from '@mingjian/contracts';
import type { Clock } from '@mingjian/runtime';
import {
  bundledFor,
  dueNotifications,
  firstBundled,
  insertMessages,
  isBundleOpen,
  noticesById,
  putIntoMessage,
  withdrawNotifications,
  type NewNotificationMessage,
  type NotificationRow,
  type Store,
  type StoreTransaction,
} from '@mingjian/store';
import type { ShardHolder } from '../shard/shard-holder';
import { contentOf, MOST_LINES } from './message-content';
import type { NotifySite } from './notify-site';

/** Notifications looked at in one transaction. */
const MOST_DUE = 2_000;
/** Notices that one message of a bundle tells of. */
const MOST_BUNDLED = 20_000;
/** The shard whose holder makes the messages: one process, so that what belongs together comes together. */
export const FORMING_SHARD = 0;

type Part = { id: number; noticeId: number; grade: NoticeGrade };

/**
 * Makes messages of notifications that are due: one for each recipient and channel, however many notices it tells of.
 *
 * The text is written here and kept: an attempt that is made again sends the same words under the same key. Done by the
 * holder of one shard, fenced by it; a notification comes into one message only.
 */
export class MessageFormer {
  constructor(
    private readonly store: Store,
    private readonly shards: ShardHolder,
    private readonly clock: Clock,
    private readonly wall: Clock,
    private readonly site: () => NotifySite,
  ) {}

  /** @returns the number of messages made. */
  async runOnce(isStopping: () => boolean = () => false): Promise<number> {
    let made = 0;
    for (const step of [() => this.due(), () => this.bundled()])
      for (;;) {
        if (isStopping() || !this.shards.has(FORMING_SHARD)) return made;
        const messages = await this.shards.unlessLost(step);
        if (messages === null || messages === 0) break;
        made += messages;
        await nextTurn();
      }
    return made;
  }

  private due(): Promise<number> {
    return this.store.write(
      async (transaction) => {
        await this.shards.require(transaction, [FORMING_SHARD]);
        const rows = await dueNotifications(transaction, this.clock.now(), MOST_DUE);
        const groups = groupsOf(rows, rows.length === MOST_DUE);
        for (const group of groups) await this.form(transaction, group[0]!, group);
        return groups.length;
      },
      [FORMING_SHARD],
    );
  }

  private bundled(): Promise<number> {
    return this.store.write(
      async (transaction) => {
        await this.shards.require(transaction, [FORMING_SHARD]);
        const first = await firstBundled(transaction);
        // What is still being written down would miss its message.
        if (first === null || (await isBundleOpen(transaction, first.bundle!))) return 0;
        await this.form(transaction, first, await bundledFor(transaction, first, MOST_BUNDLED));
        return 1;
      },
      [FORMING_SHARD],
    );
  }

  private async form(
    transaction: StoreTransaction,
    first: NotificationRow,
    parts: readonly Part[],
  ): Promise<void> {
    const site = this.site();
    const entry = site.book.document.people[first.recipient];
    const channel = site.channels.get(first.channel);
    if (entry === undefined || channel === undefined) {
      // Taken out of the document since: nobody is there to be told.
      await withdrawNotifications(
        transaction,
        parts.map(({ id }) => id),
      );
      return;
    }
    const shown = await noticesById(
      transaction,
      parts.slice(0, MOST_LINES).map(({ noticeId }) => noticeId),
    );
    const grade = worstOf(parts);
    const now = this.wall.now();
    const { subject, content } = contentOf([...shown.values()], parts, entry, channel.kind, site);
    const message: NewNotificationMessage = {
      messageKey: randomUUID(),
      channel: first.channel,
      recipient: first.recipient,
      bundle: first.bundle,
      grade,
      notices: parts.length,
      state: 'waiting',
      subject,
      content: JSON.stringify(content),
      attempts: 0,
      nextAttemptAt: first.bundle === null ? now : Math.max(now, site.book.deliverAt(entry, grade, now)),
      leaseOwner: '',
      leaseUntil: 0,
      reason: null,
      detail: null,
      createdAt: now,
      sentAt: null,
    };
    const ids = await insertMessages(transaction, [message]);
    await putIntoMessage(
      transaction,
      parts.map(({ id }) => id),
      ids.get(message.messageKey)!,
    );
  }
}

/** What one recipient gets on one channel. Where there is more than was read, the last group may be half: it waits. */
function groupsOf(rows: readonly NotificationRow[], isCut: boolean): NotificationRow[][] {
  const groups = new Map<string, NotificationRow[]>();
  for (const row of rows) {
    const key = JSON.stringify([row.recipient, row.channel]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  const list = [...groups.values()];
  return isCut && list.length > 1 ? list.slice(0, -1) : list;
}

function worstOf(parts: readonly Part[]): NoticeGrade {
  if (parts.some(({ grade }) => grade === 'red')) return 'red';
  return parts.some(({ grade }) => grade === 'yellow') ? 'yellow' : 'info';
}
