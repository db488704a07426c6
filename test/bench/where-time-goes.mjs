// `node test/bench/where-time-goes.mjs FILE.cpuprofile …`: the processor time of a monitor by what it was spent on, from
// what `npm run bench -- pipeline --only throughput --profile DIR` leaves in DIR.
import { readFileSync } from 'node:fs';

/** The first that fits the frame, or one of its callers, names the stage. */
const STAGES = [
  ['garbage collection', /^\(garbage collector\)/],
  ['idle', /^\(idle\)/],
  [
    'loading code',
    /^(require|wrapSafe|compileFunction|Module\._|readFileUtf8|internalModuleStat)|cjs\/loader/,
  ],
  ['parse and validate', /parseStepRecord|unstorableText|zod/],
  ['gzip', /zlib/],
  ['tell others (messages, outbox)', /lightMessages|outbox-relay|light-messages|outbox\.store/],
  ['judge', /assessCase|libs\/rules/],
  ['merge and compare', /mergeTimeline|groupByCase|summaryOf|case-judge/],
  ['rows → statements', /appendValues|writeRows|sql-escaper|sqlstring|toPacket|packets\/query/],
  ['answers → rows', /decode|parsers|packets\/packet|mysql2|table-map|queryByKeys|timeline\.store/],
  ['Kafka client', /kafkajs|libs\/log/],
  ['sockets', /writeBuffer|writev|stream_base|net\.js|node:net|onStreamRead/],
  ['metrics', /prom-client|monitor-metrics/],
  ['TypeORM', /typeorm/],
];

for (const file of process.argv.slice(2)) {
  const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(file, 'utf8'));
  const byId = new Map(nodes.map((node) => [node.id, node]));
  for (const node of nodes) for (const child of node.children ?? []) byId.get(child).parent = node;
  const spent = new Map();
  samples.forEach((id, index) => {
    const stage = stageOf(byId.get(id));
    spent.set(stage, (spent.get(stage) ?? 0) + timeDeltas[index] / 1000);
  });
  const idle = spent.get('idle') ?? 0;
  const busy = [...spent.values()].reduce((sum, ms) => sum + ms, 0) - idle;
  console.log(`${file}: ${busy.toFixed(0)} ms busy, ${idle.toFixed(0)} ms idle`);
  for (const [stage, ms] of [...spent].sort((a, b) => b[1] - a[1]))
    if (stage !== 'idle')
      console.log(`${ms.toFixed(0).padStart(8)} ms ${((ms / busy) * 100).toFixed(1).padStart(5)} % ${stage}`);
}

function stageOf(node) {
  for (let frame = node; frame !== undefined; frame = frame.parent) {
    const { functionName, url } = frame.callFrame;
    const text = `${functionName} ${url}`;
    const found = STAGES.find(([, pattern]) => pattern.test(functionName) || pattern.test(text));
    if (found !== undefined) return found[0];
  }
  return 'other';
}
