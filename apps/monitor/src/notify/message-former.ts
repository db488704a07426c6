import { randomUUID } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Clock } from '@mingjian/runtime';
import {
  bundledFor,
  dueNotifications,
  finishMessage,
  firstBundled,
  formingMessage,
  insertMessages,
  isBundleOpen,
  noticesById,
  partsOfMessage,
  postponeNotification,
  putIntoMessage,
  type NewNotificationMessage,
  type NotificationMessageRow,
  type NotificationRow,
  type Store,
  type StoreTransaction,
} from '@mingjian/store';
import type { ShardHolder } from '../shard/shard-holder';
import { bundleReleasedAt } from './bundle';
import { acknowledgedBy } from './expand-notices';
import { fitting, groupsOf } from './fit-message';
import { contentOf, MOST_LINES } from './message-content';
import type { NotifySite } from './notify-site';

/** Notifications looked at in one transaction. */
const MOST_DUE = 2_000;
/** Notifications of a bundle that are put into its message in one transaction. */
const MOST_AT_ONCE = 1_000;
/** The shard whose holder makes the messages: one process, so that what belongs together comes together. */
export const FORMING_SHARD = 0;

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
        const ready = await this.notTooLate(transaction, rows);
        const groups = groupsOf(ready, rows.length === MOST_DUE);
        for (const group of groups) await this.form(transaction, group);
        return groups.length + (rows.length - ready.length);
      },
      [FORMING_SHARD],
    );
  }

  /**
   * Those of the rows that may be told now. What is late, because no monitor ran when it was due, does not reach anybody in the
   * quiet hours that have begun since; and the time for acknowledging it begins when it is told.
   */
  private async notTooLate(
    transaction: StoreTransaction,
    rows: readonly NotificationRow[],
  ): Promise<NotificationRow[]> {
    const { book } = this.site();
    const now = this.clock.now();
    const ready: NotificationRow[] = [];
    for (const row of rows) {
      const entry = book.document.people[row.recipient];
      if (entry === undefined || !book.isLate(row.deliverAt, now)) {
        ready.push(row);
        continue;
      }
      const deliverAt = book.reachAt(entry, row.grade, row.deliverAt, now);
      const ackDueAt = row.ackDueAt === null ? null : acknowledgedBy(entry, row.grade, book, deliverAt);
      await postponeNotification(transaction, { id: row.id, deliverAt, ackDueAt });
      if (deliverAt <= now) ready.push(row);
    }
    return ready;
  }

  /**
   * A bundle may be very much: a message of it is filled in several transactions, so that the process stays responsive, and
   * gets its words at the end. One that was begun is finished first, by whoever comes next.
   */
  private bundled(): Promise<number> {
    return this.store.write(
      async (transaction) => {
        await this.shards.require(transaction, [FORMING_SHARD]);
        const message = (await formingMessage(transaction)) ?? (await this.begin(transaction));
        if (message === null) return 0;
        const bundle = message.bundle!;
        const ids = await bundledFor(
          transaction,
          { ...message, bundle },
          bundleReleasedAt(bundle),
          MOST_AT_ONCE,
        );
        await putIntoMessage(transaction, ids, message.id);
        if (ids.length < MOST_AT_ONCE) await this.finish(transaction, message);
        return 1;
      },
      [FORMING_SHARD],
    );
  }

  private async begin(transaction: StoreTransaction): Promise<NotificationMessageRow | null> {
    const first = await firstBundled(transaction);
    // What is still being written down would miss its message.
    if (first === null || (await isBundleOpen(transaction, first.bundle!))) return null;
    return this.add(transaction, first);
  }

  private async form(transaction: StoreTransaction, group: readonly NotificationRow[]): Promise<void> {
    const message = await this.add(transaction, group[0]!);
    await putIntoMessage(
      transaction,
      group.map(({ id }) => id),
      message.id,
    );
    await this.finish(transaction, message);
  }

  private async add(
    transaction: StoreTransaction,
    { channel, recipient, bundle, grade }: NotificationRow,
  ): Promise<NotificationMessageRow> {
    const now = this.wall.now();
    const message: NewNotificationMessage = {
      messageKey: randomUUID(),
      channel,
      recipient,
      bundle,
      grade,
      notices: 0,
      state: 'forming',
      subject: '',
      content: '',
      attempts: 0,
      nextAttemptAt: now,
      leaseOwner: '',
      leaseUntil: 0,
      reason: null,
      detail: null,
      createdAt: now,
      sentAt: null,
    };
    const ids = await insertMessages(transaction, [message]);
    return { ...message, id: ids.get(message.messageKey)! };
  }

  private async finish(transaction: StoreTransaction, message: NotificationMessageRow): Promise<void> {
    const site = this.site();
    const entry = site.book.document.people[message.recipient];
    const channel = site.channels.get(message.channel);
    const { grades, noticeIds } = await partsOfMessage(transaction, message.id, MOST_LINES);
    const notices = [...grades.values()].reduce((a, b) => a + b, 0);
    const grade = (['red', 'yellow', 'info'] as const).find((one) => grades.has(one)) ?? 'info';
    if (entry === undefined || channel === undefined) {
      // Taken out of the document since: nobody is there to be told.
      await finishMessage(transaction, { ...message, state: 'withdrawn', grade, notices });
      return;
    }
    const shown = await noticesById(transaction, noticeIds);
    const inOrder = noticeIds.flatMap((id) => shown.get(id) ?? []);
    const { subject, content } = fitting(inOrder, (some) =>
      contentOf(some, grades, entry, channel.kind, site),
    );
    const now = this.wall.now();
    await finishMessage(transaction, {
      id: message.id,
      state: 'waiting',
      grade,
      notices,
      subject,
      content,
      nextAttemptAt: message.bundle === null ? now : Math.max(now, site.book.deliverAt(entry, grade, now)),
    });
  }
}
