import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../acceptance/until';
import { describeWithServices } from './with-services';

const SCRIPT = join(__dirname, '../../scripts/services.mjs');

interface Result {
  did?: string;
  state?: string;
  crashed?: boolean;
  pid: number;
  url: string;
}

// Alertmanager, because it starts in a tenth of a second; what is shown here is the same for all.
describeWithServices('npm run services', ['alertmanager'], () => {
  let home: string;
  beforeEach(() => (home = mkdtempSync(join(tmpdir(), 'mingjian-services-test-'))));
  afterEach(() => {
    services('stop');
    rmSync(home, { recursive: true });
  });

  function call(...args: string[]): { status: number | null; stdout: string; stderr: string } {
    return spawnSync(process.execPath, [SCRIPT, ...args, '--home', home], { encoding: 'utf8' });
  }
  function services(command: string): Result {
    const [result] = JSON.parse(call(command, 'alertmanager', '--json').stdout) as Result[];
    return result!;
  }

  it('starts a service once, on an address that it keeps', async () => {
    const first = services('start');
    expect(first.did).toBe('started');
    expect((await fetch(`${first.url}/-/ready`)).ok).toBe(true);
    expect(services('start')).toMatchObject({ did: 'running', pid: first.pid });
    expect(services('stop').did).toBe('stopped');
    expect(services('stop').did).toBe('not running');
    expect(services('status').state).toBe('stopped');
    expect(services('start').url).toBe(first.url);
  });

  it('sees that a service was killed, and starts it again', () => {
    const { pid } = services('start');
    process.kill(pid, 'SIGKILL');
    const until = performance.now() + 5_000;
    while (services('status').state === 'running' && performance.now() < until);
    expect(call('status', 'alertmanager')).toMatchObject({ status: 1 });
    expect(services('status').state).toBe('crashed');
    expect(services('start')).toMatchObject({ did: 'started', crashed: true });
  });

  it('does not take another process for the service, when its number was given anew', () => {
    services('start');
    const file = join(home, 'alertmanager.pid');
    const [pid, start] = readFileSync(file, 'utf8').trim().split(' ');
    expect(Number(pid)).toBeGreaterThan(0);
    expect(Number(start)).toBeGreaterThan(0);
    services('stop');
    spawnSync('sh', ['-c', `echo "${process.pid} 1" > ${file}`]);
    expect(services('status').state).toBe('crashed');
    expect(services('stop').did).toBe('not running');
  });

  it('keeps passwords to the owner, and says how it is used', () => {
    services('start');
    expect(statSync(join(home, 'services.json')).mode & 0o777).toBe(0o600);
    const wrong = call('start', 'redis');
    expect(wrong.status).toBe(64);
    expect(wrong.stderr).toContain('Unknown service: redis');
    expect(call('restart').status).toBe(64);
  });
});

describeWithServices('Prometheus of npm run services', ['prometheus', 'alertmanager'], () => {
  const home = mkdtempSync(join(tmpdir(), 'mingjian-services-test-'));
  afterAll(() => {
    start('stop');
    rmSync(home, { recursive: true });
  });

  function start(command: string, ...args: string[]): Result[] {
    const { stdout, stderr } = spawnSync(
      process.execPath,
      [SCRIPT, command, 'prometheus', 'alertmanager', '--home', home, '--json', ...args],
      { encoding: 'utf8' },
    );
    if (stdout === '') throw new Error(stderr);
    return JSON.parse(stdout) as Result[];
  }

  it('has the alerts of the product, reads the processes that it is told, and knows Alertmanager', async () => {
    const [prometheus, alertmanager] = start('start', '--watch', '127.0.0.1:1,127.0.0.1:2') as [
      Result,
      Result,
    ];
    const ask = async <T>(path: string): Promise<T> =>
      ((await (await fetch(`${prometheus.url}/api/v1/${path}`)).json()) as { data: T }).data;
    interface Targets {
      activeTargets: { labels: { job: string; instance: string } }[];
    }
    const watched = async (): Promise<string> => {
      const { activeTargets } = await ask<Targets>('targets');
      return activeTargets
        .filter(({ labels }) => labels.job === 'mingjian')
        .map(({ labels }) => labels.instance)
        .sort()
        .join();
    };
    await until('both targets', async () => ((await watched()) === '127.0.0.1:1,127.0.0.1:2' ? true : null));
    const { groups } = await ask<{ groups: { rules: { name: string; type: string }[] }[] }>('rules');
    const rules = groups.flatMap((group) => group.rules);
    expect(rules).toContainEqual(expect.objectContaining({ name: 'MingjianDown', type: 'alerting' }));
    expect(rules).toContainEqual(
      expect.objectContaining({ name: 'mingjian_log_lag:sum', type: 'recording' }),
    );
    await until('Alertmanager', async () => {
      const { activeAlertmanagers } = await ask<{ activeAlertmanagers: { url: string }[] }>('alertmanagers');
      return activeAlertmanagers.some(({ url }) => url.startsWith(alertmanager.url)) ? true : null;
    });
    const [again] = start('start', '--watch', '127.0.0.1:3');
    expect(again).toMatchObject({ did: 'running', pid: prometheus.pid });
    await until('the other target', async () => ((await watched()) === '127.0.0.1:3' ? true : null));
  });

  it('says what it was told wrong', () => {
    const { status, stderr } = spawnSync(process.execPath, [SCRIPT, 'start', '--watch', 'localhost'], {
      encoding: 'utf8',
    });
    expect(status).toBe(64);
    expect(stderr).toContain('--watch: "localhost" is no HOST:PORT');
  });
});
