import { SourceClockReading, SourceHeartbeat, TOPICS } from '@mingjian/contracts';
import type { EventLog, LogBatch, LogRecord, Subscription } from '@mingjian/log';
import type { Logger } from '@mingjian/runtime';
import {
  countArrivals,
  noteHeartbeat,
  noteSent,
  noteSourceClock,
  type Store,
  type StoreTransaction,
} from '@mingjian/store';
import { z } from 'zod';
import { positionsAfter, savePositions } from '../intake/intake-position';
import { MONITOR_GROUP } from '../intake/step-event-intake';
import { emptySlot, SLOT_MS } from '../judge/arrivals-of';

/** What stands on the topic. */
const SourceNote = z.discriminatedUnion('type', [SourceHeartbeat, SourceClockReading]);
type SourceNote = z.infer<typeof SourceNote>;

/** Twenty-four days, what the column holds: a clock that is further off is off, by how much plays no part. */
const MOST_OFFSET_MS = 2 ** 31 - 1;

/**
 * Takes heartbeats (心跳) from topic `mingjian.source-heartbeats`: a sign of life, the offset of the source's clock, and how
 * many events it says it has sent. Delivered again, a heartbeat changes nothing but the count of signs of its slot,
 * which only asks whether there was one. Beside them the collector's readings of clocks at other exchanges: no signs of life.
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
    const notes = batch.records.flatMap((record) => this.noteOf(record));
    await this.store.write(async (transaction) => {
      await savePositions(transaction, positionsAfter([batch]));
      for (const { note, appendedAt } of notes)
        if (note.type === 'source.clock') await takeReading(transaction, note);
        else await takeHeartbeat(transaction, note, appendedAt);
    });
    this.observe();
  }

  /** The collector lets only such records through; what others wrote there is told of and passed over. */
  private noteOf({ value, appendedAt, partition, offset }: LogRecord): {
    note: SourceNote;
    appendedAt: number;
  }[] {
    try {
      return [{ note: SourceNote.parse(JSON.parse(value)), appendedAt }];
    } catch {
      this.logger.warn(
        { partition, offset },
        'A record of the heartbeat topic is no heartbeat; send heartbeats through the collector.',
      );
      return [];
    }
  }
}

async function takeHeartbeat(
  transaction: StoreTransaction,
  { source, time, receivedat, data }: SourceHeartbeat,
  appendedAt: number,
): Promise<void> {
  const sentAt = Date.parse(time);
  const receivedAt = receivedat === undefined ? appendedAt : Date.parse(receivedat);
  await noteHeartbeat(transaction, {
    source,
    department: data.department ?? null,
    lastReceivedAt: receivedAt,
    lastOccurredAt: Math.min(sentAt, receivedAt),
    heartbeatAt: receivedAt,
    clockOffsetMs: offsetMs(sentAt, receivedAt),
  });
  const slot = { ...emptySlot(source, Math.floor(receivedAt / SLOT_MS) * SLOT_MS), signs: 1 };
  await countArrivals(transaction, [slot], []);
  if (data.sent !== undefined && data.sent.length > 0) await noteSent(transaction, source, sentAt, data.sent);
}

async function takeReading(
  transaction: StoreTransaction,
  { source, time, receivedat, data }: SourceClockReading,
): Promise<void> {
  const measuredAt = Date.parse(receivedat);
  const { way, withinMs } = data;
  await noteSourceClock(transaction, {
    ...{ source, way, withinMs, measuredAt },
    offsetMs: offsetMs(Date.parse(time), measuredAt),
  });
}

function offsetMs(said: number, at: number): number {
  return Math.max(-MOST_OFFSET_MS, Math.min(MOST_OFFSET_MS, said - at));
}
