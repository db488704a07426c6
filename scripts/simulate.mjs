// `npm run test:sim -- --seeds 10000`: the whole flow in one thread under faults that a seed chooses. See test/simulation.
import { join } from 'node:path';
import { checkNode, install, ROOT, run } from './set-up.mjs';

checkNode();
install();
const hook = join(ROOT, 'libs/runtime/src/testing/typescript-hook.cjs');
process.exit(
  run(process.execPath, ['-r', hook, join(ROOT, 'test/simulation/main.ts'), ...process.argv.slice(2)]),
);
