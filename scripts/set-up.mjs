// What `npm start`, `npm test` and bin/mingjian share: packages and build are there and up to date afterwards.
// Plain Node without packages: it runs on a fresh clone.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = fileURLToPath(new URL('..', import.meta.url));
const NODE = [20, 19];

/** Says what is going on where nobody parses it. */
export function say(text) {
  process.stderr.write(`${text}\n`);
}

export function run(command, args, options = {}) {
  const result = spawnSync(command, args, { cwd: ROOT, stdio: ['ignore', 2, 2], ...options });
  if (result.error) throw result.error;
  return result.status ?? 1;
}

function must(what, command, args) {
  const status = run(command, args);
  if (status !== 0) {
    say(`${what} failed (exit ${status}); see the lines above.`);
    process.exit(70);
  }
}

/** Exits with advice where this Node.js is too old. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > NODE[0] || (major === NODE[0] && minor >= NODE[1])) return;
  say(`Mingjian needs Node.js ${NODE.join('.')} or newer; this is ${process.versions.node}.`);
  process.exit(69);
}

/** Installs the packages of the lockfile, unless exactly those are installed. */
export function install() {
  const stamp = join(ROOT, 'node_modules', '.mingjian-lock');
  const wanted = createHash('sha256')
    .update(readFileSync(join(ROOT, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say('Installing packages …');
  must('The installation', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(stamp, wanted);
}

/** Newest change of a file below some folders, milliseconds. */
function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    const full = join(ROOT, path);
    if (!existsSync(full)) continue;
    const stat = statSync(full);
    if (stat.isDirectory())
      latest = Math.max(latest, newest(readdirSync(full).map((name) => join(path, name))));
    else latest = Math.max(latest, stat.mtimeMs);
  }
  return latest;
}

/** The parts of a build: each is made anew only where its own sources changed. */
const PARTS = [
  {
    what: 'processes',
    stamp: '.built',
    sources: ['apps/collector', 'apps/monitor', 'apps/mingjian', 'libs', 'tsconfig.json', 'nest-cli.json'],
    command: ['node_modules/@nestjs/cli/bin/nest.js', 'build', 'mingjian'],
  },
  {
    what: 'console',
    stamp: '.built-console',
    sources: ['apps/console'],
    command: ['apps/console/build.mjs'],
  },
];

/**
 * Builds what is older than its sources. One at a time: several commands may find the build old at once.
 * Nothing of the processes is deleted first: a running daemon loads some of its files late.
 */
export function build() {
  const old = () => PARTS.filter((part) => !isFresh(part));
  if (old().length === 0) return;
  const lock = join(ROOT, 'node_modules', '.mingjian-build');
  holdLock(lock);
  try {
    for (const { what, stamp, command } of old()) {
      say(`Building the ${what} …`);
      const [file, ...args] = command;
      must(`The build of the ${what}`, process.execPath, [join(ROOT, file), ...args]);
      writeFileSync(join(ROOT, 'dist', stamp), '');
    }
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isFresh({ stamp, sources }) {
  const built = join(ROOT, 'dist', stamp);
  return existsSync(built) && statSync(built).mtimeMs >= newest([...sources, 'package-lock.json']);
}

/** Waits for a lock, for as long as a build may take; one that is older was left by a process that died. */
function holdLock(lock) {
  const longestBuildMs = 120_000;
  for (;;) {
    try {
      mkdirSync(lock);
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const age = existsSync(lock) ? Date.now() - statSync(lock).mtimeMs : 0;
    if (age > longestBuildMs) rmSync(lock, { recursive: true, force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
  }
}

export function setUp() {
  checkNode();
  install();
  build();
}
