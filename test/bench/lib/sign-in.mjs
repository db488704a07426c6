import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT } from './rig.mjs';

const HEADERS = { 'content-type': 'application/json', 'x-mingjian-request': '1' };
const PASSWORD = 'tulip-cable-fourteen';
let inspectors = 0;

/** Makes an inspector at the command line and signs in with it. @returns the cookie of its session. */
export async function signIn(url, env) {
  const name = `bench-${process.pid}-${++inspectors}`;
  const cli = join(ROOT, 'dist/apps/mingjian/src/main.js');
  const added = spawnSync(process.execPath, [cli, 'user', 'add', name, '--role', 'inspector', '--json'], {
    encoding: 'utf8',
    env: { MINGJIAN_DATA_DIR: mkdtempSync(join(tmpdir(), 'mingjian-bench-user-')), ...env },
  });
  if (added.status !== 0) throw new Error(`no account: ${added.stderr}`);
  const { oneTimePassword } = JSON.parse(added.stdout);
  const first = await post(url, '/v1/session', { name, password: oneTimePassword }, {});
  const changed = await post(
    url,
    '/v1/account/password',
    { current: oneTimePassword, wanted: PASSWORD },
    { cookie: cookieOf(first) },
  );
  if (changed.status !== 204) throw new Error(`not signed in: ${await changed.text()}`);
  return cookieOf(changed);
}

function post(url, path, body, headers) {
  return fetch(url + path, {
    method: 'POST',
    headers: { ...HEADERS, ...headers },
    body: JSON.stringify(body),
  });
}

function cookieOf(response) {
  return (response.headers.get('set-cookie') ?? '').split(';')[0];
}
