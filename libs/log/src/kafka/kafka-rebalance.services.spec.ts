import { join } from 'node:path';
import { Registry } from 'prom-client';
import { describeWithServices } from '../../../../test/services/with-services';
import { spawnTypescript } from '../../../runtime/src/testing/spawn-typescript';
import { GroupUnderTest, numbers } from './testing/group-under-test';

describeWithServices('a group that changes hands', ['kafka'], ({ kafka }) => {
  let group: GroupUnderTest;

  beforeEach(() => {
    group = new GroupUnderTest(kafka.brokers);
  });
  afterEach(() => group.close());

  it('has another take over from one that is killed, once the session time-out has passed', async () => {
    const log = await group.open();
    await group.append(log, 0, 40);
    const child = spawnTypescript(join(__dirname, 'testing/consume-until-killed.ts'), [
      kafka.brokers.join(','),
      group.topic,
    ]);
    await child.untilLines(11);
    const heir = group.consume(log);
    await heir.until(() => heir.told.length === 1);
    await child.kill();
    const killedAt = performance.now();
    await group.append(log, 40, 80);
    await heir.subscription.drain();
    const tookMs = performance.now() - killedAt;
    const handled = new Set([...child.lines, ...heir.values]);
    expect(numbers(0, 80).filter((value) => !handled.has(value))).toEqual([]);
    expect(tookMs).toBeLessThan(15_000);
  });

  it('waits for the batch that is in flight, and does not handle it again', async () => {
    const [first, second] = [await group.open(), await group.open()];
    await group.append(first, 0, 1);
    let finish: () => void = () => undefined;
    let begun = false;
    const values: string[] = [];
    const a = group.consume(first, {
      handle: async ({ records }) => {
        values.push(...records.map(({ value }) => value));
        begun = true;
        a.look();
        await new Promise<void>((resolve) => (finish = resolve));
      },
    });
    await a.until(() => begun);
    const b = group.consume(second);
    await group.untilRebalancing();
    expect(b.told).toEqual([]);
    finish();
    await b.until(() => b.told.length === 1);
    await b.subscription.drain();
    expect([...values, ...b.values]).toEqual(['0']);
  });

  it('lets one that waits to join stop at once', async () => {
    const [first, second] = [await group.open(), await group.open()];
    await group.append(first, 0, 1);
    let finish: () => void = () => undefined;
    let begun = false;
    const a = group.consume(first, {
      handle: async () => {
        begun = true;
        a.look();
        await new Promise<void>((resolve) => (finish = resolve));
      },
    });
    await a.until(() => begun);
    const b = group.consume(second);
    await group.untilRebalancing();
    const askedAt = performance.now();
    await b.subscription.stop();
    expect(performance.now() - askedAt).toBeLessThan(3_000);
    finish();
    await a.subscription.drain();
    expect(b.told).toEqual([]);
  });

  it('does not take a commit that comes too late for a failure of the batch', async () => {
    const registry = new Registry();
    const slow = await group.open({ kafkaRebalanceTimeoutMs: 6_000 }, registry);
    const other = await group.open({ kafkaRebalanceTimeoutMs: 6_000 });
    await group.append(slow, 0, 1);
    let finish: () => void = () => undefined;
    let attempts = 0;
    const a = group.consume(slow, {
      maxAttempts: 1,
      handle: async () => {
        attempts++;
        a.look();
        if (attempts === 1) await new Promise<void>((resolve) => (finish = resolve));
      },
    });
    await a.until(() => attempts === 1);
    const b = group.consume(other);
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
});
