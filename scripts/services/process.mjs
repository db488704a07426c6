// Programs, and processes that outlive the command that started them.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, closeSync, constants, existsSync, openSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** The services cannot be had here; the text says what to do. Exit code 69 (EX_UNAVAILABLE). */
export class Unavailable extends Error {
  exitCode = 69;
}

/** Where a program is; null where it is not. Looks into the folders of administrators, too. */
export function find(program) {
  for (const folder of [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/local/sbin']) {
    const file = join(folder, program);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return null;
}

/** Runs a program to its end. @throws Error with what it said when it fails. */
export function runToEnd(program, args, options = {}) {
  const { status, error, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', ...options });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} failed (exit ${status}):\n${tail(`${stdout}${stderr}`, 30)}`);
  return stdout;
}

/** Starts a process that stays when this one ends; its output goes to a file. */
export function startDetached(program, args, { log, env = process.env, cwd }) {
  const output = openSync(log, 'a');
  const child = spawn(program, args, { detached: true, stdio: ['ignore', output, output], env, cwd });
  closeSync(output);
  child.unref();
  return child;
}

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return stateOf(pid) !== 'Z';
}

/** The instant at which a process started, in ticks since boot; '-' where the system does not say. */
export function startOf(pid) {
  return fieldsOf(pid)?.[19] ?? '-';
}

function stateOf(pid) {
  return fieldsOf(pid)?.[0];
}

function fieldsOf(pid) {
  try {
    // The name in parentheses may hold spaces; what follows it does not.
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** Asks until the answer is yes. @throws Error when the process ended before, or the patience did. */
export async function untilReady({ name, pid, log, patienceMs, isReady }) {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    if (await isReady().catch(() => false)) return;
    if (!isAlive(pid)) throw new Error(`${name} ended while it started:\n${tailOf(log)}`);
    if (performance.now() > giveUpAt)
      throw new Error(`${name} did not answer within ${patienceMs / 1000} s:\n${tailOf(log)}`);
    await pause(50);
  }
}

/** Asks a process to end, and makes it end after the grace period. @returns whether it had to be made. */
export async function end(pid, graceMs) {
  signal(pid, 'SIGTERM');
  if (await isGoneWithin(pid, graceMs)) return false;
  signal(pid, 'SIGKILL');
  await isGoneWithin(pid, 5000);
  return true;
}

function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

async function isGoneWithin(pid, ms) {
  const giveUpAt = performance.now() + ms;
  while (isAlive(pid)) {
    if (performance.now() > giveUpAt) return false;
    await pause(25);
  }
  return true;
}

export function tailOf(file) {
  return existsSync(file) ? tail(readFileSync(file, 'utf8'), 20) : '(no log)';
}

function tail(text, lines) {
  return text.trimEnd().split('\n').slice(-lines).join('\n');
}
