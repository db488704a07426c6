// `npm start`: installs and builds where needed, then becomes the daemon.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ROOT, setUp } from './set-up.mjs';

setUp();
const daemon = spawn(
  process.execPath,
  [
    '--enable-source-maps',
    // Room for what lives as long as one batch: half the work of collecting garbage (docs/profile.md).
    '--max-semi-space-size=64',
    join(ROOT, 'dist/apps/mingjian/src/main.js'),
    'start',
    ...process.argv.slice(2),
  ],
  { cwd: ROOT, stdio: 'inherit' },
);
// `npm start` runs us in a shell that a SIGTERM to npm ends without telling us: an orphan stops, too.
const parent = process.ppid;
const watch = setInterval(() => process.ppid !== parent && daemon.kill('SIGTERM'), 500);
watch.unref();

// npm passes signals on to us; Ctrl-C reaches the daemon by itself, too, and a second signal would hurry it.
let asked = false;
for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => {
    if (signal === 'SIGTERM' && !asked) daemon.kill(signal);
    asked = true;
  });
daemon.on('exit', (code, signal) => process.exit(code ?? (signal === null ? 1 : 70)));
