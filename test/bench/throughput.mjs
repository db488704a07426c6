import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { appendEvents, cityEvents, writeRules } from './lib/city.mjs';
import { cpuSeconds, startMonitor } from './lib/processes.mjs';
import { untilTaken } from './lib/watch.mjs';

const TOPIC = 'mingjian.step-events';
const HERE = fileURLToPath(new URL('.', import.meta.url));

/**
 * Kafka → judged → committed in MariaDB: a backlog of events over cases is taken by a monitor that starts on an empty
 * store; beside it, in the same run, a loader that writes the same rows and does nothing else.
 */
export async function throughput(rig, isQuick, profile = null) {
  const cases = isQuick ? 18_000 : 60_000;
  await rig.freshTopics();
  const product = await rig.freshDatabase('mingjian_bench');
  const rules = writeRules();
  const events = cityEvents(cases, Date.now());
  const log = await rig.openLog();
  await appendEvents(log, TOPIC, events);
  const ours = await measureMonitor(rig, { database: product, rules, total: events.length, profile });
  const rows = await rowsOf(rig, product);
  const bare = await measureLoader(rig, product, events.length);
  await log.close();
  const ratio = ours.perSecond / bare.perSecond;
  return [
    {
      what: `Kafka → judged → committed, ${events.length.toLocaleString('en')} events`,
      measured: `${ours.perSecond.toLocaleString('en')} events/s`,
      bar: '≥ 10,000 events/s',
      ...{ perSecond: ours.perSecond, microsecondsPerEvent: ours.micros, rows },
      met: ours.perSecond >= 10_000,
    },
    {
      what: 'the same against a bare loader of the same rows',
      measured: `${Math.round(ratio * 100)} % of ${bare.perSecond.toLocaleString('en')}/s`,
      bar: '≥ 70 %',
      ...{ ratio, bare },
      met: ratio >= 0.7,
    },
  ];
}

/** A monitor takes a backlog of `total` events; how fast, and how much of the cores each process used, microseconds an event. */
export async function measureMonitor(rig, { database, rules, total, profile = null, requires = [] }) {
  const connection = await rig.connect(database);
  const before = { kafka: 0, mariadb: 0, node: 0 };
  const monitor = await startMonitor(rig, {
    database,
    rules,
    profile,
    requires,
    env: { MINGJIAN_ROLES: 'judge', MINGJIAN_INTAKE_BATCH: '2000' },
  });
  const used = () => ({
    kafka: cpuSeconds(rig.kafkaPid),
    mariadb: cpuSeconds(rig.mariadbPid),
    node: cpuSeconds(monitor.pid),
  });
  const result = await untilTaken(connection, total, 300_000, () => Object.assign(before, used()));
  const after = used();
  await monitor.stop();
  await connection.end();
  const micros = Object.fromEntries(
    Object.keys(after).map((name) => [
      name,
      Number((((after[name] - before[name]) * 1e6) / (result.perSecond * result.seconds)).toFixed(1)),
    ]),
  );
  return { ...result, micros };
}

async function measureLoader(rig, product, total) {
  const database = await rig.freshDatabase('mingjian_bench_bare');
  // A message as the product writes it to the outbox; those that it wrote have been sent and deleted.
  const payload = JSON.stringify({
    ...{ specversion: '1.0', id: '3b241101-e2bb-4255-8caf-4136c566a962', source: 'urn:mingjian:monitor' },
    ...{ subject: '420684-2026-0000001', type: 'light.changed', time: '2026-11-20T16:00:00.000Z' },
    data: {
      ...{ clock: 'promise', clockKind: 'promise', department: 'housing', item: 'days', from: 'green' },
      ...{ to: 'yellow', becameAt: '2026-11-20T16:00:00.000Z', dueAt: '2026-11-23T15:59:59.999Z' },
      ...{ detectedAt: '2026-11-22T09:00:00.000Z', rulesetVersion: 'bench/1', calendarVersion: '1' },
      reason: 'event',
    },
  });
  await rig.root.query(
    `CREATE OR REPLACE TABLE ${product}.bench_payload (payload text NOT NULL); INSERT INTO ${product}.bench_payload VALUES (?)`,
    [payload],
  );
  const told = {
    ...{ brokers: rig.brokers, rootUrl: rig.rootUrl, from: product, to: database },
    ...{ topic: TOPIC, total, batch: 2_000 },
  };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(HERE, 'bare-loader.mjs'), JSON.stringify(told)],
    { timeout: 300_000 },
  );
  return JSON.parse(stdout);
}

async function rowsOf(rig, database) {
  const [[row]] = await rig.root.query(
    `SELECT (SELECT COUNT(*) FROM ${database}.step_event) AS events, (SELECT COUNT(*) FROM ${database}.case_file) AS cases, ` +
      `(SELECT COUNT(*) FROM ${database}.light_change) AS changes, ` +
      `(SELECT COUNT(*) FROM ${database}.light_change WHERE superseded_at IS NOT NULL) AS superseded, ` +
      `(SELECT COUNT(*) FROM ${database}.finding) AS findings`,
  );
  return row;
}
