import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** A real process that runs a TypeScript file, for tests that kill it. */
export interface TypescriptChild {
  process: ChildProcess;
  /** Lines that the child has written so far. */
  lines: string[];
  /** Resolves when the child has written that many lines. Rejects when it ends before. */
  untilLines(count: number): Promise<void>;
  /** `kill -9`; resolves when the process is gone and its output is read. */
  kill(): Promise<void>;
}

/** @param env beside what this process has. */
export function spawnTypescript(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): TypescriptChild {
  const child = spawn(process.execPath, ['-r', join(__dirname, 'typescript-hook.cjs'), file, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...env },
  });
  const lines: string[] = [];
  const output = createInterface({ input: child.stdout });
  const ended = once(output, 'close');
  output.on('line', (line) => lines.push(line));
  return {
    process: child,
    lines,
    untilLines: (count) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          if (lines.length >= count) resolve();
        };
        output.on('line', look);
        void ended.then(() => reject(new Error(`The child ended after ${lines.length} of ${count} lines.`)));
        look();
      }),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}
