import { join } from 'node:path';
import { appendEvents, cityEvents, writeRules } from './lib/city.mjs';
import { ROOT } from './lib/rig.mjs';
import { measureMonitor } from './throughput.mjs';

const TOPIC = 'mingjian.step-events';
const WITHOUT = join(ROOT, 'test/bench/lib/without-ledger.cjs');

/**
 * What the ledger costs: the same backlog taken with its rows written and without, each on empty tables; in turn, so that a machine
 * that grows slower or faster meanwhile falls on both. What is left out is done by a file that only this bench loads.
 */
export async function ledger(rig, isQuick) {
  const cases = isQuick ? 18_000 : 60_000;
  const events = cityEvents(cases, Date.now());
  const runs = [];
  for (const isWritten of [true, false, false, true]) runs.push(await run(rig, events, isWritten));
  const [written, left] = [true, false].map((isWritten) =>
    meanOf(runs.filter((one) => one.isWritten === isWritten)),
  );
  const more = written.micros / left.micros - 1;
  return [
    {
      what: `the ledger's share of ${events.length.toLocaleString('en')} events, ${written.entries.toLocaleString('en')} rows of it`,
      measured: `${(left.perSecond / written.perSecond).toFixed(2)} × as long, cores +${Math.round(more * 100)} %`,
      bar: '–',
      ...{ slowdown: left.perSecond / written.perSecond, moreProcessorTime: more, written, left, runs },
      met: null,
    },
  ];
}

async function run(rig, events, isWritten) {
  await rig.freshTopics();
  const database = await rig.freshDatabase('mingjian_bench');
  const log = await rig.openLog();
  await appendEvents(log, TOPIC, events);
  await log.close();
  const { perSecond, seconds, micros } = await measureMonitor(rig, {
    ...{ database, rules: writeRules(), total: events.length },
    requires: isWritten ? [] : [WITHOUT],
  });
  const [[{ entries }]] = await rig.root.query(
    `SELECT COUNT(*) AS entries FROM ${database}.ledger_entry WHERE chain LIKE 'shard-%'`,
  );
  // A comparison of the product with itself would look like a ledger that costs nothing.
  if (Number(entries) > 0 !== isWritten)
    throw new Error(`${entries} rows of the ledger where there should be ${isWritten ? 'some' : 'none'}`);
  return { isWritten, entries: Number(entries), perSecond, seconds, micros };
}

/** The mean of runs; `micros`: processor time of monitor and database together, microseconds an event. */
function meanOf(runs) {
  const mean = (valueOf) => runs.reduce((sum, one) => sum + valueOf(one), 0) / runs.length;
  return {
    perSecond: Math.round(mean(({ perSecond }) => perSecond)),
    micros: Number(mean(({ micros }) => micros.node + micros.mariadb).toFixed(1)),
    entries: Math.round(mean(({ entries }) => entries)),
  };
}
