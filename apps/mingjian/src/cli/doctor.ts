import { access } from '../doctor/access';
import { approvedRows } from '../doctor/approved-rows';
import type { Check } from '../doctor/check';
import { database } from '../doctor/database';
import { kafka } from '../doctor/kafka';
import { keys } from '../doctor/keys';
import { embedded, machine, service } from '../doctor/machine';
import { channels, feeds } from '../doctor/outside';
import { rules } from '../doctor/rules';
import { settingsOf } from '../engines';
import type { Io } from './io';
import { EXIT } from './io';
import { chosenDir, type DirOption } from './source';

/**
 * `mingjian doctor`: is everything that these settings need there, and if not, what to do. Changes nothing, also not the
 * tables of an older version. Shows no secret. Exit code 1 where something is not well.
 */
export async function doctor(options: DirOption, io: Io): Promise<number> {
  const processSettings = settingsOf('live');
  const { settings, kafka: kafkaSettings } = processSettings;
  const dir = chosenDir(options);
  const approved = await approvedRows(processSettings, dir);
  const isServer = settings.databaseUrl !== '';
  const checks: Check[] = [
    ...(await machine(dir)),
    ...(kafkaSettings === null ? [] : await kafka(kafkaSettings)),
    ...(isServer ? await database(settings, () => io.now()) : []),
    ...(await embedded(dir, kafkaSettings === null, !isServer)),
    ...(await rules(settings, io.now(), approved)),
    ...(await feeds(processSettings, dir, approved)),
    ...(await channels(processSettings, approved, io.now())),
    ...(await keys(processSettings, dir)),
    ...(await access(settings)),
    ...(await service(settings)),
  ];
  if (options.json) await io.out(`${JSON.stringify({ checks })}\n`);
  else {
    const width = Math.max(...checks.map(({ name }) => name.length));
    for (const { name, ok, found, advice } of checks)
      await io.out(
        `${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(width)} ${found}${ok ? '' : `\n     → ${advice}`}\n`,
      );
  }
  return checks.every((check) => check.ok) ? EXIT.done : EXIT.findings;
}
