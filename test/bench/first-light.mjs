import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT } from './lib/rig.mjs';

/**
 * From the start of the built daemon on an empty data directory to the first light that its API lists. The bar speaks of a
 * fresh clone with empty caches: installing and building come on top, and are not measured here.
 */
export async function firstLight() {
  const data = mkdtempSync(join(tmpdir(), 'mingjian-bench-start-'));
  const port = 20_000 + (process.pid % 20_000);
  const begin = performance.now();
  const daemon = spawn(process.execPath, [join(ROOT, 'dist/apps/mingjian/src/main.js'), 'start'], {
    cwd: ROOT,
    stdio: 'ignore',
    env: { ...process.env, MINGJIAN_DATA_DIR: data, MINGJIAN_PORT: String(port) },
  });
  const ended = new Promise((resolve) => daemon.once('exit', resolve));
  try {
    const page = await until(`http://127.0.0.1:${port}/`, () => true, begin);
    const light = await until(
      `http://127.0.0.1:${port}/v1/lights`,
      (body) => body.includes('"toLight"') || body.includes('"to"'),
      begin,
    );
    return [
      {
        what: 'start of the built daemon → page, → first light (no install, no build)',
        measured: `${page.toFixed(1)} s, ${light.toFixed(1)} s`,
        bar: '≤ 120 s with install and build',
        ...{ pageSeconds: page, lightSeconds: light },
        met: light <= 120 ? null : false,
      },
    ];
  } finally {
    daemon.kill('SIGTERM');
    await ended;
  }
}

async function until(url, isThere, begin) {
  for (;;) {
    const body = await fetch(url).then(
      (answer) => (answer.ok ? answer.text() : null),
      () => null,
    );
    const seconds = (performance.now() - begin) / 1000;
    if (body !== null && isThere(body)) return seconds;
    if (seconds > 120) throw new Error(`${url} shows nothing after two minutes`);
    await pause(50);
  }
}
