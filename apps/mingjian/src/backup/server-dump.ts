import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Readable, Writable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { UsageError } from '../cli/io';
import type { ServerAddress } from './server-address';

/** Names of one program: MariaDB's own, then the one that MySQL has. */
const DUMP = ['mariadb-dump', 'mysqldump'];
const CLIENT = ['mariadb', 'mysql'];

/** One consistent reading of all tables while others write; nothing is locked. */
const DUMP_OPTIONS = [
  '--single-transaction',
  '--quick',
  '--skip-lock-tables',
  '--skip-add-locks',
  '--no-tablespaces',
  '--hex-blob',
  '--default-character-set=utf8mb4',
];

/** Writes a database as packed SQL. @throws Error with what the program said. */
export function dumpServer(address: ServerAddress, to: string): Promise<void> {
  return withClient(DUMP, address, [...DUMP_OPTIONS, address.database], (_, output) =>
    pipeline(output, createGzip(), createWriteStream(to, { mode: 0o600, flush: true })),
  );
}

/** Runs packed SQL in a database. @throws Error with what the program said; some of it may have been done then. */
export function loadServer(address: ServerAddress, from: string): Promise<void> {
  return withClient(CLIENT, address, ['--binary-mode', address.database], (input) =>
    pipeline(createReadStream(from), createGunzip(), input),
  );
}

type Work = (input: Writable, output: Readable) => Promise<unknown>;

/** Runs the first program that is installed. The password is in a file for the owner: other users see the arguments. */
async function withClient(
  programs: readonly string[],
  address: ServerAddress,
  args: string[],
  work: Work,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'mingjian-client-'));
  const options = join(folder, 'client.cnf');
  writeFileSync(options, optionsText(address), { mode: 0o600 });
  try {
    for (const program of programs)
      if (await runs(program, [`--defaults-extra-file=${options}`, ...args], work)) return;
    throw new UsageError(
      `neither ${programs.join(' nor ')} is installed: install the client of the database server (Debian: mariadb-client)`,
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** @returns false where there is no such program. @throws Error with what it said where it failed. */
async function runs(program: string, args: string[], work: Work): Promise<boolean> {
  const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said = (said + text).slice(-4000)));
  const ended = new Promise<number | null | 'missing'>((resolve, reject) => {
    child.on('error', (error: NodeJS.ErrnoException) =>
      error.code === 'ENOENT' ? resolve('missing') : reject(error),
    );
    child.on('close', resolve);
  });
  const worked = work(child.stdin, child.stdout);
  // Looked at below; what a program that failed did to its pipes is of no interest.
  worked.catch(() => undefined);
  const code = await ended;
  if (code === 'missing') {
    child.stdin.destroy();
    child.stdout.destroy();
    return false;
  }
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said.trim()}`);
  await worked;
  return true;
}

function optionsText({ host, port, user, password, ca }: ServerAddress): string {
  const quoted = (text: string): string => `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
  return [
    '[client]',
    `host=${quoted(host)}`,
    `port=${port}`,
    'protocol=tcp',
    `user=${quoted(user)}`,
    `password=${quoted(password)}`,
    // As the daemon does it: with an authority the server is verified, without one there is no TLS.
    ...(ca === '' ? ['loose-skip-ssl'] : [`ssl-ca=${quoted(ca)}`, 'loose-ssl-verify-server-cert']),
    '',
  ].join('\n');
}
