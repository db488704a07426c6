import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../acceptance/until';
import type { Course } from './alert-history';
import { DRILLS, type Drill } from './drills';
import { WatchedSite } from './watched-site';

/** The first scrapes: an increase needs something to increase from. */
const SETTLE_MS = 60_000;
/** An alert that looks back half an hour ends as much later, and Alertmanager tells of it five minutes after that. */
const UNTIL_ENDED_MS = 45 * 60_000;

interface Struck {
  drill: Drill;
  struckAt: number;
  mendedAt: number;
}

/** `npm run drill`: exit code 1 where an alert was not told, or did not end after mending. */
async function main(): Promise<void> {
  const names = process.argv.slice(2);
  const known = DRILLS.map(({ name }) => name);
  if (names.some((name) => !known.includes(name))) {
    process.stderr.write(`usage: npm run drill -- [${known.join('] [')}]\n`);
    process.exit(64);
  }
  const drills = DRILLS.filter(({ name }) => names.length === 0 || names.includes(name));
  const begin = performance.now();
  const say = (line: string): void => {
    process.stderr.write(`${((performance.now() - begin) / 1000).toFixed(0).padStart(5)} s  ${line}\n`);
  };
  let site: WatchedSite | null = null;
  const close = async (): Promise<void> => {
    const open = site;
    site = null;
    await open?.close();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().finally(() => process.exit(130)));
  try {
    const opened = await WatchedSite.open(say);
    site = opened;
    await opened.live();
    await pause(SETTLE_MS);
    const struck: Struck[] = [];
    for (const drill of drills.filter(({ goesBeside }) => !goesBeside)) {
      struck.push(await hold(drill, opened, say));
      await pause(SETTLE_MS);
    }
    const beside = drills.filter(({ goesBeside }) => goesBeside);
    struck.push(...(await Promise.all(beside.map((drill) => hold(drill, opened, say)))));
    await untilEnded(struck, opened).catch((error: Error) => say(error.message));
    process.exitCode = report(struck, opened) ? 0 : 1;
  } finally {
    await close();
  }
}

/** Breaks something, waits until somebody has been told of all that has to be told, and mends it. */
async function hold(drill: Drill, site: WatchedSite, say: (line: string) => void): Promise<Struck> {
  say(`STRIKE ${drill.name}: ${drill.what}`);
  const struckAt = await drill.strike(site);
  const isTold = (): boolean => {
    const courses = site.history.during(struckAt, performance.now());
    return drill.mustTell.every((name) => courses.some(({ alert, told }) => alert === name && told !== null));
  };
  await until(
    `being told of ${drill.mustTell.join(' and ')}`,
    () => (performance.now() - struckAt >= drill.leastMs && isTold() ? true : null),
    { withinMs: drill.mostMs, everyMs: 1_000 },
  ).catch((error: Error) => say(error.message));
  say(`MEND ${drill.name}`);
  const mendedAt = performance.now();
  await drill.mend(site);
  return { drill, struckAt, mendedAt };
}

/** Waits until all that fired has ended, and whoever was told of it was told of that, too. */
async function untilEnded(struck: readonly Struck[], { history }: WatchedSite): Promise<void> {
  await until(
    'the end of all alerts',
    () => {
      const courses = struck.flatMap(({ struckAt, mendedAt }) => history.during(struckAt, mendedAt));
      return courses.every(
        ({ ended, told, toldEnd }) => ended !== null && (told === null || toldEnd !== null),
      )
        ? true
        : null;
    },
    { withinMs: UNTIL_ENDED_MS, everyMs: 1_000 },
  );
}

/** @returns whether everything went as it has to. */
function report(struck: readonly Struck[], { history, site, receiver }: WatchedSite): boolean {
  const rows = [['fault', 'alert', 'fires after', 'told after', 'ends after mending', 'told after mending']];
  let isGood = true;
  for (const { drill, struckAt, mendedAt } of struck) {
    const courses = history
      .during(struckAt, mendedAt)
      // What goes on beside is another drill's.
      .filter(({ alert }) => !drill.goesBeside || drill.mustTell.includes(alert));
    for (const course of courses) rows.push([drill.name, ...cellsOf(course)]);
    for (const name of drill.mustTell) {
      const course = courses.find(({ alert }) => alert === name);
      if (course !== undefined && course.told !== null && course.ended !== null && course.toldEnd !== null)
        continue;
      isGood = false;
      rows.push([drill.name, name, 'NOT FIRED, NOT TOLD OR NOT ENDED']);
    }
    rows.push([drill.name, `(lasted ${Math.round((mendedAt - struckAt) / 1000)} s)`]);
  }
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  for (const row of rows)
    process.stdout.write(
      `${row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join('  ')
        .trimEnd()}\n`,
    );
  for (const one of site.processes)
    process.stdout.write(
      `${one.name}: ${one.starts} starts ${[...one.endings].map(([how, times]) => `${times} × ${how}`).join(', ')}\n`,
    );
  process.stdout.write(`notices: ${receiver.notices.taken} taken, ${receiver.notices.refused} refused\n`);
  return isGood;
}

function cellsOf({ alert, fired, told, ended, toldEnd }: Course): string[] {
  const seconds = (value: number | null, otherwise: string): string =>
    value === null ? otherwise : `${value} s`;
  return [
    alert,
    seconds(fired, ''),
    seconds(told, 'held back'),
    seconds(ended, 'not ended'),
    seconds(toldEnd, told === null ? '' : 'not told'),
  ];
}

main().catch((error: unknown) => {
  process.stderr.write(`${String((error as Error).stack)}\n`);
  process.exitCode = 70;
});
