import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jestPid, type ServiceAddresses, type ServiceName } from './with-services';

const SCRIPT = join(__dirname, '../../scripts/services.mjs');

/** Real engines that a test may stop and kill, because nobody else uses them. Kept in a directory of their own. */
export class OwnServices {
  private readonly home = mkdtempSync(join(tmpdir(), 'mingjian-own-services-'));

  /** @param env what the services are started with, beside what this process has. */
  constructor(private readonly env: Readonly<Record<string, string>> = {}) {}

  /** Starts a service, or starts it again with the data and the address that it had. */
  async start<N extends ServiceName>(name: N): Promise<ServiceAddresses[N]> {
    const [result] = await this.call('start', name, '--until-pid', String(jestPid()));
    return result as unknown as ServiceAddresses[N];
  }

  /** An orderly stop. */
  async stop(name: ServiceName): Promise<void> {
    await this.call('stop', name);
  }

  /** `kill -9`. */
  kill(name: ServiceName): void {
    const [pid] = readFileSync(join(this.home, `${name}.pid`), 'utf8').split(' ');
    process.kill(Number(pid), 'SIGKILL');
  }

  /** Stops all of them. Their directory is removed when Jest ends. */
  async dispose(): Promise<void> {
    await this.call('stop');
  }

  private call(...args: string[]): Promise<object[]> {
    return new Promise((resolve, reject) => {
      const child = spawn(process.execPath, [SCRIPT, ...args, '--json', '--home', this.home], {
        env: { ...process.env, ...this.env },
      });
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk) => (out += String(chunk)));
      child.stderr.on('data', (chunk) => (err += String(chunk)));
      child.on('close', (code) => {
        if (code === 0) resolve(JSON.parse(out) as object[]);
        else reject(new Error(`scripts/services.mjs ${args.join(' ')} ended with ${code}:\n${out}${err}`));
      });
    });
  }
}
