import { openSite } from './site';

/** A monitor that takes in what is in the log of the folder given, telling each batch, until it is killed. */
async function main(): Promise<void> {
  const [dir = '', now = ''] = process.argv.slice(2);
  const site = await openSite(now, { dir, settings: { intakeBatch: 7 } });
  const { count } = site.monitor.metrics;
  site.monitor.metrics.count = (judgement) => {
    count.call(site.monitor.metrics, judgement);
    process.stdout.write(`${judgement.cases}\n`);
  };
  await site.monitor.intake.drain();
  process.stdout.write('done\n');
}

void main();
