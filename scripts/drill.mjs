// `npm run drill -- kafka database source outbox`: breaks things at a site of its own, real processes on real engines, and
// measures when the product's alerts fire, reach a receiver of Alertmanager, and end. See test/dashboards/drill.
import { join } from 'node:path';
import { checkNode, install, ROOT, run } from './set-up.mjs';

checkNode();
install();
const hook = join(ROOT, 'libs/runtime/src/testing/typescript-hook.cjs');
process.exit(
  run(process.execPath, ['-r', hook, join(ROOT, 'test/dashboards/drill/main.ts'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  }),
);
