// Where the services keep what is theirs: one folder, one JSON with the addresses, one pid file each, one lock.
import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, startOf } from './process.mjs';

export class Home {
  constructor(folder) {
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  /** A folder of one service; made where there is none. */
  folderOf(...names) {
    const folder = join(this.folder, ...names);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  /** The addresses and secrets of all services, by name. */
  read() {
    const file = join(this.folder, 'services.json');
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  }

  /** Sets members of one service; the others stay. Readable by the owner only: it holds passwords. */
  write(name, members) {
    const all = this.read();
    all[name] = { ...all[name], ...members };
    const file = join(this.folder, 'services.json');
    writeFileSync(`${file}.new`, `${JSON.stringify(all, null, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
    return all[name];
  }

  /** Ports and secrets of a service: chosen at the first start, kept ever after. */
  async keep(name, wanted) {
    const known = this.read()[name] ?? {};
    const chosen = {};
    for (const [member, kind] of Object.entries(wanted))
      if (known[member] === undefined)
        // Hexadecimal: one that begins with a dash would be taken for an option by the programs that are given it.
        chosen[member] = kind === 'port' ? await freePort() : randomBytes(12).toString('hex');
    return Object.keys(chosen).length === 0 ? known : this.write(name, chosen);
  }

  /** The process id that runs a service: null when none does, and a pid file that was left behind is removed. */
  pidOf(name) {
    const file = join(this.folder, `${name}.pid`);
    if (!existsSync(file)) return null;
    const [pid, start] = readFileSync(file, 'utf8').trim().split(' ');
    // The number may belong to another process by now: the instant of its start tells.
    if (isAlive(Number(pid)) && (start === undefined || start === startOf(Number(pid)))) return Number(pid);
    return null;
  }

  /** Whether the service was running and ended without being asked. */
  hasCrashed(name) {
    return existsSync(join(this.folder, `${name}.pid`)) && this.pidOf(name) === null;
  }

  writePid(name, pid) {
    writeFileSync(join(this.folder, `${name}.pid`), `${pid} ${startOf(pid)}\n`);
  }

  removePid(name) {
    rmSync(join(this.folder, `${name}.pid`), { force: true });
  }

  /** Does work while no other command changes the services of this folder. */
  async locked(work) {
    const lock = join(this.folder, 'lock');
    for (;;) {
      try {
        writeFileSync(lock, `${process.pid} ${startOf(process.pid)}`, { flag: 'wx' });
        break;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      if (isAbandoned(lock)) rmSync(lock, { force: true });
      else await pause(100);
    }
    try {
      return await work();
    } finally {
      unlinkSync(lock);
    }
  }
}

function isAbandoned(lock) {
  try {
    const [pid, start] = readFileSync(lock, 'utf8').split(' ');
    // Between its making and its writing a lock is empty for a moment.
    if (start === undefined) return Date.now() - statSync(lock).mtimeMs > 1000;
    return !isAlive(Number(pid)) || startOf(Number(pid)) !== start;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
