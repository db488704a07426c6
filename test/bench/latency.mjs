import { setTimeout as pause } from 'node:timers/promises';
import { writeRules } from './lib/city.mjs';
import { startFlow } from './lib/flow.mjs';
import { cpuSeconds, startMonitor } from './lib/processes.mjs';
import { quantile, watchLights } from './lib/watch.mjs';

const PER_SECOND = 1_000;

/** Event handed to Kafka → its light committed, seen by another connection, while 1,000 events a second come in. */
export async function latency(rig, isQuick, profile = null) {
  const seconds = isQuick ? 15 : 60;
  await rig.freshTopics();
  const database = await rig.freshDatabase('mingjian_bench');
  const rules = writeRules();
  const log = await rig.openLog();
  const monitor = await startMonitor(rig, { database, rules, profile });
  const warmUp = startFlow(log, PER_SECOND, '420684-WARM');
  await pause(5_000);
  await warmUp.stop();
  const connection = await rig.connect(database);
  const seen = new Map();
  const stopWatching = watchLights(connection, (row, at) => {
    if (!seen.has(row.case_no)) seen.set(row.case_no, at);
  });
  const pids = { kafka: rig.kafkaPid, mariadb: rig.mariadbPid, node: monitor.pid };
  const before = Object.values(pids).map(cpuSeconds);
  const flow = startFlow(log, PER_SECOND, '420684-FLOW');
  await pause(seconds * 1000);
  await flow.stop();
  await pause(2_000);
  const micros = Object.fromEntries(
    Object.entries(pids).map(([name, pid], n) => [
      name,
      Math.round(((cpuSeconds(pid) - before[n]) * 1e6) / flow.sent()),
    ]),
  );
  await stopWatching();
  await connection.end();
  await monitor.stop();
  await log.close();
  const took = [...flow.sentAt].flatMap(([caseNo, at]) => (seen.has(caseNo) ? [seen.get(caseNo) - at] : []));
  const missing = flow.sentAt.size - took.length;
  const [p50, p99, most] = [0.5, 0.99, 1].map((share) => Math.round(quantile(took, share)));
  return [
    {
      what: `event to Kafka → light committed at ${PER_SECOND}/s, ${seconds} s, p50 / p99`,
      measured: `${p50} / ${p99} ms`,
      bar: 'p99 ≤ 250 ms',
      ...{ p50, p99, most, lights: took.length, missing, perSecond: Math.round(flow.sent() / seconds) },
      microsecondsPerEvent: micros,
      met: p99 <= 250 && missing === 0,
    },
  ];
}
