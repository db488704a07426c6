import { rmSync } from 'node:fs';
import { TOPICS } from '@mingjian/contracts';
import { KafkaSettings, openKafkaLog, type EventLog } from '@mingjian/log';
import { createLogger, openRegistry } from '@mingjian/runtime';
import { openAnyStore, type Store } from '@mingjian/store';
import { Kafka, logLevel } from 'kafkajs';
import { Monitor } from '../../apps/monitor/src/monitor';
import { MONITOR_DEFAULTS } from '../../apps/monitor/src/monitor-settings';
import { at } from '../../apps/monitor/src/testing/site';
import { TestClock } from '../../libs/runtime/src/testing/test-clock';
import { Server } from '../../libs/store/src/testing/database-server';
import { until } from './until';
import { OwnServices } from '../services/own-services';
import { describeWithServices } from '../services/with-services';
import {
  deliver,
  deliveriesOf,
  expectedOf,
  heldIn,
  NAMES,
  NOW,
  rulesOf,
  temporaryDir,
  verdictsOf,
} from './preset';

jest.setTimeout(120_000);

/** One monitor in this process, on a real broker and a real database. */
interface RealSite {
  log: EventLog;
  store: Store;
  monitor: Monitor;
}

// Topics have the product's own names: the broker must be nobody else's.
describeWithServices('the presets through Kafka and MariaDB', ['kafka', 'mariadb'], ({ mariadb }) => {
  const services = new OwnServices();
  const server = new Server(mariadb.rootUrl);
  const clock = new TestClock(at(NOW));
  const logger = createLogger({ level: 'silent' });
  let brokers: string[];
  let databaseUrl: string;
  let dir: string;

  beforeAll(async () => {
    ({ brokers } = await services.start('kafka'));
  });
  afterAll(() => services.dispose());
  beforeEach(async () => {
    databaseUrl = await server.create();
    dir = temporaryDir();
  });
  afterEach(async () => {
    await server.drop(databaseUrl);
    await forgetTopics(brokers);
    rmSync(dir, { recursive: true });
  });

  async function open(name: string): Promise<RealSite> {
    const settings = KafkaSettings.parse({ kafkaBrokers: brokers.join(','), kafkaPartitions: 4 });
    const log = await openKafkaLog({ settings, clock, logger });
    const store = await openAnyStore({ databaseUrl, databasePassword: '', databaseCa: '' }, '');
    const monitor = new Monitor({
      store,
      log,
      clock,
      wall: clock,
      settings: { ...MONITOR_DEFAULTS, ...rulesOf(name) },
      registry: openRegistry(),
      logger,
    });
    await monitor.load();
    await monitor.rejudge.runOnce();
    return { log, store, monitor };
  }

  async function close({ log, store, monitor }: RealSite): Promise<void> {
    await monitor.stop();
    await log.close();
    await store.close();
  }

  async function drain({ monitor }: RealSite): Promise<void> {
    await monitor.intake.drain();
    await monitor.quarantine.drain();
  }

  it.each(NAMES)(
    '%s ends in the expected verdicts when broker and monitor are restarted in the middle: none lost, none twice',
    async (name) => {
      const [first = [], ...others] = deliveriesOf(name);
      const expected = expectedOf(name);
      let site = await open(name);
      await deliver(name, first, { log: site.log, clock, dir });
      await drain(site);
      // What comes now is in the broker alone when both go down.
      for (const delivery of others) await deliver(name, delivery, { log: site.log, clock, dir });
      await close(site);
      services.kill('kafka');
      await services.start('kafka');
      site = await open(name);
      try {
        await deliver(name, first, { log: site.log, clock, dir });
        await drain(site);
        expect(await verdictsOf(site.store, site.monitor, at(NOW))).toEqual(expected.verdicts);
        expect(await heldIn(site.store)).toEqual(expected.held);
        const [row] = await site.store.query<{ stored: number }>('SELECT COUNT(*) AS stored FROM step_event');
        expect(Number(row?.stored)).toBe(expected.events.length);
      } finally {
        await close(site);
      }
    },
  );
});

/** Empties the broker for the next preset. */
async function forgetTopics(brokers: readonly string[]): Promise<void> {
  const admin = new Kafka({ brokers: [...brokers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  try {
    const names = async (): Promise<string[]> =>
      (await admin.listTopics()).filter((name) => Object.values<string>(TOPICS).includes(name));
    const { groups } = await admin.listGroups();
    await admin.deleteGroups(groups.map(({ groupId }) => groupId)).catch(() => undefined);
    await admin.deleteTopics({ topics: await names() });
    await until('the topics to be gone', async () => ((await names()).length === 0 ? true : null));
  } finally {
    await admin.disconnect();
  }
}
