// Start, stop and look at services, whichever they are.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { kafka } from './kafka.mjs';
import { mariadb } from './mariadb.mjs';
import { end, isAlive, startOf, untilReady } from './process.mjs';
import { alertmanager, prometheus } from './prometheus.mjs';

export const SERVICES = { kafka, mariadb, prometheus, alertmanager };

const logOf = (home, name) => join(home.folderOf(name), `${name}.log`);

/**
 * Starts a service unless it runs.
 * @returns what happened: `started` with the time to readiness, or `running` when there was nothing to do.
 */
export async function startService(home, name, options = {}) {
  const service = SERVICES[name];
  const running = home.pidOf(name);
  if (running !== null) {
    const members = home.read()[name];
    service.adjust?.(home, options);
    await waitFor(home, service, running, members);
    return { name, did: 'running', pid: running, ...members };
  }
  const crashed = home.hasCrashed(name);
  home.removePid(name);
  const begin = performance.now();
  const kept = await home.keep(name, service.keeps);
  const { pid, members } = await service.start(home, kept, logOf(home, name), options);
  home.writePid(name, pid);
  try {
    await waitFor(home, service, pid, members);
  } catch (error) {
    await end(pid, 2000);
    home.removePid(name);
    throw error;
  }
  const readyMs = Math.round(performance.now() - begin);
  return { name, did: 'started', crashed, readyMs, pid, ...home.write(name, members) };
}

function waitFor(home, service, pid, members) {
  const { name, patienceMs } = service;
  return untilReady({
    name,
    pid,
    log: logOf(home, name),
    patienceMs,
    isReady: () => service.isReady(members),
  });
}

/** @returns what happened: `stopped`, `killed` when it did not end within its grace period, or `not running`. */
export async function stopService(home, name) {
  const pid = home.pidOf(name);
  if (pid === null) {
    home.removePid(name);
    return { name, did: 'not running' };
  }
  const killed = await end(pid, SERVICES[name].graceMs);
  home.removePid(name);
  return { name, did: killed ? 'killed' : 'stopped' };
}

/** State of a service: `running` (and answering), `not answering`, `crashed`, `stopped` or `never started`. */
export async function statusOfService(home, name) {
  const members = home.read()[name] ?? {};
  const pid = home.pidOf(name);
  const state = await stateOf(home, name, pid, members);
  return {
    name,
    state,
    pid,
    log: existsSync(join(home.folder, name)) ? logOf(home, name) : null,
    ...members,
  };
}

async function stateOf(home, name, pid, members) {
  if (pid === null) {
    if (home.hasCrashed(name)) return 'crashed';
    return members.address === undefined ? 'never started' : 'stopped';
  }
  const answers = await SERVICES[name].isReady(members).catch(() => false);
  return answers ? 'running' : 'not answering';
}

/** Waits until a process has ended, then stops all services of a home. The instant of its start guards its number. */
export async function stopAfter(home, pid, start) {
  while (isAlive(pid) && startOf(pid) === start) await pause(500);
  await home.locked(() => Promise.all(Object.keys(SERVICES).map((name) => stopService(home, name))));
}
