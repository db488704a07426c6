import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openNotifySite } from './notify-site';

/**
 * A monitor as a process of its own.
 *
 * Without a shard: lights up what is due at the instant given and tells people, until it is killed. With a shard: one of two;
 * waits for the file `go`, takes that shard and tells people of its lights over several instants beside the other.
 */
async function main(): Promise<void> {
  const [dir = '', recipients = '', shard = '', ...instants] = process.argv.slice(2);
  const site = await openNotifySite(instants[0] ?? '', recipients, dir);
  const { monitor, clock } = site;
  if (shard === '') {
    await monitor.intake.drain();
    await monitor.sweep.runOnce(clock.now());
    process.stdout.write('swept\n');
    await monitor.notifier.runOnce();
    process.stdout.write('done\n');
    return site.close();
  }
  monitor.shards.give([0, 1]);
  process.stdout.write('open\n');
  const untilThere = async (name: string): Promise<void> => {
    while (!existsSync(join(dir, name))) await pause(5);
  };
  await untilThere('go');
  await monitor.shards.take([Number(shard)]);
  for (const instant of instants) {
    clock.moveTo(Date.parse(`${instant}+08:00`));
    for (let n = 0; n < 8; n++) {
      await monitor.sweep.runOnce(clock.now());
      await monitor.notifier.runOnce();
      // Over the pause after a failure; both together stay within one lease, as clocks of two machines would.
      clock.moveTo(clock.now() + 6_000);
    }
    writeFileSync(join(dir, `${shard} done ${clock.now()}`), '');
    await untilThere(`${1 - Number(shard)} done ${clock.now()}`);
  }
  process.stdout.write('done\n');
  return site.close();
}

void main();
