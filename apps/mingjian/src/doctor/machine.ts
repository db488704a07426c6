import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Settings } from '@mingjian/runtime';
import { findConsoleDir } from '../../../monitor/src/api/console-dir';
import type { DataDir } from '../daemon/data-dir';
import { migrationsOf, unsoundIn } from '../backup/sqlite-snapshot';
import { check, Unwell, type Check } from './check';
import { pendingText } from './pending';

const LEAST_FREE_BYTES = 1024 ** 3;
const LEAST_NODE = [20, 19] as const;

/** Node.js, the data directory and its disk. */
export function machine({ dir }: DataDir): Promise<Check[]> {
  return Promise.all([
    check('Node.js', `install Node.js ${LEAST_NODE.join('.')} or newer`, () => {
      const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
      const isEnough = major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1]);
      if (!isEnough) throw new Error(process.versions.node);
      return process.versions.node;
    }),
    check('data directory', 'make it writable for this user, or set MINGJIAN_DATA_DIR', () => {
      accessSync(dir, constants.R_OK | constants.W_OK);
      return dir;
    }),
    check('disk', 'make room: a full disk stops the intake', () => {
      const { bavail, bsize } = statfsSync(dir);
      const text = `${((bavail * bsize) / 1024 ** 3).toFixed(1)} GiB free`;
      if (bavail * bsize < LEAST_FREE_BYTES) throw new Error(text);
      return text;
    }),
  ]);
}

/** The files of the embedded engines, those that are used. Looks only: what is not there yet is not made. */
export function embedded(dir: DataDir, hasLog: boolean, hasStore: boolean): Promise<Check[]> {
  const look = (name: string, file: string, advice: string, more: () => string): Promise<Check> =>
    check(name, advice, () => {
      if (!existsSync(file)) return `${file}: the first start makes it`;
      const wrong = unsoundIn(file);
      if (wrong.length > 0) throw new Error(`${file}: ${wrong.join('; ')}`);
      return `${file}${more()}`;
    });
  return Promise.all([
    ...(hasLog
      ? [look('event log', dir.log, 'restore it from a backup: bin/mingjian restore', () => '')]
      : []),
    ...(hasStore
      ? [
          look(
            'store',
            dir.store,
            'restore it from a backup; what follows from the event log can be made anew: bin/mingjian rebuild',
            () => pendingText(migrationsOf(dir.store)),
          ),
        ]
      : []),
  ]);
}

/** What the pages need of the machine. */
export function service(settings: Settings): Promise<Check[]> {
  return Promise.all([
    check('console', 'build it: npm run build', () => {
      const found = findConsoleDir();
      if (found === null) throw new Error('not found');
      return found;
    }),
    check('port', 'another port: MINGJIAN_PORT', () => portText(settings)),
  ]);
}

/** A port is free, or held by a Mingjian that answers: both are well. */
async function portText({ host, port }: Settings): Promise<string> {
  const held = await new Promise<boolean>((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(true) : reject(error),
    );
    server.listen(port, host, () => server.close(() => resolve(false)));
  });
  if (!held) return `${host}:${port} is free`;
  const here = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  const answer = await fetch(`http://${here}:${port}/healthz`, { signal: AbortSignal.timeout(3_000) }).catch(
    () => null,
  );
  if (answer === null || answer.headers.get('content-type')?.includes('json') !== true)
    throw new Unwell(`${host}:${port} is held by another program`, 'stop it, or set MINGJIAN_PORT');
  if (!answer.ok)
    throw new Unwell(
      `the process on ${host}:${port} answers ${answer.status}: ${(await answer.text()).slice(0, 300)}`,
      'work waits and nothing moves: look at its log lines',
    );
  return `${host}:${port} is served, and well`;
}
