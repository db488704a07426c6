import { accessSync, constants, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import { BadInputError, problemText } from '@mingjian/contracts';
import { lintRules } from '@mingjian/rules';
import { Settings } from '@mingjian/runtime';
import { findConsoleDir } from '../../../monitor/src/api/console-dir';
import { loadRuleBook } from '../../../monitor/src/rulebook/load-rule-book';
import type { Io } from './io';
import { openLogOf, openStoreOf, settingsOf } from '../engines';
import { EXIT } from './io';
import { chosenDir, type DirOption } from './source';

interface Check {
  name: string;
  ok: boolean;
  found: string;
  /** What to do where it is not well. */
  advice: string;
}

const LEAST_FREE_BYTES = 1024 ** 3;
const LEAST_NODE = [20, 19] as const;

/** `mingjian doctor`: is everything that these settings need there, and if not, what to do. */
export async function doctor(options: DirOption, io: Io): Promise<number> {
  const processSettings = settingsOf('live');
  const { settings, kafka } = processSettings;
  const dir = chosenDir(options);
  const checks: Check[] = [
    node(),
    attempt('data directory', 'make it writable for this user, or set MINGJIAN_DATA_DIR', () => {
      accessSync(dir.dir, constants.R_OK | constants.W_OK);
      return dir.dir;
    }),
    freeSpace(dir.dir),
    await attemptAsync(
      'event log',
      kafka === null
        ? 'restore the file from a backup, or move it away to begin anew'
        : 'start the brokers, or correct MINGJIAN_KAFKA_…; docs/operations.md says more',
      async () => {
        const log = await openLogOf(processSettings, dir);
        await log.close();
        return kafka === null ? dir.log : `Kafka at ${kafka.kafkaBrokers.join(', ')}`;
      },
    ),
    await attemptAsync(
      'store',
      settings.databaseUrl === ''
        ? 'restore the file from a backup; it can be rebuilt from the event log'
        : 'start the database server, or correct MINGJIAN_DATABASE_…; it can be rebuilt from the event log',
      async () => {
        const store = await openStoreOf(processSettings, dir);
        await store.close();
        return settings.databaseUrl === '' ? dir.store : `database at ${new URL(settings.databaseUrl).host}`;
      },
    ),
    await rules(settings, io.now()),
    attempt('console', 'build it: npm run build', () => {
      const dir = findConsoleDir();
      if (dir === null) throw new Error('not found');
      return dir;
    }),
    await port(settings),
  ];
  if (options.json) await io.out(`${JSON.stringify({ checks })}\n`);
  else
    for (const { name, ok, found, advice } of checks)
      await io.out(`${ok ? 'ok  ' : 'FAIL'} ${name.padEnd(16)} ${found}${ok ? '' : `\n     → ${advice}`}\n`);
  return checks.every((check) => check.ok) ? EXIT.done : EXIT.findings;
}

function node(): Check {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const ok = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
  return {
    name: 'Node.js',
    ok,
    found: process.versions.node,
    advice: `install Node.js ${LEAST_NODE.join('.')} or newer`,
  };
}

function freeSpace(dir: string): Check {
  return attempt('disk', 'make room: a full disk stops the intake', () => {
    const { bavail, bsize } = statfsSync(dir);
    const free = bavail * bsize;
    const text = `${(free / 1024 ** 3).toFixed(1)} GiB free`;
    if (free < LEAST_FREE_BYTES) throw new Error(text);
    return text;
  });
}

async function rules(settings: Settings, now: number): Promise<Check> {
  return attemptAsync('rules', 'correct the files named; mingjian lint says more', async () => {
    try {
      const { book } = await loadRuleBook({ rulesets: settings.rulesets, calendars: settings.calendars });
      const { ruleset, calendar } = book.newest;
      const left = calendar.publishedDaysLeft(now);
      const findings = lintRules(book, now).filter(({ severity }) => severity !== 'notice').length;
      const days = left === null ? '' : `, calendar ${calendar.id} published for ${left} more days`;
      if (left !== null && left < 0) throw new Error(`calendar ${calendar.id} ended ${-left} days ago`);
      return `${ruleset.id} ${ruleset.version}, ${ruleset.items.size} items, ${findings} lint findings${days}`;
    } catch (error) {
      throw error instanceof BadInputError ? new Error(error.problems.map(problemText).join('; ')) : error;
    }
  });
}

async function port(settings: Settings): Promise<Check> {
  return attemptAsync(
    'port',
    'stop whoever holds it, or set MINGJIAN_PORT (a running daemon holds its own)',
    () => {
      return new Promise<string>((resolve, reject) => {
        const server = createServer();
        server.once('error', reject);
        server.listen(settings.port, settings.host, () =>
          server.close(() => resolve(`${settings.host}:${settings.port} is free`)),
        );
      });
    },
  );
}

function attempt(name: string, advice: string, check: () => string): Check {
  try {
    return { name, ok: true, found: check(), advice: '' };
  } catch (error) {
    return { name, ok: false, found: (error as Error).message, advice };
  }
}

async function attemptAsync(name: string, advice: string, check: () => Promise<string>): Promise<Check> {
  try {
    return { name, ok: true, found: await check(), advice: '' };
  } catch (error) {
    return { name, ok: false, found: (error as Error).message, advice };
  }
}
