import { join } from 'node:path';
import { openEmbeddedLog } from '@mingjian/log';
import { SystemClock } from '@mingjian/runtime';
import { importFile } from '../feed/file/import-file';
import { loadMapping } from '@mingjian/mapping';

// Imports a file in small batches and says each hundred records, so that it can be killed in the middle.
const [dataDir = '', file = '', mapping = ''] = process.argv.slice(2);
const clock = new SystemClock();
const log = openEmbeddedLog({ file: join(dataDir, 'log.db'), partitions: 8, clock });
const progress = { advance: () => process.stdout.write('batch\n') };
void importFile({
  file,
  mapping: loadMapping(mapping),
  log,
  clock,
  settings: { futureToleranceSeconds: 300, intakeBatch: 100 },
  progress,
});
