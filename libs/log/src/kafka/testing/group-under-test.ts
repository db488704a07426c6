import { randomBytes } from 'node:crypto';
import { Kafka } from 'kafkajs';
import type { Registry } from 'prom-client';
import type { EventLog, LogBatch, SubscribeOptions, Subscription } from '../../event-log';
import { groupIdOf } from '../open-kafka-log';
import { openTestLog } from './test-log';

const GROUP = 'monitor';

/** A running consumer with what it has been told and given. */
export interface ConsumerUnderTest {
  subscription: Subscription;
  values: string[];
  /** `+023` for partitions that it was given, `-1` for those that were taken. */
  told: string[];
  /** Resolves as soon as the condition holds; looked at after every event of this consumer, and at each `look`. */
  until(holds: () => boolean): Promise<void>;
  look(): void;
}

/** A topic of its own, and consumers that read it in one group. */
export class GroupUnderTest {
  readonly topic = `mingjian.test.${randomBytes(6).toString('hex')}`;
  private readonly logs: EventLog[] = [];

  constructor(private readonly brokers: string[]) {}

  /** Opens the log: to the brokers each opener is a process of its own. */
  async open(settings: Record<string, unknown> = {}, registry?: Registry): Promise<EventLog> {
    const log = await openTestLog(this.brokers, settings, { registry });
    this.logs.push(log);
    return log;
  }

  /** Appends the numbers `from`, `from + 1`, … `to - 1`, each of a case of its own. */
  append(log: EventLog, from: number, to: number): Promise<void> {
    return log.append(
      this.topic,
      numbers(from, to).map((value) => ({ key: `case-${value}`, value })),
    );
  }

  consume(log: EventLog, options: Partial<SubscribeOptions> = {}): ConsumerUnderTest {
    const values: string[] = [];
    const told: string[] = [];
    const watchers = new Set<() => void>();
    const look = (): void => [...watchers].forEach((watcher) => watcher());
    const tell = (sign: string, partitions: readonly number[]): void => {
      told.push(`${sign}${[...partitions].sort().join('')}`);
      look();
    };
    const subscription = log.subscribe({
      ...{ group: GROUP, topic: this.topic, maxBatch: 10, backoffMs: 1 },
      handle: async ({ records }: LogBatch) => {
        values.push(...records.map(({ value }) => value));
        look();
      },
      onAssigned: async (partitions) => {
        tell('+', partitions);
        return new Map();
      },
      onRevoked: (partitions) => tell('-', partitions),
      ...options,
    });
    subscription.start();
    const until = (holds: () => boolean): Promise<void> =>
      new Promise((resolve) => {
        const watcher = (): void => {
          if (!holds()) return;
          watchers.delete(watcher);
          resolve();
        };
        watchers.add(watcher);
        watcher();
      });
    return { subscription, values, told, until, look };
  }

  async lagOf(log: EventLog): Promise<number> {
    return [...(await log.lag(GROUP, this.topic)).values()].reduce((sum, n) => sum + n, 0);
  }

  /** A newcomer has asked to join, and the group waits for the others to come back. */
  async untilRebalancing(): Promise<void> {
    const admin = new Kafka({ brokers: this.brokers }).admin();
    await admin.connect();
    const state = async (): Promise<string | undefined> =>
      (await admin.describeGroups([groupIdOf(GROUP, this.topic)])).groups[0]?.state;
    while ((await state()) !== 'PreparingRebalance') await new Promise((resolve) => setImmediate(resolve));
    await admin.disconnect();
  }

  async close(): Promise<void> {
    await Promise.all(this.logs.map((log) => log.close()));
  }
}

export function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from }, (_, index) => String(from + index));
}

export function sorted(values: readonly string[]): string[] {
  return [...values].sort((a, b) => Number(a) - Number(b));
}
