// Prometheus and Alertmanager of the distribution, with the texts of deploy/local and addresses of ours.
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../set-up.mjs';
import { need } from './install.mjs';
import { runToEnd, startDetached } from './process.mjs';

export const prometheus = {
  name: 'prometheus',
  patienceMs: 60_000,
  graceMs: 20_000,
  keeps: { port: 'port' },

  async start(home, { port }, log) {
    const program = need('prometheus', { debian: 'prometheus', elsewhere: 'Prometheus 2.42 or newer' });
    const folder = home.folderOf('prometheus');
    const config = join(folder, 'prometheus.yml');
    copyFileSync(join(ROOT, 'deploy/local/prometheus.yml'), config);
    const { port: alertmanagerPort } = await home.keep('alertmanager', { port: 'port' });
    writeTargets(home, {
      alertmanager: `127.0.0.1:${alertmanagerPort}`,
      mingjian: `127.0.0.1:${process.env.MINGJIAN_PORT || 8080}`,
      prometheus: `127.0.0.1:${port}`,
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
  for (const [name, address] of Object.entries(targets))
    writeFileSync(join(folder, `${name}.json`), `${JSON.stringify([{ targets: [address] }])}\n`);
}
