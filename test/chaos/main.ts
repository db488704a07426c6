import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { OwnServices } from '../services/own-services';
import { buildInto, MISTAKES, sabotage } from './build';
import { SmallDisk } from './disk';
import { writeRules } from './rules';
import { runChaos, type ChaosReport } from './run-chaos';
import { Site } from './site';

const USAGE =
  'usage: npm run test:chaos -- [--kills N] [--seed S] [--minutes M] [--rate EVENTS_A_SECOND]' +
  ` [--break ${MISTAKES.join('|')}]\n`;
/** Room for MariaDB as `npm run services` sets it up, with its log of 256 MB, and a little more. */
const DISK_MEGABYTES = 900;

/** `npm run test:chaos`: a long run against real engines. Exit code 1 on any difference. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      kills: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      minutes: { type: 'string', default: '15' },
      rate: { type: 'string', default: '60' },
      break: { type: 'string' },
    },
  });
  const [kills, minutes, rate] = [values.kills, values.minutes, values.rate].map(Number) as [
    number,
    number,
    number,
  ];
  const isKnown = values.break === undefined || MISTAKES.includes(values.break);
  if (![kills, minutes, rate].every((value) => value > 0) || !isKnown) {
    process.stderr.write(USAGE);
    process.exit(64);
  }
  const work = mkdtempSync(join(tmpdir(), 'mingjian-chaos-'));
  const ends: (() => unknown)[] = [() => rmSync(work, { recursive: true, force: true })];
  const end = async (): Promise<void> => {
    for (let undo = ends.pop(); undo !== undefined; undo = ends.pop()) await undo();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void end().finally(() => process.exit(130)));
  try {
    const build = buildInto(join(work, 'build'));
    if (values.break !== undefined) sabotage(join(work, 'build'), values.break);
    const kafka = new OwnServices();
    ends.push(() => kafka.dispose());
    const disk = SmallDisk.make(DISK_MEGABYTES);
    if (disk === null) say('No small disk can be mounted here (that takes root): no full disk in this run.');
    else ends.push(() => disk.remove());
    const mariadb = disk === null ? new OwnServices() : servicesOn(disk);
    ends.push(() => mariadb.dispose());
    const rules = join(work, 'rules');
    mkdirSync(rules);
    const site = await Site.open({ build, kafka, mariadb, rules: writeRules(rules), monitors: 2 });
    ends.push(() => site.close());
    const report = await runChaos({
      site,
      disk,
      seed: values.seed,
      kills,
      withinMs: minutes * 60_000,
      rate,
      pauseMs: [300, 2_500],
      say,
    });
    process.stdout.write(tableOf(report, values.seed, values.break ?? 'nothing'));
    process.exitCode = report.problems.length === 0 ? 0 : 1;
  } finally {
    await end();
  }
}

/** Services find their place by the folder for temporary files. */
function servicesOn(disk: SmallDisk): OwnServices {
  const before = process.env.TMPDIR;
  process.env.TMPDIR = disk.dir;
  try {
    return new OwnServices();
  } finally {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
  }
}

function tableOf(report: ChaosReport, seed: string, broken: string): string {
  const rows: [string, string | number][] = [
    ['seed', seed],
    ['broken on purpose', broken],
    ['seconds', report.seconds],
    ['cores', cpus().length],
    ['processes killed', report.kills],
    ...[...report.faults].sort(([a], [b]) => (a < b ? -1 : 1)),
    ...report.processes.map(({ name, starts, endings }): [string, string] => [
      name,
      `${starts} starts; ${endings || 'none ended'}`,
    ]),
    ...Object.entries(report.counts),
    ...[...report.complaints]
      .sort(([, a], [, b]) => b - a)
      .map(([message, times]): [string, string] => ['logged', `${times} × ${message}`]),
    ...report.notes.map((note): [string, string] => ['noted', note]),
    ['digest of verdicts', report.digests.verdicts],
    ['digest of rows', report.digests.stored],
    ['differences', report.problems.length],
  ];
  const width = Math.max(...rows.map(([name]) => name.length));
  const lines = rows.map(([name, value]) => `${name.padEnd(width)}  ${value}`);
  return `\n${lines.join('\n')}\n${report.problems.map((problem) => `DIFFERENCE ${problem}\n`).join('')}`;
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exitCode = 70;
});
