import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOPICS } from '@mingjian/contracts';
import { loadMapping } from '@mingjian/mapping';
import { createLogger, SystemClock } from '@mingjian/runtime';
import { openStore, storedDigest, verdictDigest, type Store } from '@mingjian/store';
import { Kafka, logLevel } from 'kafkajs';
import { importFile } from '../../apps/collector/src';
import type { VerdictSum } from '../../apps/mingjian/src/cli/import';
import { loadRuleBook } from '../../apps/monitor/src/rulebook/load-rule-book';
import { runInProcess, MAPPING, SAMPLE } from '../acceptance/product';
import { until } from '../acceptance/until';
import { OwnServices } from '../services/own-services';
import { describeWithServices } from '../services/with-services';
import { buildInto, type Build } from './build';
import { FAULTS } from './faults';
import { Load, Sender } from './load';
import { writeRules } from './rules';
import { compareWithCalm, runChaos, settle } from './run-chaos';
import { PARTITIONS, SESSION_TIMEOUT_MS, Site } from './site';

jest.setTimeout(120_000);
const clock = new SystemClock();
const logger = createLogger({ level: process.env.MINGJIAN_TEST_LOG ?? 'silent' });

// The engines that others use are only looked for: these are killed.
describeWithServices('processes of their own on Kafka and MariaDB', ['kafka', 'mariadb'], () => {
  const services = new OwnServices();
  const work = mkdtempSync(join(tmpdir(), 'mingjian-engines-'));
  let build: Build;
  let site: Site;

  beforeAll(() => {
    build = buildInto(join(work, 'build'));
  });
  beforeEach(() => mkdirSync(join(work, 'rules')));
  afterEach(async () => {
    await site.close();
    await forgetTopics(site.brokers);
    rmSync(join(work, 'rules'), { recursive: true });
  });
  afterAll(async () => {
    await services.dispose();
    rmSync(work, { recursive: true, force: true });
  });

  const open = async (
    monitors: number,
    rules = writeRules(join(work, 'rules')),
    env: Record<string, string> = {},
  ): Promise<Site> => {
    site = await Site.open({ build, kafka: services, mariadb: services, rules, monitors, env });
    return site;
  };

  it('judge a real approval log (WABO receipt phase) as one embedded process does', async () => {
    const rules = {
      rulesets: join(SAMPLE, 'ruleset-carried.yaml'),
      calendars: join(SAMPLE, 'calendar.yaml'),
    };
    const [file, mapping] = [join(SAMPLE, 'wabo-receipt-events.csv.gz'), MAPPING];
    const at = '2013-01-01T00:00:00+01:00';
    const embedded = await runInProcess(
      [
        'import',
        file,
        '--mapping',
        mapping,
        '--data-dir',
        join(work, 'embedded'),
        '--json',
        '--judge',
      ].concat(['--at', at, '--ruleset', rules.rulesets, '--calendar', rules.calendars]),
    );
    const { monitors } = await open(1, rules, { MINGJIAN_INTAKE_BATCH: '1000' });
    for (const monitor of monitors) monitor.start();
    const log = await site.openLog();
    const imported = await importFile({
      file,
      mapping: loadMapping(mapping),
      log,
      clock,
      settings: { futureToleranceSeconds: 300, intakeBatch: 500 },
    });
    await log.close();
    expect(imported).toMatchObject({ records: 8577, accepted: 11340, quarantined: 0 });
    await settle(site);
    expect(await monitors[0]!.stop()).toBe(0);
    const { verdicts } = JSON.parse(embedded.out) as { verdicts: VerdictSum };
    const store = await site.openStore();
    const calm = await openStore({ file: join(work, 'embedded', 'store.db') });
    const { book } = await loadRuleBook(rules);
    expect(await verdictDigest(store, book, Date.parse(at))).toBe(verdicts.digest);
    expect(await storedDigest(store)).toBe(await storedDigest(calm));
    await Promise.all([store.close(), calm.close()]);
  });

  it('share the cases: of two monitors the second sweeps what the first held when that was killed', async () => {
    await open(2);
    for (const one of site.processes) one.start();
    const sender = new Sender({
      load: new Load('two', () => clock.now()),
      key: site.key,
      address: () => site.address,
      rate: 100,
    });
    const store = await site.openStore();
    const owners = () => shardsByOwner(store);
    await until('both to hold two shards', () => holdTwoEach(store));
    await until('some cases', () => (sender.acknowledged.length > 300 ? true : null));
    const [first, second] = site.monitors;
    await first!.kill({ again: false });
    const killedAt = clock.now();
    await until('the second to hold all shards', async () =>
      (await owners()).get(String(second!.pid)) === PARTITIONS ? true : null,
    );
    const tookMs = clock.now() - killedAt;
    await sender.finish();
    const at = await settle(site);
    expect(await Promise.all([site.collector.stop(), second!.stop()])).toEqual([0, 0]);
    const { problems, counts } = await compareWithCalm(site, sender.acknowledged, at);
    expect(problems).toEqual([]);
    expect(counts['of them by the passing of time']).toBeGreaterThan(10);
    const [slowest] = await store.query<{ ms: string }>(
      'SELECT MAX(TIMESTAMPDIFF(MICROSECOND, became_at, detected_at)) / 1000 AS ms FROM light_change ' +
        "WHERE reason = 'time' AND case_no LIKE 'QUICK-%'",
    );
    await store.close();
    logger.info({ tookMs, slowestMs: Number(slowest?.ms) }, 'The second monitor took over.');
    // The session's time-out, then a rebalance; the rest is for a machine that has other things to do.
    expect(tookMs).toBeLessThan(SESSION_TIMEOUT_MS + 14_000);
    expect(Number(slowest?.ms)).toBeLessThan(SESSION_TIMEOUT_MS + 14_000);
  });

  it('lose, double and invent nothing when one after the other is stopped and started again, as an upgrade does', async () => {
    await open(2);
    for (const one of site.processes) one.start();
    const sender = new Sender({
      load: new Load('rolling', () => clock.now()),
      key: site.key,
      address: () => site.address,
      rate: 100,
    });
    const store = await site.openStore();
    // One that is still starting is not to be stopped in an orderly way.
    await until('both to hold two shards', () => holdTwoEach(store));
    await until('some cases', () => (sender.acknowledged.length > 100 ? true : null));
    // Judges first, collectors last: docs/upgrade.md.
    for (const monitor of site.monitors) {
      expect(await monitor.stop()).toBe(0);
      monitor.start();
      await until('it to hold shards again', async () =>
        (await shardsByOwner(store)).has(String(monitor.pid)) ? true : null,
      );
    }
    expect(await site.collector.stop()).toBe(0);
    const before = sender.acknowledged.length;
    site.collector.start();
    await until('it to take events again', () => (sender.acknowledged.length > before + 50 ? true : null));
    await sender.finish();
    const at = await settle(site);
    for (const one of site.processes) expect(await one.stop()).toBe(0);
    const { problems, counts } = await compareWithCalm(site, sender.acknowledged, at);
    await store.close();
    expect(problems).toEqual([]);
    expect(counts['of them by the passing of time']).toBeGreaterThan(10);
    expect(site.processes.map(({ endings }) => [...endings])).toEqual([[], [], []]);
  });

  it('lose, double and invent nothing when they and their engines are killed', async () => {
    await open(2);
    const report = await runChaos({
      site,
      disk: null,
      seed: 'npm test',
      kills: 10,
      withinMs: 60_000,
      rate: 100,
      pauseMs: [100, 900],
      // A broker takes five seconds to come back: once is enough here.
      faults: FAULTS.filter(({ name }) => !name.startsWith('restart') && !name.includes('at once')),
      say: (line) => logger.info(line),
    });
    expect(report.problems).toEqual([]);
    expect(report.kills).toBeGreaterThanOrEqual(10);
    expect(report.counts['of them by the passing of time']).toBeGreaterThan(10);
  });
});

/** How many shards each monitor holds, by the number of its process. */
async function shardsByOwner(store: Store): Promise<Map<string, number>> {
  const rows = await store.query<{ owner: string; shards: number }>(
    'SELECT owner, COUNT(*) AS shards FROM shard_owner GROUP BY owner',
  );
  return new Map(rows.map(({ owner, shards }) => [owner.split('/')[1] ?? '', Number(shards)]));
}

async function holdTwoEach(store: Store): Promise<true | null> {
  return [...(await shardsByOwner(store)).values()].join() === '2,2' ? true : null;
}

/** So that the next site begins with nothing: topics are named the same at every site. */
async function forgetTopics(brokers: string): Promise<void> {
  const kafka = new Kafka({ brokers: brokers.split(','), logLevel: logLevel.NOTHING });
  const admin = kafka.admin();
  await admin.connect();
  const names = async (): Promise<string[]> =>
    (await admin.listTopics()).filter((name) => Object.values<string>(TOPICS).includes(name));
  const { groups } = await admin.listGroups();
  await admin.deleteGroups(groups.map(({ groupId }) => groupId)).catch(() => undefined);
  await admin.deleteTopics({ topics: await names() });
  await until('the topics to be gone', async () => ((await names()).length === 0 ? true : null));
  await admin.disconnect();
}
