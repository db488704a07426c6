import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Clock } from '@mingjian/runtime';
import type { EventLog, NewRecord, SubscribeOptions, Subscription } from '../event-log';
import { partitionOfKey } from '../murmur2';
import { EmbeddedSubscription } from './embedded-subscription';
import { LogFile, type RecordToWrite } from './log-file';
import { whenNotBusy } from './when-not-busy';

interface WaitingAppend {
  records: RecordToWrite[];
  resolve: () => void;
  reject: (reason: unknown) => void;
}

/**
 * The event log in one SQLite file; no server. Meets the contract of the port.
 * Guarantees beyond it: several processes may append to one file while another consumes; one call of `append` is
 * written whole or not at all.
 * Not guaranteed: that two consumers of one group share the work (each would handle every batch; run one consumer per
 * group); that keys or values with U+0000 can be kept (they are refused; JSON never has one).
 */
class EmbeddedLog implements EventLog {
  readonly isShared = false;
  private waiting: WaitingAppend[] = [];
  private readonly subscriptions = new Set<EmbeddedSubscription>();
  private closed = false;
  /** One flush at a time: a later one must not overtake one that waits for another process. */
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly file: LogFile,
    readonly partitions: number,
    private readonly clock: Clock,
  ) {}

  append(topic: string, records: readonly NewRecord[]): Promise<void> {
    if (this.closed) return Promise.reject(new Error('The event log is closed.'));
    if (records.length === 0) return Promise.resolve();
    if (records.some(({ key, value }) => key.includes('\0') || value.includes('\0')))
      return Promise.reject(new Error('A record holds U+0000, at which SQLite would cut it.'));
    return new Promise((resolve, reject) => {
      // Calls of one turn share a commit, because the disk's confirmation costs more than the writing.
      if (this.waiting.length === 0) setImmediate(() => void this.flush());
      this.waiting.push({
        records: records.map(({ key, value }) => ({ topic, partition: this.partitionOf(key), key, value })),
        resolve,
        reject,
      });
    });
  }

  subscribe(options: SubscribeOptions): Subscription {
    if (this.closed) throw new Error('The event log is closed.');
    const subscription = new EmbeddedSubscription(this.file, this.partitions, options);
    this.subscriptions.add(subscription);
    return subscription;
  }

  rewind(group: string, topic: string, partition: number, offset: number): Promise<boolean> {
    return Promise.resolve(this.file.rewind(group, topic, partition, offset));
  }

  lag(group: string, topic: string): Promise<Map<number, number>> {
    const lag = new Map<number, number>();
    for (let partition = 0; partition < this.partitions; partition++) {
      const behind =
        this.file.endOffset(topic, partition) - this.file.committedOffset(group, topic, partition);
      lag.set(partition, Math.max(0, behind));
    }
    return Promise.resolve(lag);
  }

  partitionOf(key: string): number {
    return partitionOfKey(key, this.partitions);
  }

  async close(): Promise<void> {
    if (this.closed) return;
    this.closed = true;
    await this.flush();
    await Promise.all([...this.subscriptions].map((subscription) => subscription.stop()));
    this.file.close();
  }

  private flush(): Promise<void> {
    this.flushing = this.flushing.then(() => this.writeWaiting());
    return this.flushing;
  }

  private async writeWaiting(): Promise<void> {
    const appends = this.waiting;
    this.waiting = [];
    if (appends.length === 0) return;
    const records = appends.flatMap((append) => append.records);
    try {
      await whenNotBusy(() => this.file.write(records, this.clock.now()));
    } catch (error) {
      for (const append of appends) append.reject(error);
      return;
    }
    for (const append of appends) append.resolve();
    const topics = new Set(records.map((record) => record.topic));
    for (const subscription of this.subscriptions) if (topics.has(subscription.topic)) subscription.wake();
  }
}

/**
 * Opens the embedded log, and makes its file and directory where there is none.
 * `clock` stamps `appendedAt` only; pauses between attempts are in real time.
 * @throws Error when the file was made with another number of partitions or by a newer version.
 */
export function openEmbeddedLog(options: { file: string; partitions: number; clock: Clock }): EventLog {
  mkdirSync(dirname(options.file), { recursive: true });
  return new EmbeddedLog(new LogFile(options.file, options.partitions), options.partitions, options.clock);
}
