import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const BASE = '/usr/lib/postgresql';

/** Where the distribution keeps the server; null where none is installed. */
function binaries(): string | null {
  if (!existsSync(BASE)) return null;
  const folders = readdirSync(BASE)
    .map((version) => join(BASE, version, 'bin'))
    .filter((folder) => existsSync(join(folder, 'initdb')));
  return folders.at(-1) ?? null;
}

/** Whether {@link OwnPostgres} can be started here. */
export const HAS_POSTGRES = binaries() !== null;

/** A PostgreSQL server of a test: its own data, and no address but a socket in its own folder. */
export class OwnPostgres {
  private constructor(
    private readonly home: string,
    private readonly bin: string,
    readonly port: number,
  ) {}

  static start(port: number): OwnPostgres {
    const bin = binaries() ?? '';
    const home = mkdtempSync(join(tmpdir(), 'mingjian-postgres-'));
    if (userInfo().uid === 0) {
      // The server refuses to run as root.
      const [uid, gid] = ['-u', '-g'].map((flag) =>
        Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' })),
      );
      chownSync(home, uid!, gid!);
      chmodSync(home, 0o700);
    }
    const server = new OwnPostgres(home, bin, port);
    server.run(
      'initdb',
      '-D',
      join(home, 'data'),
      '-U',
      'mingjian',
      '-A',
      'trust',
      '-E',
      'UTF8',
      '--locale=C',
    );
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${home} -c fsync=off`;
    server.run('pg_ctl', '-D', join(home, 'data'), '-w', '-l', join(home, 'log'), '-o', options, 'start');
    return server;
  }

  url(port = this.port): string {
    return `postgres://mingjian@127.0.0.1:${port}/postgres`;
  }

  stop(): void {
    this.run('pg_ctl', '-D', join(this.home, 'data'), '-m', 'immediate', '-w', 'stop');
    rmSync(this.home, { recursive: true });
  }

  private run(program: string, ...args: string[]): void {
    const command = [join(this.bin, program), ...args];
    const [file = '', ...rest] =
      userInfo().uid === 0
        ? ['setpriv', '--reuid=postgres', '--regid=postgres', '--clear-groups', ...command]
        : command;
    execFileSync(file, rest, { stdio: 'ignore', cwd: this.home });
  }
}
