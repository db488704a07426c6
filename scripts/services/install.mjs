// Packages of the distribution: installed where that is possible, named where it is not.
import { chmodSync, existsSync, rmSync, writeFileSync } from 'node:fs';
import { say } from '../set-up.mjs';
import { find, runToEnd, Unavailable } from './process.mjs';

const POLICY = '/usr/sbin/policy-rc.d';

/**
 * The path of a program. Where it is missing and we are root on Debian or a descendant, its package is installed.
 * @throws Unavailable naming what to install.
 */
export function need(program, { debian, elsewhere }) {
  const found = find(program);
  if (found !== null) return found;
  const advice = `${program} is missing. Debian, Ubuntu: sudo apt-get install --no-install-recommends ${debian}. Elsewhere: ${elsewhere}.`;
  if (process.getuid?.() !== 0 || find('apt-get') === null) throw new Unavailable(advice);
  say(`Installing ${debian} …`);
  try {
    installQuietly(debian);
  } catch (error) {
    throw new Unavailable(`${advice}\n${error.message}`);
  }
  const installed = find(program);
  if (installed === null) throw new Unavailable(advice);
  return installed;
}

/** The packages would start services of the whole system on their usual ports: policy-rc.d forbids it meanwhile. */
function installQuietly(packages) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const isOurs = !existsSync(POLICY);
  if (isOurs) {
    writeFileSync(POLICY, '#!/bin/sh\nexit 101\n');
    chmodSync(POLICY, 0o755);
  }
  try {
    runToEnd('apt-get', ['update', '-qq'], { env });
    runToEnd('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages.split(' ')], { env });
  } finally {
    if (isOurs) rmSync(POLICY, { force: true });
  }
}
