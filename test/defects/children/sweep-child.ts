import { openSite } from '../../../apps/monitor/src/testing/site';

/**
 * A monitor of its own on the folder given, in a process of its own: it sweeps in small batches and writes a line after
 * each that it committed. With a number as third argument it stops itself before that batch, as a machine does that is
 * out of breath: it has decided to write and has not written.
 */
async function main(): Promise<void> {
  const [dir = '', now = '', stopBefore = '0'] = process.argv.slice(2);
  const site = await openSite(now, { dir, settings: { sweepBatch: 7 } });
  const { metrics, judge, sweep } = site.monitor;
  const count = metrics.count.bind(metrics);
  metrics.count = (judgement) => {
    count(judgement);
    process.stdout.write(`${judgement.cases}\n`);
  };
  const judgeDue = judge.judgeDue.bind(judge);
  let batches = 0;
  judge.judgeDue = (...asked) => {
    if (++batches === Number(stopBefore)) {
      process.stdout.write('stopped\n');
      process.kill(process.pid, 'SIGSTOP');
    }
    return judgeDue(...asked);
  };
  const { cases } = await sweep.runOnce(site.clock.now());
  process.stdout.write(`done ${cases} ${site.monitor.shards.shards.length}\n`);
  await site.close();
}

void main();
