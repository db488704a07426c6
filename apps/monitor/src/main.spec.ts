import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openStore } from '@mingjian/store';
import { spawnTypescript } from '../../../libs/runtime/src/testing/spawn-typescript';
import { FIRST_ADMINISTRATOR } from './identity/identity';

describe('a monitor that is told to stop while it starts', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'mingjian-main-'))));
  afterEach(() => rmSync(dir, { recursive: true }));

  it('finishes what it has begun, stops in order, and leaves a store that opens', async () => {
    const file = join(dir, 'store.db');
    const { process: child, lines } = spawnTypescript(join(__dirname, 'main.ts'), [], {
      ...{
        MINGJIAN_DATA_DIR: dir,
        MINGJIAN_PORT: '0',
        MINGJIAN_DATABASE_URL: '',
        MINGJIAN_KAFKA_BROKERS: '',
      },
      ...{ MINGJIAN_LOG_LEVEL: 'error', MINGJIAN_SHUTDOWN_SECONDS: '60' },
    });
    const ended = once(child, 'exit');
    // The schema is being made.
    while (!existsSync(file) && child.exitCode === null) await pause(5);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    // Shown once, as the last of the start: nobody could sign in later without it.
    expect(lines.join('\n')).toContain(FIRST_ADMINISTRATOR);
    const store = await openStore({ file });
    expect(await store.query('SELECT * FROM step_event')).toEqual([]);
    await store.close();
  });
});
