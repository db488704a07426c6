import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { BadInputError } from '@mingjian/contracts';

/** What a daemon is fed with. Simulated and real data never share a directory. */
export type Mode = 'live' | 'demo' | 'demo-real-time';

/** Files of one mode. */
export interface DataDir {
  dir: string;
  log: string;
  store: string;
  sources: string;
  /** Keys of what is encrypted in the store. */
  sealingKeys: string;
}

/** The files below a data directory; the directory is made where it is missing. */
export function dataDirAt(dir: string): DataDir {
  mkdirSync(dir, { recursive: true, mode: 0o750 });
  return {
    dir,
    log: join(dir, 'log.db'),
    store: join(dir, 'store.db'),
    sources: join(dir, 'sources.json'),
    sealingKeys: join(dir, 'sealing-keys.json'),
  };
}

/** The data directory of a mode: `live`, `demo` or `demo-real-time` below the configured one. */
export function dataDirOf(root: string, mode: Mode): DataDir {
  return dataDirAt(join(root, mode));
}

/**
 * Takes a data directory for this process: two daemons on one directory would judge everything twice.
 * A lock left by a process that died is taken over.
 * @returns a function that gives it back.
 * @throws BadInputError when a living process holds it.
 */
export function lockDataDir({ dir }: DataDir): () => void {
  const file = join(dir, 'daemon.lock');
  for (;;) {
    try {
      const handle = openSync(file, 'wx');
      writeSync(handle, String(process.pid));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = Number(readFileSync(file, 'utf8'));
      if (Number.isInteger(holder) && holder > 0 && holder !== process.pid && isAlive(holder))
        throw new BadInputError([
          {
            place: file,
            field: '',
            expected: 'no other daemon on this data directory',
            got: `process ${holder}`,
            hint: 'stop it, or set MINGJIAN_DATA_DIR to another directory',
          },
        ]);
      rmSync(file, { force: true });
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
