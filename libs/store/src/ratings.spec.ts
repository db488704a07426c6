import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from './open-store';
import { checkRatingsConformance } from './testing/ratings-conformance';

checkRatingsConformance('SQLite', async () => {
  const home = mkdtempSync(join(tmpdir(), 'mingjian-ratings-'));
  const store = await openStore({ file: join(home, 'store.db') });
  const other = await openStore({ file: join(home, 'other.db') });
  return {
    store,
    other,
    dispose: async () => {
      await Promise.all([store.close(), other.close()]);
      rmSync(home, { recursive: true });
    },
  };
});
