import { dirname, join } from 'node:path';
import { LIGHTS, type Light } from '@mingjian/contracts';
import { BadInstantError, judgeCase, parseInstant, verdictAt } from '@mingjian/rules';
import { createLogger, openRegistry, Progress, SystemClock, type Clock } from '@mingjian/runtime';
import { allTimelines, verdictDigest, type Store } from '@mingjian/store';
import { importFile, type ImportCounts } from '../../../collector/src';
import { Monitor } from '../../../monitor/src/monitor';
import { monitorSettingsOf } from '../../../monitor/src/monitor-settings';
import { lockDataDir, type DataDir } from '../daemon/data-dir';
import { chosenMapping } from '../files/chosen-mapping';
import { dryRun, filesOf } from './dry-run';
import type { Io } from './io';
import { openLogOf, openStoreOf, settingsOf } from '../engines';
import { EXIT, UsageError } from './io';
import { chosenDir, type DirOption } from './source';

export type ImportCommandOptions = DirOption & {
  mapping: string;
  dryRun?: boolean;
  limit?: string;
  judge?: boolean;
  ruleset?: string;
  calendar?: string;
  at?: string;
};

/** What the verdicts of a data directory come to. */
export interface VerdictSum {
  at: string;
  cases: number;
  closed: number;
  /** Closed cases that end red. */
  closedLate: number;
  lights: Record<Light, number>;
  findings: Record<string, number>;
  /** Step events in the timelines, each identity once. */
  events: number;
  digest: string;
}

/**
 * `mingjian import`: a delivery of one or more files through the collector's path; a folder stands for its files. A running daemon judges what comes in; without one, `--judge`
 * does it here and now.
 */
export async function importCommand(
  named: readonly string[],
  options: ImportCommandOptions,
  io: Io,
): Promise<number> {
  const file = filesOf(named);
  if (options.dryRun) return dryRun(file, options, io);
  if (options.limit !== undefined) throw new UsageError('--limit goes with --dry-run');
  const processSettings = settingsOf('live');
  const { settings } = processSettings;
  const dir = chosenDir(options);
  const mapping = await chosenMapping(options.mapping, processSettings, () => dir);
  const clock = new SystemClock();
  const unlock = options.judge ? lockDataDir(dir) : () => undefined;
  try {
    const log = await openLogOf(processSettings, dir, { clock });
    try {
      const progress = new Progress({ label: file.join(' '), unit: 'records', clock });
      const imported = await importFile({
        file,
        mapping,
        log,
        clock,
        settings,
        progress,
        joinFile: join(dir.dir, 'joins.db'),
      });
      progress.finish();
      const sum = options.judge ? await judgeAll(dir, options, clock) : null;
      await io.out(
        options.json ? `${JSON.stringify({ imported, verdicts: sum })}\n` : describe(imported, sum),
      );
      return imported.quarantined > 0 ? EXIT.findings : EXIT.done;

      async function judgeAll(
        target: DataDir,
        { ruleset, calendar, at }: ImportCommandOptions,
        wall: Clock,
      ): Promise<VerdictSum> {
        const store = await openStoreOf(processSettings, target);
        try {
          const rules = {
            ...settings,
            rulesets: ruleset ?? settings.rulesets,
            calendars:
              calendar ??
              (ruleset === undefined ? settings.calendars : join(dirname(ruleset), 'calendar.yaml')),
          };
          const monitor = new Monitor({
            store,
            log,
            clock: wall,
            wall,
            registry: openRegistry(),
            logger: createLogger({ level: 'warn' }),
            settings: { ...monitorSettingsOf(rules, null, null), rulesPollMs: 0 },
          });
          await monitor.load();
          await monitor.rejudge.runOnce();
          await monitor.intake.drain();
          await monitor.quarantine.drain();
          await monitor.sweep.runOnce(wall.now());
          const sum = await sumUp(store, monitor, at, wall);
          await monitor.stop();
          return sum;
        } finally {
          await store.close();
        }
      }
    } finally {
      await log.close();
    }
  } finally {
    unlock();
  }
}

async function sumUp(
  store: Store,
  monitor: Monitor,
  at: string | undefined,
  clock: Clock,
): Promise<VerdictSum> {
  const { book } = monitor.rules.current;
  const instant = at === undefined ? clock.now() : readAt(at, monitor);
  const sum: VerdictSum = {
    at: new Date(instant).toISOString(),
    cases: 0,
    closed: 0,
    closedLate: 0,
    lights: Object.fromEntries(LIGHTS.map((light) => [light, 0])) as Record<Light, number>,
    findings: {},
    events: 0,
    digest: await verdictDigest(store.reader, book, instant),
  };
  for await (const [caseNo, events] of allTimelines(store.reader)) {
    const tracks = judgeCase(caseNo, events, book);
    const verdict = verdictAt(tracks, instant);
    sum.cases++;
    sum.events += events.length;
    sum.lights[verdict.light]++;
    if (!verdict.open) sum.closed++;
    if (!verdict.open && verdict.light === 'red') sum.closedLate++;
    for (const { code } of verdict.findings) sum.findings[code] = (sum.findings[code] ?? 0) + 1;
  }
  return sum;
}

function readAt(at: string, monitor: Monitor): number {
  try {
    return parseInstant(at, monitor.rules.current.book.newest.calendar.zone);
  } catch (error) {
    if (error instanceof BadInstantError) throw new UsageError(`--at: ${error.message}`);
    throw error;
  }
}

function describe(imported: ImportCounts, sum: VerdictSum | null): string {
  const types = Object.entries(imported.eventsByType).map(([type, count]) => `${count} ${type}`);
  const lines = [
    `records read       ${imported.records}`,
    `events accepted    ${imported.accepted} (${types.join(', ')})`,
    `in quarantine      ${imported.quarantined}${imported.waiting > 0 ? `, of them ${imported.waiting} wait for a row of another table` : ''}`,
    ...(imported.released > 0 ? [`released           ${imported.released}, whose row has come`] : []),
  ];
  if (sum)
    lines.push(
      `cases              ${sum.cases}, with ${sum.events} step events`,
      `closed             ${sum.closed}, of them late ${sum.closedLate}`,
      `lights             ● red ${sum.lights.red}  ▲ yellow ${sum.lights.yellow}  ◌ grey ${sum.lights.grey}  ■ green ${sum.lights.green}`,
      `findings           ${
        Object.entries(sum.findings)
          .map(([code, count]) => `${code} ${count}`)
          .join(', ') || 'none'
      }`,
      `digest             ${sum.digest}`,
    );
  return `${lines.join('\n')}\n`;
}
