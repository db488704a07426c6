/* eslint-disable jest/no-export -- a suite that each adapter's own spec calls is not itself a test file */
import type { TypescriptChild } from '../../../runtime/src/testing/spawn-typescript';
import type { EventLog, LogBatch, LogRecord, SubscribeOptions, Subscription } from '../event-log';

/** One adapter under test. Topics of a fixture are empty at first. */
export interface LogFixture {
  topic: string;
  /** Opens the log; called again after `close`, and beside an open one, it opens the same log. */
  open(): Promise<EventLog>;
  /** A process that appends 0, 1, 2, … to `topic` (key `case-<n mod 7>`) and prints each number once it is acknowledged. */
  spawnAppender(): TypescriptChild;
  cleanUp(): Promise<void>;
}

const PARTITIONS = 4;

/** What every adapter of the event log must do. `makeFixture` gets the number of partitions to use. */
export function describeEventLog(
  name: string,
  makeFixture: (partitions: number) => Promise<LogFixture>,
): void {
  describe(`the event log (${name})`, () => {
    let fixture: LogFixture;
    let log: EventLog;

    beforeEach(async () => {
      fixture = await makeFixture(PARTITIONS);
      log = await fixture.open();
    });
    afterEach(async () => {
      await log.close();
      await fixture.cleanUp();
    });

    const append = (key: string, ...values: (string | number)[]): Promise<void> =>
      log.append(
        fixture.topic,
        values.map((value) => ({ key, value: String(value) })),
      );
    const subscribe = (options: Partial<SubscribeOptions> & Pick<SubscribeOptions, 'handle'>): Subscription =>
      log.subscribe({ group: 'monitor', topic: fixture.topic, maxBatch: 100, backoffMs: 1, ...options });
    const collect = (): { records: LogRecord[]; handle: (batch: LogBatch) => Promise<void> } => {
      const records: LogRecord[] = [];
      return { records, handle: async (batch) => void records.push(...batch.records) };
    };
    const values = (records: LogRecord[]): string[] => records.map((record) => record.value);

    it('reads again what was committed when it is set back, and never sets forward', async () => {
      await append('case-1', 1, 2, 3);
      const partition = log.partitionOf('case-1');
      const first = collect();
      await subscribe({ handle: first.handle }).drain();
      expect(await log.rewind('monitor', fixture.topic, partition, 1)).toBe(true);
      expect(await log.rewind('monitor', fixture.topic, partition, 2)).toBe(false);
      const second = collect();
      await subscribe({ handle: second.handle }).drain();
      expect(values(second.records)).toEqual(['2', '3']);
    });

    it('keeps the order of one key, whatever else is appended', async () => {
      for (let n = 0; n < 50; n++) await Promise.all([append('case-1', n), append(`other-${n}`, 'x')]);
      const { records, handle } = collect();
      await subscribe({ handle, maxBatch: 3 }).drain();
      const ofCase = records.filter((record) => record.key === 'case-1');
      expect(values(ofCase)).toEqual(Array.from({ length: 50 }, (_, n) => String(n)));
      expect(records).toHaveLength(100);
    });

    it('gives the records of a key to the partition of that key, numbered without a gap', async () => {
      for (let n = 0; n < 40; n++) await append(`case-${n}`, n);
      const { records, handle } = collect();
      await subscribe({ handle }).drain();
      const next = new Map<number, number>();
      for (const { key, partition, offset } of records) {
        expect(partition).toBe(log.partitionOf(key));
        expect(offset).toBe(next.get(partition) ?? 0);
        next.set(partition, offset + 1);
      }
      expect(next.size).toBe(PARTITIONS);
    });

    it('gives back keys and values of any script unchanged', async () => {
      const value = JSON.stringify({ 名称: '建筑工程施工许可证核发 🏗', quote: '"\u0000\n' });
      await append('办件-1', value);
      const { records, handle } = collect();
      await subscribe({ handle }).drain();
      expect(records[0]).toMatchObject({ key: '办件-1', value });
    });

    it('delivers a batch again when the handler rejects, and loses and skips nothing', async () => {
      await append('case-1', 1, 2, 3);
      const seen: string[][] = [];
      let failures = 2;
      const subscription = subscribe({
        handle: async (batch) => {
          seen.push(values(batch.records));
          if (failures-- > 0) throw new Error('the database is away');
        },
      });
      expect(await subscription.drain()).toBe(3);
      expect(seen).toEqual([
        ['1', '2', '3'],
        ['1', '2', '3'],
        ['1', '2', '3'],
      ]);
      expect(await subscription.drain()).toBe(0);
    });

    it('gives up after so many rejections in a row, and says so', async () => {
      await append('case-1', 1);
      let calls = 0;
      const subscription = subscribe({
        maxAttempts: 3,
        handle: async () => {
          calls++;
          throw new Error('the disk is full');
        },
      });
      await expect(subscription.drain()).rejects.toThrow('after 3 attempts: the disk is full');
      await expect(subscription.failed).rejects.toThrow('after 3 attempts: the disk is full');
      expect(calls).toBe(3);
      const { records, handle } = collect();
      await subscribe({ handle }).drain();
      expect(values(records)).toEqual(['1']);
    });

    it('lets other partitions go on while the batch of one is rejected', async () => {
      const [bad, good] = twoKeysOfDifferentPartitions(log);
      await append(bad, 'bad');
      await append(good, 'good');
      const handled: string[] = [];
      const subscription = subscribe({
        maxAttempts: 4,
        handle: async (batch) => {
          if (batch.records.some((record) => record.value === 'bad')) throw new Error('poison');
          handled.push(...values(batch.records));
        },
      });
      await expect(subscription.drain()).rejects.toThrow('poison');
      expect(handled).toEqual(['good']);
    });

    it('keeps the place of a group over a restart', async () => {
      await append('case-1', 1, 2);
      await subscribe({ handle: collect().handle }).drain();
      await log.close();
      log = await fixture.open();
      await append('case-1', 3);
      const { records, handle } = collect();
      await subscribe({ handle }).drain();
      expect(values(records)).toEqual(['3']);
    });

    it('lets two groups read independently, each from the beginning', async () => {
      await append('case-1', 1, 2);
      const first = collect();
      const second = collect();
      await subscribe({ handle: first.handle }).drain();
      await subscribe({ handle: second.handle, group: 'archive' }).drain();
      expect(values(second.records)).toEqual(values(first.records));
    });

    it('delivers again what was handled but not committed when the process ended', async () => {
      await append('case-1', 1);
      const crashed = collect();
      const subscription = subscribe({
        maxAttempts: 1,
        // The handler's work was done, then the process died before the commit.
        handle: async (batch) => {
          await crashed.handle(batch);
          throw new Error('killed');
        },
      });
      await expect(subscription.drain()).rejects.toThrow('killed');
      await log.close();
      log = await fixture.open();
      const { records, handle } = collect();
      await subscribe({ handle }).drain();
      expect(values(records)).toEqual(values(crashed.records));
    });

    it('counts per partition what a group has not committed', async () => {
      await append('case-1', 1, 2, 3);
      const partition = log.partitionOf('case-1');
      expect((await log.lag('monitor', fixture.topic)).get(partition)).toBe(3);
      await subscribe({ handle: collect().handle }).drain();
      expect([...(await log.lag('monitor', fixture.topic)).values()]).toEqual(Array(PARTITIONS).fill(0));
    });

    it('never gives more than the batch asked for', async () => {
      await append('case-1', ...Array.from({ length: 25 }, (_, n) => n));
      const sizes: number[] = [];
      await subscribe({
        maxBatch: 10,
        handle: async (batch) => void sizes.push(batch.records.length),
      }).drain();
      expect(sizes).toEqual([10, 10, 5]);
    });

    it('hands over a new record soon after it was appended, from another opener of the log too', async () => {
      const arrived: string[] = [];
      let tell: () => void = () => undefined;
      const subscription = subscribe({
        handle: async (batch) => {
          arrived.push(...values(batch.records));
          tell();
        },
      });
      subscription.start();
      const next = (): Promise<void> => new Promise((resolve) => (tell = resolve));
      const other = await fixture.open();
      await Promise.all([next(), append('case-1', 'here')]);
      await Promise.all([next(), other.append(fixture.topic, [{ key: 'case-1', value: 'there' }])]);
      expect(arrived).toEqual(['here', 'there']);
      await other.close();
      await subscription.stop();
    });

    it('finishes the batch in flight when it stops, and commits it', async () => {
      await append('case-1', 1);
      let begun: () => void = () => undefined;
      let finish: () => void = () => undefined;
      const hasBegun = new Promise<void>((resolve) => (begun = resolve));
      const subscription = subscribe({
        handle: () => {
          begun();
          return new Promise((resolve) => (finish = resolve));
        },
      });
      subscription.start();
      await hasBegun;
      const stopped = subscription.stop();
      finish();
      await stopped;
      expect((await log.lag('monitor', fixture.topic)).get(log.partitionOf('case-1'))).toBe(0);
      await append('case-1', 2);
      expect((await log.lag('monitor', fixture.topic)).get(log.partitionOf('case-1'))).toBe(1);
    });

    it('handles each batch once when drained beside a running loop', async () => {
      const { records, handle } = collect();
      const subscription = subscribe({ handle, maxBatch: 5 });
      subscription.start();
      await append('case-1', ...Array.from({ length: 50 }, (_, n) => n));
      await subscription.drain();
      await subscription.stop();
      expect(values(records)).toEqual(Array.from({ length: 50 }, (_, n) => String(n)));
    });

    it('keeps offsets without a gap while several processes append and one consumes', async () => {
      const { records, handle } = collect();
      const subscription = subscribe({ handle });
      subscription.start();
      const children = [fixture.spawnAppender(), fixture.spawnAppender()];
      await Promise.all(children.map((child) => child.untilLines(200)));
      await Promise.all(children.map((child) => child.kill()));
      await subscription.drain();
      await subscription.stop();
      const next = new Map<number, number>();
      const times = new Map<string, number>();
      for (const { partition, offset, value } of records) {
        expect(offset).toBe(next.get(partition) ?? 0);
        next.set(partition, offset + 1);
        times.set(value, (times.get(value) ?? 0) + 1);
      }
      // Both processes count from 0: what both were told is kept must be there twice.
      const [first = [], second = []] = children.map((child) => child.lines);
      const both = first.filter((line) => second.includes(line));
      expect(both.filter((line) => times.get(line) !== 2)).toEqual([]);
    });

    it('loses nothing that was acknowledged when the appending process is killed', async () => {
      const child = fixture.spawnAppender();
      await child.untilLines(500);
      await child.kill();
      const { records, handle } = collect();
      await subscribe({ handle, maxBatch: 1000 }).drain();
      const kept = new Set(values(records));
      expect(child.lines.filter((line) => !kept.has(line))).toEqual([]);
      expect(kept.size).toBe(records.length);
    });
  });
}

function twoKeysOfDifferentPartitions(log: EventLog): [string, string] {
  for (let n = 1; ; n++) {
    const other = `case-${n}`;
    if (log.partitionOf(other) !== log.partitionOf('case-0')) return ['case-0', other];
  }
}
