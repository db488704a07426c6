import { cpus } from 'node:os';
import { setTimeout as pause } from 'node:timers/promises';
import { appendEvents, cityEvents, writeRules } from './lib/city.mjs';
import { startMonitor } from './lib/processes.mjs';
import { PARTITIONS } from './lib/rig.mjs';
import { untilTaken } from './lib/watch.mjs';

const TOPIC = 'mingjian.step-events';

/** The same backlog taken by one monitor and by two, which share its partitions. */
export async function twoMonitors(rig, isQuick) {
  const cases = isQuick ? 18_000 : 60_000;
  const one = await takenBy(rig, 1, cases);
  const two = await takenBy(rig, 2, cases);
  const factor = two.perSecond / one.perSecond;
  const cores = cpus().length;
  return [
    {
      what: 'two monitors against one, the same backlog',
      measured: `${factor.toFixed(2)} × (${one.perSecond.toLocaleString('en')} → ${two.perSecond.toLocaleString('en')}/s)`,
      bar: `≥ 1.6 × where cores allow; ${cores} here`,
      ...{ factor, one, two },
      // Two monitors, Kafka and MariaDB need four cores between them.
      met: factor >= 1.6 ? true : cores < 4 ? null : false,
    },
  ];
}

async function takenBy(rig, monitors, cases) {
  await rig.freshTopics();
  const database = await rig.freshDatabase('mingjian_bench');
  const rules = writeRules();
  const log = await rig.openLog();
  const connection = await rig.connect(database);
  const running = await Promise.all(
    Array.from({ length: monitors }, () =>
      startMonitor(rig, {
        ...{ database, rules },
        env: { MINGJIAN_ROLES: 'judge', MINGJIAN_INTAKE_BATCH: '2000' },
      }),
    ),
  );
  // Each holds its share before there is anything to take.
  for (const giveUpAt = performance.now() + 60_000; ; await pause(100)) {
    const [owners] = await connection.query('SELECT owner, COUNT(*) AS held FROM shard_owner GROUP BY owner');
    if (owners.length === monitors && owners.every(({ held }) => Number(held) === PARTITIONS / monitors))
      break;
    if (performance.now() > giveUpAt) throw new Error('the monitors did not share the partitions');
  }
  const events = cityEvents(cases, Date.now());
  const begin = performance.now();
  await appendEvents(log, TOPIC, events);
  const appended = (performance.now() - begin) / 1000;
  const result = await untilTaken(connection, events.length, 300_000);
  // They read while the backlog is written: counted from its beginning.
  const seconds = (performance.now() - begin) / 1000;
  await Promise.all(running.map((monitor) => monitor.stop()));
  await connection.end();
  await log.close();
  return {
    monitors,
    seconds,
    appendSeconds: appended,
    restSeconds: result.seconds,
    perSecond: Math.round(events.length / seconds),
  };
}
