// `npm run demo:wabo`: a real approval log through the collector, judged twice — by the deadline that each case carries,
// and by the general rule of 56 calendar days. Begins anew each time.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ROOT, setUp } from './set-up.mjs';

setUp();
const sample = join(ROOT, 'samples', 'wabo-receipt');
let status = 0;
for (const rules of ['carried', '56-days']) {
  const data = mkdtempSync(join(tmpdir(), 'mingjian-wabo-'));
  console.log(`\nruleset-${rules}.yaml`);
  const { status: ended } = spawnSync(
    process.execPath,
    [
      join(ROOT, 'bin', 'mingjian'),
      'import',
      join(sample, 'wabo-receipt-events.csv.gz'),
      ...['--mapping', join(ROOT, 'mappings', 'wabo', 'mapping.yaml')],
      ...['--ruleset', join(sample, `ruleset-${rules}.yaml`)],
      ...['--calendar', join(sample, 'calendar.yaml')],
      ...['--data-dir', data, '--judge', ...process.argv.slice(2)],
    ],
    { stdio: 'inherit' },
  );
  status ||= ended ?? 70;
  rmSync(data, { recursive: true, force: true });
}
process.exit(status);
