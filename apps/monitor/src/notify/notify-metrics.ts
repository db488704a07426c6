import { Counter, Gauge, type Registry } from 'prom-client';
import type { Clock } from '@mingjian/runtime';
import { messageDepth, unacknowledgedSince, type Store } from '@mingjian/store';
import type { SendResult } from './channel-queue';
import { FAILURES, type FailureReason } from './channels/channel';

const HOUR_MS = 3_600_000;
/** Ages on the clock by which cases are judged; each class without the older ones. */
const AGES = [
  ['over-24h', 24 * HOUR_MS],
  ['4h-24h', 4 * HOUR_MS],
  ['1h-4h', HOUR_MS],
  ['under-1h', 0],
] as const;
const RESULTS = ['sent', 'retried', 'failed', 'held', 'muted'] as const;
/** Of notices that became no message. `nobody`: no recipient holds a role that should hear of them. */
const NOT_TOLD = ['held', 'muted', 'nobody'] as const;
/** Label of what was never meant for one channel. */
const NO_CHANNEL = 'none';

/** Counters of what became of notifications, and gauges of what waits. Names and labels: metrics contract. */
export class NotifyMetrics {
  private readonly notifications: Counter<'channel' | 'result'>;
  private readonly failures: Counter<'channel' | 'reason'>;

  constructor(
    registry: Registry,
    store: Store,
    clock: Clock,
    private readonly channels: () => readonly string[],
  ) {
    const registers = [registry];
    this.notifications = new Counter({
      name: 'mingjian_notifications_total',
      help: 'Messages by channel and result; held, muted and nobody count notices, on channel none',
      labelNames: ['channel', 'result'],
      registers,
    });
    this.failures = new Counter({
      name: 'mingjian_notification_failures_total',
      help: 'Attempts to hand over a message that failed, by channel and reason',
      labelNames: ['channel', 'reason'],
      registers,
    });
    new Gauge({
      name: 'mingjian_outbox',
      help: 'Messages that wait on a channel; read from the store: take max over monitors',
      labelNames: ['channel'],
      registers,
      async collect() {
        this.reset();
        for (const channel of channels()) this.set({ channel }, 0);
        for (const { channel, state, messages } of await messageDepth(store))
          if (state === 'waiting') this.set({ channel }, messages);
      },
    });
    new Gauge({
      name: 'mingjian_messages_dead',
      help: 'Messages that could not be handed over and wait for a person; take max over monitors',
      labelNames: ['channel'],
      registers,
      async collect() {
        this.reset();
        for (const channel of channels()) this.set({ channel }, 0);
        for (const { channel, state, messages } of await messageDepth(store))
          if (state === 'dead') this.set({ channel }, messages);
      },
    });
    new Gauge({
      name: 'mingjian_unacknowledged',
      help: 'Notifications that must be acknowledged and are not, by age since delivery; take max over monitors',
      labelNames: ['age'],
      registers,
      async collect() {
        const now = clock.now();
        const counts = await unacknowledgedSince(
          store,
          AGES.map(([, ms]) => now - ms),
        );
        AGES.forEach(([age], index) => this.set({ age }, counts[index]! - (counts[index - 1] ?? 0)));
      },
    });
    this.preset();
  }

  /** Makes every series of the channels exist at 0; again when other recipients came into force. */
  preset(): void {
    for (const channel of this.channels()) {
      for (const result of RESULTS) this.notifications.inc({ channel, result }, 0);
      for (const reason of Object.keys(FAILURES)) this.failures.inc({ channel, reason }, 0);
    }
    for (const result of NOT_TOLD) this.notifications.inc({ channel: NO_CHANNEL, result }, 0);
  }

  attempted(channel: string, result: SendResult, reason: FailureReason | null): void {
    this.notifications.inc({ channel, result });
    if (reason !== null) this.failures.inc({ channel, reason });
  }

  notTold(result: (typeof NOT_TOLD)[number], notices: number): void {
    if (notices > 0) this.notifications.inc({ channel: NO_CHANNEL, result }, notices);
  }
}
