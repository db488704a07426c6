import { fork } from 'node:child_process';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { openGround, simulate } from './simulate';
import type { Sabotage } from './simulated-log';

const USAGE =
  'usage: npm run test:sim -- [--seeds N] [--seed FIRST] [--workers N] [--break deduplication|offset-order|outbox]\n';
const SABOTAGES: readonly string[] = ['none', 'deduplication', 'offset-order', 'outbox'];

interface Report {
  runs: number;
  failed: { seed: number; problems: string[]; history: readonly string[] }[];
}

/** `npm run test:sim`: many seeds on all cores. Exit code 1 on any difference; the schedule of the first is printed. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seeds: { type: 'string', default: '200' },
      seed: { type: 'string', default: '1' },
      workers: { type: 'string', default: String(cpus().length) },
      break: { type: 'string', default: 'none' },
    },
  });
  const [seeds, first, workers] = [values.seeds, values.seed, values.workers].map(Number) as [
    number,
    number,
    number,
  ];
  if (![seeds, first, workers].every(Number.isInteger) || !SABOTAGES.includes(values.break)) {
    process.stderr.write(USAGE);
    process.exit(64);
  }
  const began = performance.now();
  const sabotage = values.break as Sabotage;
  const reports = await Promise.all(
    Array.from({ length: Math.min(workers, seeds) }, (_, worker) =>
      inChild(
        Array.from({ length: seeds }, (_, n) => first + n).filter((seed) => seed % workers === worker),
        sabotage,
      ),
    ),
  );
  const failed = reports.flatMap((report) => report.failed).sort((a, b) => a.seed - b.seed);
  for (const { seed, problems } of failed.slice(0, 20))
    process.stdout.write(`seed ${seed}: ${problems.join('; ')}\n`);
  if (failed[0] !== undefined)
    process.stdout.write(`\nSchedule of seed ${failed[0].seed}:\n${failed[0].history.join('\n')}\n\n`);
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  process.stdout.write(
    `${reports.reduce((sum, { runs }) => sum + runs, 0)} runs, seeds ${first} to ${first + seeds - 1}, ` +
      `broken on purpose: ${sabotage}, ${seconds} s, ${failed.length} with differences\n`,
  );
  // Not exit(): what is still on its way into a pipe would be cut off.
  process.exitCode = failed.length === 0 ? 0 : 1;
}

function inChild(seeds: number[], sabotage: Sabotage): Promise<Report> {
  return new Promise((resolve, reject) => {
    const child = fork(__filename, [], {
      env: { ...process.env, MINGJIAN_SIMULATE: JSON.stringify({ seeds, sabotage }) },
    });
    child.on('message', (report) => resolve(report as Report));
    child.on('error', reject);
    // Its last message can still be on its way when it has ended; the channel closes after it.
    child.on('disconnect', () => reject(new Error('a worker ended without a report')));
  });
}

async function work({ seeds, sabotage }: { seeds: number[]; sabotage: Sabotage }): Promise<void> {
  const ground = await openGround();
  const report: Report = { runs: 0, failed: [] };
  for (const seed of seeds) {
    const { problems, history } = await simulate(ground, seed, sabotage);
    report.runs++;
    if (problems.length > 0)
      report.failed.push({ seed, problems, history: report.failed.length === 0 ? history : [] });
  }
  await ground.close();
  process.send?.(report, () => process.disconnect());
}

const task = process.env.MINGJIAN_SIMULATE;
(task === undefined ? main() : work(JSON.parse(task) as { seeds: number[]; sabotage: Sabotage })).catch(
  (error: unknown) => {
    process.stderr.write(`${String((error as Error).stack)}\n`);
    process.exit(70);
  },
);
