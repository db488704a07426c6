import { Registry } from 'prom-client';
import { OwnServices } from '../../../../test/services/own-services';
import { describeWithServices } from '../../../../test/services/with-services';
import type { EventLog } from '../event-log';
import { openTestLog } from './testing/test-log';

const IMPATIENT = { initialRetryTime: 50, maxRetryTime: 200, retries: 4 };

// The broker that others use is only looked for: whether one can be had at all.
describeWithServices('a broker that goes away', ['kafka'], () => {
  const services = new OwnServices();
  const topic = 'mingjian.test';
  const registry = new Registry();
  let log: EventLog;
  let impatient: EventLog;

  beforeAll(async () => {
    const { brokers } = await services.start('kafka');
    log = await openTestLog(brokers);
    impatient = await openTestLog(brokers, { kafkaMaxRestarts: 1 }, { registry, retry: IMPATIENT });
  });
  afterAll(async () => {
    await Promise.all([log.close(), impatient.close()]);
    await services.dispose();
  });

  it('loses nothing that was acknowledged when it is killed and comes back, and repeats little', async () => {
    const handled: string[] = [];
    const subscription = log.subscribe({
      group: 'monitor',
      topic,
      maxBatch: 50,
      handle: async ({ records }) => void handled.push(...records.map(({ value }) => value)),
    });
    subscription.start();
    const acknowledged: string[] = [];
    let next = 0;
    let goOn = true;
    const append = async (): Promise<void> => {
      while (goOn) {
        const values = Array.from({ length: 20 }, () => String(next++));
        try {
          await log.append(
            topic,
            values.map((value) => ({ key: `case-${value}`, value })),
          );
          acknowledged.push(...values);
        } catch {
          // As a collector does: what was not acknowledged is the sender's to send again.
        }
      }
    };
    const appending = append();
    await until(() => handled.length > 500);
    services.kill('kafka');
    const before = acknowledged.length;
    await services.start('kafka');
    await until(() => acknowledged.length > before + 500);
    goOn = false;
    await appending;
    await subscription.drain();
    await subscription.stop();
    const times = new Map<string, number>();
    for (const value of handled) times.set(value, (times.get(value) ?? 0) + 1);
    expect(acknowledged.filter((value) => !times.has(value))).toEqual([]);
    // A batch whose commit was under way comes again: at most one for each partition.
    expect(handled.length - times.size).toBeLessThanOrEqual(200);
  });

  it('ends the subscription when it stays away, so that the process can end', async () => {
    const subscription = impatient.subscribe({
      group: 'monitor',
      topic,
      maxBatch: 50,
      handle: async () => undefined,
    });
    subscription.start();
    await subscription.drain();
    await services.stop('kafka');
    await expect(subscription.failed).rejects.toThrow(
      /^Group monitor gave up topic mingjian.test after 2 attempts: /,
    );
    const { values } = await registry.getSingleMetric('mingjian_kafka_restarts_total')!.get();
    expect(values.map(({ value }) => value)).toContain(2);
    await expect(impatient.append(topic, [{ key: 'case-1', value: 'late' }])).rejects.toThrow();
  });
});

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 10));
}
