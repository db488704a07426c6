import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { runCli } from '../../apps/mingjian/src/cli/program';

export const ROOT = join(__dirname, '../..');
export const SAMPLE = join(ROOT, 'samples/wabo-receipt');
/** How its rows become step events. */
export const MAPPING = join(ROOT, 'mappings/wabo/mapping.yaml');
const BIN = join(ROOT, 'bin/mingjian');

/** What a command line said and how it ended. `code` is null where a signal ended it. */
export interface Outcome {
  code: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

export interface RunOptions {
  input?: string;
  /** Variables beside those of this process; its own MINGJIAN_ variables are never passed on. */
  env?: Readonly<Record<string, string>>;
}

/** A product process under way. */
export interface Running {
  process: ChildProcess;
  /** Standard output and error so far. */
  said: { out: string; err: string };
  ended: Promise<Outcome>;
}

const alive = new Set<ChildProcess>();

/** Ends, by their id, the processes that a failed test left behind. */
export function endLeftOver(): void {
  for (const child of alive) child.kill('SIGKILL');
}

/** Starts `bin/mingjian` in the folder of the product, where its relative default paths hold. */
export function spawnProduct(args: readonly string[], { input = '', env = {} }: RunOptions = {}): Running {
  const child = spawn(process.execPath, [BIN, ...args], { cwd: ROOT, env: { ...cleanEnv(), ...env } });
  alive.add(child);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  // A command that refuses its arguments ends without reading its input.
  child.stdin.on('error', () => undefined).end(input);
  const ended = new Promise<Outcome>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      alive.delete(child);
      resolve({ code, signal, ...said });
    });
  });
  return { process: child, said, ended };
}

/** Runs `bin/mingjian` to its end. */
export function runProduct(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return spawnProduct(args, options).ended;
}

/** The same command line inside this process: no start-up time, the environment of the test. */
export async function runInProcess(
  args: readonly string[],
  { input = '', now = Date.parse('2026-09-14T10:00:00+08:00') }: { input?: string; now?: number } = {},
): Promise<Outcome> {
  const said = { out: '', err: '' };
  const code = await runCli(args, {
    stdin: Readable.from([input]),
    out: async (text) => void (said.out += text),
    err: (text) => void (said.err += text),
    now: () => now,
  });
  return { code, signal: null, ...said };
}

/** The lines of an NDJSON text. */
export function linesOf<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

function cleanEnv(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('MINGJIAN_'));
  return { ...Object.fromEntries(entries), MINGJIAN_LOG_LEVEL: 'warn' };
}

/** A folder for the files of one suite. */
export class Workspace {
  readonly dir = mkdtempSync(join(tmpdir(), 'mingjian-acceptance-'));

  path(name: string): string {
    return join(this.dir, name);
  }

  /** Writes a file. @returns its path. */
  write(name: string, content: unknown): string {
    const file = this.path(name);
    writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
    return file;
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }
}
