import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { PARTITIONS, ROOT } from './rig.mjs';

/** As everything in deploy starts it. */
const NODE_FLAGS = ['--max-semi-space-size=64'];

/** Ticks of the kernel's clock in a second, of every Linux that we know. */
const TICKS = 100;

/** Seconds of a core that a process has used. */
export function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ');
  return (Number(fields[11]) + Number(fields[12])) / TICKS;
}

/** Memory of a process that is in the machine's, MiB: now, or the most it ever had. */
export function residentMiB(pid, which = 'VmRSS') {
  const line = readFileSync(`/proc/${pid}/status`, 'utf8').match(new RegExp(`${which}:\\s+(\\d+) kB`));
  return Math.round(Number(line[1]) / 1024);
}

/**
 * A monitor as a process of its own on the engines of the rig; resolves when it is ready. `requires`: files that it loads before
 * its own.
 */
export async function startMonitor(rig, { database, rules, env = {}, profile = null, requires = [] }) {
  return start(
    'apps/monitor/src/main.js',
    '/readyz',
    profile,
    {
      ...engines(rig),
      MINGJIAN_DATABASE_URL: rig.urlOf(database),
      MINGJIAN_RULESETS: rules.rulesets,
      MINGJIAN_CALENDARS: rules.calendars,
      ...env,
    },
    requires,
  );
}

/** A collector on the brokers of the rig. */
export async function startCollector(rig, dataDir, profile = null) {
  return start('apps/collector/src/main.js', '/healthz', profile, {
    ...engines(rig),
    MINGJIAN_DATA_DIR: dataDir,
  });
}

function engines(rig) {
  return {
    MINGJIAN_KAFKA_BROKERS: rig.brokers.join(','),
    MINGJIAN_KAFKA_PARTITIONS: String(PARTITIONS),
    MINGJIAN_KAFKA_SESSION_TIMEOUT_MS: '6000',
  };
}

async function start(main, readyPath, profile, env, requires = []) {
  const port = await freePort();
  if (profile !== null) mkdirSync(profile, { recursive: true });
  const begin = performance.now();
  const child = spawn(
    process.execPath,
    [
      ...NODE_FLAGS,
      ...(profile === null ? [] : ['--cpu-prof', `--cpu-prof-dir=${profile}`]),
      ...requires.flatMap((file) => ['--require', file]),
      join(ROOT, 'dist', main),
    ],
    {
      cwd: mkdtempSync(join(tmpdir(), 'mingjian-bench-process-')),
      stdio: ['ignore', 'ignore', 'pipe'],
      env: {
        PATH: process.env.PATH,
        MINGJIAN_PORT: String(port),
        MINGJIAN_LOG_LEVEL: 'warn',
        ...env,
      },
    },
  );
  let said = '';
  child.stderr.on('data', (text) => (said = (said + text).slice(-4000)));
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const kill = () => child.kill('SIGKILL');
  process.once('exit', kill);
  const url = `http://127.0.0.1:${port}`;
  for (;;) {
    if (child.exitCode !== null) throw new Error(`${main} ended with ${child.exitCode}: ${said}`);
    if (performance.now() - begin > 120_000) throw new Error(`${main} is not ready after 120 s: ${said}`);
    const answer = await fetch(url + readyPath).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok) break;
    await pause(20);
  }
  return {
    pid: child.pid,
    url,
    readyMs: performance.now() - begin,
    said: () => said,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
      process.off('exit', kill);
    },
    kill: async () => {
      kill();
      await ended;
      process.off('exit', kill);
    },
  };
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
