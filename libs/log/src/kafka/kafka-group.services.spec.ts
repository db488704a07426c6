import { describeWithServices } from '../../../../test/services/with-services';
import { GroupUnderTest, numbers, sorted } from './testing/group-under-test';

describeWithServices('consumers of one group', ['kafka'], ({ kafka }) => {
  let group: GroupUnderTest;

  beforeEach(() => {
    group = new GroupUnderTest(kafka.brokers);
  });
  afterEach(() => group.close());

  it('share the partitions, and take over from one that leaves what it had not committed', async () => {
    const [first, second] = [await group.open(), await group.open()];
    const a = group.consume(first);
    await a.until(() => a.told.length === 1);
    const b = group.consume(second);
    await b.until(() => b.told.length === 1);
    await a.until(() => a.told.length >= 3);
    await group.append(first, 0, 100);
    while ((await group.lagOf(first)) > 0) await b.subscription.drain();
    expect(sorted([...a.values, ...b.values])).toEqual(numbers(0, 100));
    await b.subscription.stop();
    await group.append(first, 100, 200);
    await a.subscription.drain();
    expect(sorted([...a.values, ...b.values])).toEqual(numbers(0, 200));
    // All four first; two were given up when the other joined; all again when it left.
    expect(a.told.map((line) => line.length - 1)).toEqual([4, 2, 2, 4]);
    expect(b.told.map((line) => line[0])).toEqual(['+', '-']);
  });

  it('begin where their own store is, when that is behind what the group has committed', async () => {
    const log = await group.open();
    await group.append(log, 0, 20);
    const before = group.consume(log);
    await before.subscription.drain();
    await before.subscription.stop();
    expect(await group.lagOf(log)).toBe(0);
    const lost = log.partitionOf('case-7');
    const again = log.subscribe({
      group: 'monitor',
      topic: group.topic,
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
    expect(await group.lagOf(log)).toBe(0);
  });

  it('go on behind a record that nobody can use, when the handler notes it down', async () => {
    const log = await group.open();
    await log.append(group.topic, [
      { key: 'case-1', value: 'good' },
      { key: 'case-1', value: 'poison' },
      { key: 'case-1', value: 'good, too' },
    ]);
    const quarantine = `${group.topic}.quarantine`;
    const good: string[] = [];
    await log
      .subscribe({
        group: 'monitor',
        topic: group.topic,
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
    const log = await group.open();
    await group.append(log, 0, 200);
    let under = 0;
    let most = 0;
    const slow = log.subscribe({
      group: 'monitor',
      topic: group.topic,
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
