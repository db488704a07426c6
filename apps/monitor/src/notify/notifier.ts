import type { FindingSeverity } from '@mingjian/contracts';
import type { Registry } from 'prom-client';
import type { Clock, Logger } from '@mingjian/runtime';
import { lightsOfMessage, type NotificationMessageRow, type Store } from '@mingjian/store';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import type { ShardHolder } from '../shard/shard-holder';
import { ChannelQueue, type SendResult } from './channel-queue';
import type { FailureReason } from './channels/channel';
import { Escalator } from './escalator';
import { MessageFormer } from './message-former';
import { NoticeDesk } from './notice-desk';
import { NotifyMetrics } from './notify-metrics';
import type { NotifySite } from './notify-site';
import { NotifySiteKeeper } from './notify-site-keeper';

/** What the notifier is given. */
export interface NotifierPorts {
  store: Store;
  shards: ShardHolder;
  /** The clock by which cases are judged: quiet hours, digests, acknowledgement. */
  clock: Clock;
  /** The machine's clock: leases, pace, pauses after failures. */
  wall: Clock;
  logger: Logger;
  registry: Registry;
  /** Name of this process among the monitors. */
  owner: string;
  rules: () => LoadedRuleBook;
  /** Told how long after its light a warning was handed over, milliseconds. */
  observeLag: (lagMs: number) => void;
}

/** What one run did. */
export interface NotifyCounts {
  told: number;
  held: number;
  muted: number;
  messages: number;
  escalated: number;
  sent: number;
}

/**
 * From light to person: notices → notifications (desk) → messages (former) → channels (one queue each), and the escalation of
 * what nobody acknowledges. Every step is a bounded transaction; what a crash cuts off, the next run makes good.
 */
export class Notifier {
  readonly keeper: NotifySiteKeeper;
  readonly metrics: NotifyMetrics;
  private readonly desk: NoticeDesk;
  private readonly former: MessageFormer;
  private readonly escalator: Escalator;
  private readonly queues = new Map<string, ChannelQueue>();
  private running: Promise<unknown> = Promise.resolve();
  private isWaiting = false;
  private stopping = false;

  constructor(
    private readonly ports: NotifierPorts,
    settings: { recipients: string; batch: number },
  ) {
    const { store, shards, clock, wall, logger, registry, rules } = ports;
    this.keeper = new NotifySiteKeeper(settings.recipients, rules, wall, logger, store);
    this.metrics = new NotifyMetrics(registry, store, clock, () => [
      ...(this.keeper.current?.channels.keys() ?? []),
    ]);
    const site = (): NotifySite => this.site();
    this.desk = new NoticeDesk(store, shards, clock, logger, site, settings.batch, (counts) => {
      this.metrics.notTold('held', counts.held);
      this.metrics.notTold('muted', counts.muted);
      this.metrics.notTold('nobody', counts.toNobody);
    });
    this.former = new MessageFormer(store, shards, clock, wall, site);
    this.escalator = new Escalator(store, shards, clock, site);
  }

  /** Whether notices are written at all. */
  get isOn(): boolean {
    return this.keeper.isOn;
  }

  /** Findings of which severities people are told. */
  get toldFindings(): ReadonlySet<FindingSeverity> {
    return new Set(this.keeper.current?.book.document.findingSeverities);
  }

  /** @throws BadInputError with every problem of the recipients document. */
  async load(): Promise<void> {
    await this.keeper.load();
    this.metrics.preset();
  }

  /** Follows the document. */
  async follow(): Promise<void> {
    await this.keeper.follow();
    this.metrics.preset();
  }

  /** Something was written: tell it soon. Never rejects. */
  wake(): void {
    if (!this.isOn || this.isWaiting || this.stopping) return;
    this.isWaiting = true;
    this.prepare()
      .then(() => {
        for (const queue of this.allQueues()) queue.wake();
      })
      .catch((error: unknown) =>
        this.ports.logger.error(
          { err: error },
          'Notices could not be worked off; the next run makes it good.',
        ),
      );
  }

  /** One whole run, with everything that can be sent now. */
  async runOnce(): Promise<NotifyCounts> {
    const counts = await this.prepare();
    const sent = await Promise.all(this.allQueues().map((queue) => queue.runOnce()));
    return { ...counts, sent: sent.reduce((a, b) => a + b, 0) };
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await this.running;
    await Promise.all([...this.queues.values()].map((queue) => queue.stop()));
    this.keeper.close();
  }

  /** Everything but sending, one run at a time. */
  private prepare(): Promise<Omit<NotifyCounts, 'sent'>> {
    const run = this.running.then(async () => {
      this.isWaiting = false;
      if (this.keeper.current === null) return { told: 0, held: 0, muted: 0, messages: 0, escalated: 0 };
      const isStopping = (): boolean => this.stopping;
      const { told, held, muted } = await this.desk.runOnce(isStopping);
      // After the desk: what was answered meanwhile goes no further up.
      const escalated = await this.escalator.runOnce(isStopping);
      if (escalated > 0) await this.desk.runOnce(isStopping);
      const messages = await this.former.runOnce(isStopping);
      return { told, held, muted, messages, escalated };
    });
    this.running = run.catch(() => undefined);
    return run;
  }

  private allQueues(): ChannelQueue[] {
    const { store, wall, owner, logger } = this.ports;
    for (const name of this.keeper.current?.channels.keys() ?? [])
      if (!this.queues.has(name))
        this.queues.set(
          name,
          new ChannelQueue(
            name,
            store,
            wall,
            owner,
            () => this.keeper.current,
            logger,
            (channel, result, reason, message) => this.attempted(channel, result, reason, message),
          ),
        );
    return [...this.queues.values()];
  }

  private attempted(
    channel: string,
    result: SendResult,
    reason: FailureReason | null,
    message: NotificationMessageRow,
  ): void {
    this.metrics.attempted(channel, result, reason);
    // What a person released, or what waited for opening hours, says nothing about the daemon; a digest neither.
    if (result !== 'sent' || message.bundle !== null) return;
    lightsOfMessage(this.ports.store, message.id)
      .then((instants) => {
        const now = this.ports.clock.now();
        for (const at of instants) this.ports.observeLag(Math.max(0, now - at));
      })
      .catch((error: unknown) => this.ports.logger.error({ err: error }, 'A warning lag could not be read.'));
  }

  private site(): NotifySite {
    const site = this.keeper.current;
    if (site === null) throw new Error('no recipients document is loaded');
    return site;
  }
}
