import { SourceHeartbeat, TOPICS } from '@mingjian/contracts';
import type { EventLog, LogBatch, LogRecord, Subscription } from '@mingjian/log';
import type { Logger } from '@mingjian/runtime';
import { countArrivals, noteHeartbeat, noteSent, type Store } from '@mingjian/store';
import { positionsAfter, savePositions } from '../intake/intake-position';
import { MONITOR_GROUP } from '../intake/step-event-intake';
import { emptySlot, SLOT_MS } from '../judge/arrivals-of';

/**
 * Takes heartbeats (心跳) from topic `mingjian.source-heartbeats`: a sign of life, the offset of the source's clock, and how
 * many events it says it has sent. Delivered again, a heartbeat changes nothing but the count of signs of its slot,
 * which only asks whether there was one.
 */
export class HeartbeatIntake {
  private readonly subscription: Subscription;

  constructor(
    log: EventLog,
    private readonly store: Store,
    private readonly logger: Logger,
    private readonly observe: () => void,
    maxBatch: number,
  ) {
    this.subscription = log.subscribe({
      group: MONITOR_GROUP,
      topic: TOPICS.sourceHeartbeats,
      maxBatch,
      handle: (batch) => this.handle(batch),
    });
  }

  get failed(): Promise<never> {
    return this.subscription.failed;
  }

  start(): void {
    this.subscription.start();
  }

  drain(): Promise<number> {
    return this.subscription.drain();
  }

  stop(): Promise<void> {
    return this.subscription.stop();
  }

  private async handle(batch: LogBatch): Promise<void> {
    const heartbeats = batch.records.flatMap((record) => this.heartbeatOf(record));
    await this.store.write(async (transaction) => {
      await savePositions(transaction, positionsAfter([batch]));
      for (const { source, time, receivedat, data, appendedAt } of heartbeats) {
        const sentAt = Date.parse(time);
        const receivedAt = receivedat === undefined ? appendedAt : Date.parse(receivedat);
        await noteHeartbeat(transaction, {
          source,
          department: data.department ?? null,
          lastReceivedAt: receivedAt,
          lastOccurredAt: Math.min(sentAt, receivedAt),
          heartbeatAt: receivedAt,
          clockOffsetMs: sentAt - receivedAt,
        });
        const slot = { ...emptySlot(source, Math.floor(receivedAt / SLOT_MS) * SLOT_MS), signs: 1 };
        await countArrivals(transaction, [slot], []);
        if (data.sent !== undefined && data.sent.length > 0)
          await noteSent(transaction, source, sentAt, data.sent);
      }
    });
    this.observe();
  }

  /** The collector lets only heartbeats through; what others wrote there is told of and passed over. */
  private heartbeatOf(record: LogRecord): (SourceHeartbeat & { appendedAt: number })[] {
    try {
      const parsed = SourceHeartbeat.parse(JSON.parse(record.value));
      return [{ ...parsed, appendedAt: record.appendedAt }];
    } catch {
      this.logger.warn(
        { partition: record.partition, offset: record.offset },
        'A record of the heartbeat topic is no heartbeat; send heartbeats through the collector.',
      );
      return [];
    }
  }
}
