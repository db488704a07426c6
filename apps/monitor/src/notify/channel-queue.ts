import type { Clock, Logger } from '@mingjian/runtime';
import {
  BESIDE_THE_SHARDS,
  leaseMessages,
  recordAttempt,
  type AttemptOutcome,
  type NotificationMessageRow,
  type Store,
} from '@mingjian/store';
import { giveUpAt, inTime, pauseAfter } from './attempt-limits';
import { ChannelError, FAILURES, type Channel, type FailureReason } from './channels/channel';
import type { MessageContent } from './message-content';
import type { NotifySite } from './notify-site';

/** Longer than any attempt may take: nobody else takes a message while it may still be on its way. */
export const LEASE_MS = 120_000;
const MINUTE_MS = 60_000;

/** How an attempt ended. */
export type SendResult = 'sent' | 'retried' | 'failed';

/** Told of each attempt after it was recorded. */
export interface AttemptObserver {
  (channel: string, result: SendResult, reason: FailureReason | null, message: NotificationMessageRow): void;
}

/**
 * Sends what waits on one channel: its own queue, its own pace. A channel that is dead stops no other.
 *
 * 1. Lease a few messages; two processes get different ones.
 * 2. Send; the receiver knows a message by its key.
 * 3. Record how it ended. A crash between 2 and 3 sends it once more when the lease has run out, under the same key.
 */
export class ChannelQueue {
  private running: Promise<unknown> = Promise.resolve();
  private isWaiting = false;
  private stopping = false;
  private failures = 0;
  private pausedUntil = 0;
  private minute = { startedAt: -Infinity, sent: 0 };
  private lastReason: FailureReason | null = null;

  constructor(
    private readonly name: string,
    private readonly store: Store,
    private readonly wall: Clock,
    private readonly owner: string,
    private readonly site: () => NotifySite | null,
    private readonly logger: Logger,
    private readonly observe: AttemptObserver,
  ) {}

  /** Send soon. Calls that come while a run waits for its turn join it. Never rejects. */
  wake(): void {
    if (this.isWaiting || this.stopping) return;
    this.isWaiting = true;
    this.runOnce().catch((error: unknown) =>
      this.logger.error(
        { err: error, channel: this.name },
        'A channel could not be served; it is tried again.',
      ),
    );
  }

  /** Sends until nothing is due, the pace is reached or the channel is paused. @returns how many were sent. */
  runOnce(): Promise<number> {
    const run = this.running.then(() => this.drain());
    this.running = run.catch(() => undefined);
    return run;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
  }

  private async drain(): Promise<number> {
    this.isWaiting = false;
    let sent = 0;
    for (;;) {
      const site = this.site();
      const channel = site?.channels.get(this.name);
      const now = this.wall.now();
      if (this.stopping || site === null || channel === undefined || now < this.pausedUntil) return sent;
      const room = Math.min(channel.parallel, this.roomThisMinute(channel.perMinute, now));
      if (room <= 0) return sent;
      // Messages are no rows of a case, and what another process leases at the same moment is not leased here.
      const messages = await this.store.write(
        (transaction) => leaseMessages(transaction, this.name, this.owner, now, now + LEASE_MS, room),
        BESIDE_THE_SHARDS,
      );
      if (messages.length === 0) return sent;
      this.minute.sent += messages.length;
      const results = await Promise.all(messages.map((message) => this.attempt(message, channel, site)));
      sent += results.filter((result) => result === 'sent').length;
    }
  }

  private async attempt(
    message: NotificationMessageRow,
    channel: Channel,
    { book }: NotifySite,
  ): Promise<SendResult> {
    const entry = book.document.people[message.recipient];
    const address = entry?.via[this.name];
    const now = this.wall.now();
    const plannedAt = message.attempts === 0 ? message.nextAttemptAt : message.createdAt;
    const mayReachAt = entry === undefined ? now : book.reachAt(entry, message.grade, plannedAt, now);
    if (mayReachAt > now) return this.leaveUntil(message, mayReachAt);
    let failure: ChannelError | null = null;
    try {
      if (address === undefined)
        throw new ChannelError('no-address', 'the recipients document has no address any more');
      await inTime(
        channel.send({
          key: message.messageKey,
          address,
          grade: message.grade,
          subject: message.subject,
          content: JSON.parse(message.content) as MessageContent,
        }),
      );
    } catch (error) {
      if (!(error instanceof ChannelError))
        this.logger.error(
          { err: error, channel: this.name },
          'A channel failed in a way that it should not.',
        );
      failure = error instanceof ChannelError ? error : new ChannelError('rejected', 'a fault of ours');
    }
    const outcome = this.outcomeOf(message, failure, giveUpAt(message, entry, book));
    const isOurs = await this.store.write(
      (transaction) => recordAttempt(transaction, outcome, this.owner, this.wall.now()),
      BESIDE_THE_SHARDS,
    );
    const result = outcome.state === 'sent' ? 'sent' : outcome.state === 'dead' ? 'failed' : 'retried';
    if (isOurs) this.observe(this.name, result, failure?.reason ?? null, message);
    return result;
  }

  /** The channel was down until the recipient's hours were over: it is tried again when they begin. */
  private async leaveUntil(message: NotificationMessageRow, nextAttemptAt: number): Promise<SendResult> {
    const { id, reason, detail } = message;
    const left = { id, state: 'waiting', counts: false, nextAttemptAt, reason, detail } as const;
    await this.store.write(
      (transaction) => recordAttempt(transaction, left, this.owner, this.wall.now()),
      BESIDE_THE_SHARDS,
    );
    return 'retried';
  }

  private outcomeOf(
    message: NotificationMessageRow,
    failure: ChannelError | null,
    endsAt: number,
  ): AttemptOutcome {
    const now = this.wall.now();
    const { id } = message;
    if (failure === null) {
      if (this.lastReason !== null) this.logger.info({ channel: this.name }, 'A channel works again.');
      this.failures = 0;
      this.lastReason = null;
      return { id, state: 'sent', counts: true, nextAttemptAt: now, reason: null, detail: null };
    }
    const { reason, message: detail, retryAfterMs } = failure;
    const extent = FAILURES[reason];
    if (reason !== this.lastReason)
      this.logger.warn({ channel: this.name, reason, detail }, 'A message could not be handed over.');
    this.lastReason = reason;
    const isOver = extent === 'final' || now >= endsAt;
    if (extent === 'channel') this.failures++;
    const waitMs = retryAfterMs ?? pauseAfter(extent === 'channel' ? this.failures : message.attempts + 1);
    if (extent === 'channel') this.pausedUntil = now + waitMs;
    return {
      id,
      state: isOver ? 'dead' : 'waiting',
      counts: true,
      nextAttemptAt: now + waitMs,
      reason,
      detail: detail.slice(0, 255),
    };
  }

  /** How many more may be sent in the minute that is running. */
  private roomThisMinute(perMinute: number, now: number): number {
    if (now - this.minute.startedAt >= MINUTE_MS) this.minute = { startedAt: now, sent: 0 };
    return perMinute - this.minute.sent;
  }
}
