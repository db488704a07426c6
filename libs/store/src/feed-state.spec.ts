import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from './open-store';
import { checkFeedConformance } from './testing/feed-conformance';

checkFeedConformance('SQLite', async () => {
  const home = mkdtempSync(join(tmpdir(), 'mingjian-feed-state-'));
  // Its waiting for a lock holds up the whole process: a second one of the same process would wait for itself.
  const store = await openStore({ file: join(home, 'store.db') });
  return {
    one: store,
    other: store,
    dispose: async () => {
      await store.close();
      rmSync(home, { recursive: true });
    },
  };
});
