// Prometheus and Alertmanager of the distribution, with the texts of deploy/local and addresses of ours.
import { copyFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../set-up.mjs';
import { need } from './install.mjs';
import { runToEnd, startDetached } from './process.mjs';

export const prometheus = {
  name: 'prometheus',
  patienceMs: 60_000,
  graceMs: 20_000,
  keeps: { port: 'port' },

  /** @param watched addresses whose metrics are read; left out: that of the one-process daemon */
  async start(home, { port }, log, { watched } = {}) {
    const program = need('prometheus', { debian: 'prometheus', elsewhere: 'Prometheus 2.42 or newer' });
    const folder = home.folderOf('prometheus');
    const config = join(folder, 'prometheus.yml');
    copyFileSync(join(ROOT, 'deploy/local/prometheus.yml'), config);
    copyRules(home);
    const { port: alertmanagerPort } = await home.keep('alertmanager', { port: 'port' });
    writeTargets(home, {
      alertmanager: [`127.0.0.1:${alertmanagerPort}`],
      mingjian: watched ?? [`127.0.0.1:${process.env.MINGJIAN_PORT || 8080}`],
      prometheus: [`127.0.0.1:${port}`],
    });
    const child = startDetached(
      program,
      [
        `--config.file=${config}`,
        `--storage.tsdb.path=${home.folderOf('prometheus', 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        // Rules and targets can be read again without a restart.
        '--web.enable-lifecycle',
      ],
      { log, cwd: folder },
    );
    return { pid: child.pid, members: web(program, port) };
  },

  /** Other addresses while it runs: it looks at the files of its targets by itself. */
  adjust(home, { watched }) {
    if (watched !== undefined) writeTargets(home, { mingjian: watched });
  },

  isReady: isWebReady,
};

export const alertmanager = {
  name: 'alertmanager',
  patienceMs: 30_000,
  graceMs: 10_000,
  keeps: { port: 'port' },

  async start(home, { port }, log) {
    const program = need('prometheus-alertmanager', {
      debian: 'prometheus-alertmanager',
      elsewhere: 'Alertmanager 0.25 or newer, under the name prometheus-alertmanager',
    });
    const folder = home.folderOf('alertmanager');
    const config = join(folder, 'alertmanager.yml');
    copyFileSync(join(ROOT, 'deploy/local/alertmanager.yml'), config);
    const child = startDetached(
      program,
      [
        `--config.file=${config}`,
        `--storage.path=${home.folderOf('alertmanager', 'data')}`,
        `--web.listen-address=127.0.0.1:${port}`,
        // Alone: no gossip with others.
        '--cluster.listen-address=',
      ],
      { log, cwd: folder },
    );
    return { pid: child.pid, members: web(program, port) };
  },

  isReady: isWebReady,
};

function web(program, port) {
  const version = /version (\S+?)[+\s]/.exec(runToEnd(program, ['--version']))?.[1];
  return { version, address: `127.0.0.1:${port}`, url: `http://127.0.0.1:${port}` };
}

async function isWebReady({ url }) {
  return (await fetch(`${url}/-/ready`, { signal: globalThis.AbortSignal.timeout(1000) })).ok;
}

function writeTargets(home, targets) {
  const folder = home.folderOf('prometheus', 'targets');
  for (const [name, addresses] of Object.entries(targets))
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify([{ targets: addresses }])}\n`);
}

/** The product's own rules, beside the configuration that names them. */
function copyRules(home) {
  const folder = home.folderOf('prometheus', 'rules');
  const from = join(ROOT, 'deploy/prometheus');
  for (const file of readdirSync(from).filter((name) => name.endsWith('.rules.yml')))
    copyFileSync(join(from, file), join(folder, file));
}
