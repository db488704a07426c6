// `npm run test:chaos -- --kills 100 --seed 1`: real processes on real engines under faults that a seed chooses. See test/chaos.
import { join } from 'node:path';
import { checkNode, install, ROOT, run } from './set-up.mjs';

checkNode();
install();
const hook = join(ROOT, 'libs/runtime/src/testing/typescript-hook.cjs');
process.exit(
  run(process.execPath, ['-r', hook, join(ROOT, 'test/chaos/main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  }),
);
