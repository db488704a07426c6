import { loadProcessSettings } from '@mingjian/log';
import { ConfigError } from '@mingjian/runtime';
import { startCollector } from './collector-process';

async function main(): Promise<void> {
  await startCollector(loadProcessSettings(), (code) => process.exit(code));
}

main().catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(error instanceof ConfigError ? error.exitCode : 70);
});
