import { SystemClock } from '@mingjian/runtime';
import { runCli } from './cli/program';

const systemClock = new SystemClock();

/** Entry of `bin/mingjian`: the command line on the real world. */
async function main(): Promise<void> {
  const code = await runCli(process.argv.slice(2), {
    stdin: process.stdin,
    out: (text) =>
      new Promise((resolve, reject) => {
        process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
      }),
    err: (text) => void process.stderr.write(text),
    now: () => systemClock.now(),
  });
  process.exitCode = code;
}

// `mingjian simulate | head` closes our output: that ends the command, it is no fault.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 70));
void main();
