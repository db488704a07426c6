// `npm run services -- start|stop|status [kafka|mariadb|prometheus|alertmanager …]`: real engines without containers,
// on free loopback ports, with everything they keep in `.services/`. See docs/operations.md, "Real engines".
//   --json          answer as JSON on standard output
//   --home DIR      keep everything in DIR instead of `.services/`
//   --watch A,B     (start) addresses that Prometheus reads metrics from; left out: 127.0.0.1 and MINGJIAN_PORT, or 8080
//   --until-pid N   (start) stop all services of DIR, and remove DIR, when that process has ended: for tests
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { checkNode, install, ROOT, say } from './set-up.mjs';

const COMMANDS = ['start', 'stop', 'status', 'stop-after'];

checkNode();
install();
const { Home } = await import('./services/home.mjs');
const { startOf } = await import('./services/process.mjs');
const { SERVICES, startService, statusOfService, stopAfter, stopService } =
  await import('./services/manage.mjs');

const { values, positionals } = parse();
const [command, ...named] = positionals;
const names = named.length > 0 ? named : Object.keys(SERVICES);
checkUsage();
const home = new Home(resolve(values.home ?? join(ROOT, '.services')));

if (command === 'stop-after') {
  await stopAfter(home, Number(values['until-pid']), values['until-start']);
  rmSync(home.folder, { recursive: true, force: true });
} else {
  const results = command === 'status' ? await each(statusOfService) : await home.locked(() => each(work));
  if (values.json) console.log(JSON.stringify(results, null, 2));
  else console.log(table(results));
  if (command === 'start' && values['until-pid'] !== undefined) leaveKeeper(Number(values['until-pid']));
  const isBad = ({ error, state }) => error !== undefined || ['crashed', 'not answering'].includes(state);
  const bad = results.filter(isBad);
  for (const { name, error } of bad) if (error !== undefined) say(`${name}: ${error}`);
  process.exit(bad.find(({ exitCode }) => exitCode)?.exitCode ?? (bad.length > 0 ? 1 : 0));
}

function work(of, name) {
  return command === 'start' ? startService(of, name, { watched: watched() }) : stopService(of, name);
}

/** The addresses of --watch; undefined without it. */
function watched() {
  if (values.watch === undefined) return undefined;
  const addresses = values.watch.split(',').map((address) => address.trim());
  const wrong = addresses.find((address) => !/^[^\s:/]+:\d{1,5}$/.test(address));
  if (wrong !== undefined) usage(`--watch: "${wrong}" is no HOST:PORT`);
  return addresses;
}

/** All of them, whatever becomes of one; one after the other, because packages may have to be installed. */
async function each(act) {
  const results = [];
  for (const name of names) {
    try {
      results.push(await act(home, name));
    } catch (error) {
      results.push({ name, did: 'failed', error: error.message, exitCode: error.exitCode });
    }
  }
  return results;
}

/** A process that stays behind and clears up when the given one has ended, however it ended. */
function leaveKeeper(pid) {
  if (home.pidOf('keeper') !== null) return;
  const keeper = spawn(
    process.execPath,
    [
      fileURLToPath(import.meta.url),
      ...['stop-after', '--home', home.folder, '--until-pid', String(pid), '--until-start', startOf(pid)],
    ],
    { detached: true, stdio: 'ignore' },
  );
  keeper.unref();
  home.writePid('keeper', keeper.pid);
}

function table(results) {
  const rows = results.map(({ name, state, did, version, address, pid, readyMs, crashed }) => [
    name,
    state ?? (did === 'running' ? 'already running' : did) + (crashed ? ' after a crash' : ''),
    version ?? '',
    address ?? '',
    pid ? `pid ${pid}` : '',
    readyMs === undefined ? '' : `ready in ${(readyMs / 1000).toFixed(1)} s`,
  ]);
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function parse() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        home: { type: 'string' },
        watch: { type: 'string' },
        'until-pid': { type: 'string' },
        'until-start': { type: 'string' },
      },
    });
  } catch (error) {
    return usage(error.message);
  }
}

function checkUsage() {
  watched();
  if (!COMMANDS.includes(command))
    usage(command === undefined ? 'What shall be done?' : `Unknown: ${command}`);
  const unknown = names.find((name) => !(name in SERVICES));
  if (unknown !== undefined) usage(`Unknown service: ${unknown}`);
}

function usage(what) {
  say(
    `${what}\nUsage: npm run services -- start|stop|status [${Object.keys(SERVICES).join('|')} …] [--watch HOST:PORT,…] [--json]`,
  );
  process.exit(64);
}
