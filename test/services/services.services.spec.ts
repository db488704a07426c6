import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
