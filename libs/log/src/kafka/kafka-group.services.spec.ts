import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { Kafka } from 'kafkajs';
import { Registry } from 'prom-client';
import { describeWithServices } from '../../../../test/services/with-services';
import { spawnTypescript } from '../../../runtime/src/testing/spawn-typescript';
import type { EventLog, LogBatch, SubscribeOptions, Subscription } from '../event-log';
import { groupIdOf } from './open-kafka-log';
import { openTestLog } from './testing/test-log';

describeWithServices('consumers of one group', ['kafka'], ({ kafka }) => {
  let topic: string;
  let logs: EventLog[];

  beforeEach(() => {
    topic = `mingjian.test.${randomBytes(6).toString('hex')}`;
    logs = [];
  });
  afterEach(() => Promise.all(logs.map((log) => log.close())));

  /** Each opener is a process of its own to the brokers. */
  const open = async (settings: Record<string, unknown> = {}, registry?: Registry): Promise<EventLog> => {
    const log = await openTestLog(kafka.brokers, settings, { registry });
    logs.push(log);
    return log;
  };
  const appendCases = (log: EventLog, from: number, to: number): Promise<void> =>
    log.append(
      topic,
      Array.from({ length: to - from }, (_, index) => ({
        key: `case-${from + index}`,
        value: String(from + index),
      })),
    );
  /** A running consumer with what it has been told and given. */
  const consume = (log: EventLog, options: Partial<SubscribeOptions> = {}) => {
    const values: string[] = [];
    const told: string[] = [];
    const watchers = new Set<() => void>();
    const look = (): void => [...watchers].forEach((watcher) => watcher());
    const subscription: Subscription = log.subscribe({
      group: 'monitor',
      topic,
      maxBatch: 10,
      backoffMs: 1,
      handle: async ({ records }: LogBatch) => {
        values.push(...records.map(({ value }) => value));
        look();
      },
      onAssigned: async (partitions) => {
        told.push(`+${[...partitions].sort().join('')}`);
        look();
        return new Map();
      },
      onRevoked: (partitions) => {
        told.push(`-${[...partitions].sort().join('')}`);
        look();
      },
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
  };
  const lagOf = async (log: EventLog): Promise<number> =>
    [...(await log.lag('monitor', topic)).values()].reduce((sum, n) => sum + n, 0);
  /** The newcomer has asked to join, and the group waits for the others to come back. */
  const untilRebalancing = async (): Promise<void> => {
    const admin = new Kafka({ brokers: kafka.brokers }).admin();
    await admin.connect();
    const state = async (): Promise<string | undefined> =>
      (await admin.describeGroups([groupIdOf('monitor', topic)])).groups[0]?.state;
    while ((await state()) !== 'PreparingRebalance') await new Promise((resolve) => setImmediate(resolve));
    await admin.disconnect();
  };
  const numbers = (from: number, to: number): string[] =>
    Array.from({ length: to - from }, (_, index) => String(from + index));
  const sorted = (values: string[]): string[] => [...values].sort((a, b) => Number(a) - Number(b));

  it('share the partitions, and take over from one that leaves what it had not committed', async () => {
    const [first, second] = [await open(), await open()];
    const a = consume(first);
    await a.until(() => a.told.length === 1);
    const b = consume(second);
    await b.until(() => b.told.length === 1);
    await a.until(() => a.told.length >= 3);
    await appendCases(first, 0, 100);
    while ((await lagOf(first)) > 0) await b.subscription.drain();
    expect(sorted([...a.values, ...b.values])).toEqual(numbers(0, 100));
    await b.subscription.stop();
    await appendCases(first, 100, 200);
    await a.subscription.drain();
    expect(sorted([...a.values, ...b.values])).toEqual(numbers(0, 200));
    // All four first; two were given up when the other joined; all again when it left.
    expect(a.told.map((line) => line.length - 1)).toEqual([4, 2, 2, 4]);
    expect(b.told.map((line) => line[0])).toEqual(['+', '-']);
  });

  it('take over from one that is killed, once the session time-out has passed', async () => {
    const log = await open();
    await appendCases(log, 0, 40);
    const child = spawnTypescript(join(__dirname, 'testing/consume-until-killed.ts'), [
      kafka.brokers.join(','),
      topic,
    ]);
    await child.untilLines(11);
    const heir = consume(log);
    await heir.until(() => heir.told.length === 1);
    await child.kill();
    const killedAt = performance.now();
    await appendCases(log, 40, 80);
    await heir.subscription.drain();
    const tookMs = performance.now() - killedAt;
    const handled = new Set([...child.lines, ...heir.values]);
    expect(numbers(0, 80).filter((value) => !handled.has(value))).toEqual([]);
    expect(tookMs).toBeLessThan(15_000);
  });

  it('wait for the batch that another has in flight, and do not handle it again', async () => {
    const [first, second] = [await open(), await open()];
    await appendCases(first, 0, 1);
    let finish: () => void = () => undefined;
    let begun = false;
    const values: string[] = [];
    const a = consume(first, {
      handle: async ({ records }) => {
        values.push(...records.map(({ value }) => value));
        begun = true;
        a.look();
        await new Promise<void>((resolve) => (finish = resolve));
      },
    });
    await a.until(() => begun);
    const b = consume(second);
    await untilRebalancing();
    expect(b.told).toEqual([]);
    finish();
    await b.until(() => b.told.length === 1);
    await b.subscription.drain();
    expect([...values, ...b.values]).toEqual(['0']);
  });

  it('do not take a commit that comes too late for a failure of the batch', async () => {
    const registry = new Registry();
    const slow = await open({ kafkaRebalanceTimeoutMs: 6_000 }, registry);
    const other = await open({ kafkaRebalanceTimeoutMs: 6_000 });
    await appendCases(slow, 0, 1);
    let finish: () => void = () => undefined;
    let attempts = 0;
    const a = consume(slow, {
      maxAttempts: 1,
      handle: async () => {
        attempts++;
        a.look();
        if (attempts === 1) await new Promise<void>((resolve) => (finish = resolve));
      },
    });
    await a.until(() => attempts === 1);
    const b = consume(other);
    // The group gives the partitions away without waiting any longer.
    await b.until(() => b.values.length === 1);
    finish();
    await a.until(() => a.told.filter((line) => line.startsWith('+')).length === 2);
    const { values } = await registry.getSingleMetric('mingjian_kafka_refused_commits_total')!.get();
    expect(values.map(({ value }) => value)).toEqual([1]);
    const failure = await Promise.race([
      a.subscription.failed.catch((error: Error) => error),
      Promise.resolve(null),
    ]);
    expect(failure).toBeNull();
    expect(b.values).toEqual(['0']);
  });

  it('begin where their own store is, when that is behind what the group has committed', async () => {
    const log = await open();
    await appendCases(log, 0, 20);
    const before = consume(log);
    await before.subscription.drain();
    await before.subscription.stop();
    expect(await lagOf(log)).toBe(0);
    const lost = log.partitionOf('case-7');
    const again = log.subscribe({
      group: 'monitor',
      topic,
      maxBatch: 10,
      handle: async ({ records }) => void values.push(...records),
      // The store came back from a backup: of one partition it knows nothing.
      onAssigned: async (partitions) =>
        new Map(partitions.map((partition) => [partition, partition === lost ? 0 : 99])),
    });
    const values: { partition: number; value: string }[] = [];
    await again.drain();
    expect(new Set(values.map(({ partition }) => partition))).toEqual(new Set([lost]));
    expect(values.map(({ value }) => value)).toEqual(
      numbers(0, 20).filter((value) => log.partitionOf(`case-${value}`) === lost),
    );
    expect(await lagOf(log)).toBe(0);
  });

  it('go on behind a record that nobody can use, when the handler notes it down', async () => {
    const log = await open();
    await log.append(topic, [
      { key: 'case-1', value: 'good' },
      { key: 'case-1', value: 'poison' },
      { key: 'case-1', value: 'good, too' },
    ]);
    const quarantine = `${topic}.quarantine`;
    const good: string[] = [];
    await log
      .subscribe({
        group: 'monitor',
        topic,
        maxBatch: 10,
        handle: async ({ records }) => {
          const bad = records.filter(({ value }) => value === 'poison');
          await log.append(
            quarantine,
            bad.map(({ key, value }) => ({ key, value })),
          );
          good.push(...records.filter((record) => !bad.includes(record)).map(({ value }) => value));
        },
      })
      .drain();
    expect(good).toEqual(['good', 'good, too']);
    expect([...(await log.lag('keeper', quarantine)).values()].reduce((sum, n) => sum + n)).toBe(1);
  });

  it('are given one batch at a time, and fetch no more meanwhile', async () => {
    const log = await open();
    await appendCases(log, 0, 200);
    let under = 0;
    let most = 0;
    const slow = log.subscribe({
      group: 'monitor',
      topic,
      maxBatch: 7,
      handle: async () => {
        most = Math.max(most, ++under);
        await new Promise((resolve) => setImmediate(resolve));
        under--;
      },
    });
    expect(await slow.drain()).toBe(200);
    expect(most).toBe(1);
  });
});
