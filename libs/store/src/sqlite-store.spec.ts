import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DataSource } from 'typeorm';
import { openStore, sqliteOptions } from './open-store';
import { checkStoreConformance } from './testing/store-conformance';

checkStoreConformance('SQLite', async () => {
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-store-'));
  const file = join(dir, 'store.db');
  let store = await openStore({ file });
  return {
    store,
    reopen: async () => {
      await store.close();
      store = await openStore({ file });
      return store;
    },
    schemaDrift: async () =>
      (await store.reader.driver.createSchemaBuilder().log()).upQueries
        .map(({ query }) => query)
        // Indexes are described by the migrations alone, with the query that needs each.
        .filter((query) => !/^DROP INDEX "[iu]x_/.test(query)),
    dispose: async () => {
      await store.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
});

describe('the SQLite store', () => {
  let dir: string;
  beforeEach(() => (dir = mkdtempSync(join(tmpdir(), 'mingjian-store-'))));
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('confirms a commit only when it is on disk, and waits for other processes', async () => {
    const store = await openStore({ file: join(dir, 'deeper', 'store.db') });
    await store.write(async (tx) => {
      expect(await tx.query('PRAGMA synchronous')).toEqual([{ synchronous: 2 }]);
      expect(await tx.query('PRAGMA journal_mode')).toEqual([{ journal_mode: 'wal' }]);
      expect(await tx.query('PRAGMA busy_timeout')).toEqual([{ timeout: 5000 }]);
    });
    await store.close();
  });

  it('does not let a reader write', async () => {
    const store = await openStore({ file: join(dir, 'store.db') });
    await expect(store.query("INSERT INTO setting (name, value) VALUES ('a', 'b')")).rejects.toThrow(
      'readonly',
    );
    await store.close();
  });

  it('undoes its migrations cleanly', async () => {
    const source = new DataSource(sqliteOptions({ file: join(dir, 'store.db') }, []));
    await source.initialize();
    const applied = await source.runMigrations({ transaction: 'each' });
    for (let i = 0; i < applied.length; i++) await source.undoLastMigration({ transaction: 'each' });
    const left: { name: string }[] = await source.query(
      "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' AND name <> 'migrations'",
    );
    expect(left).toEqual([]);
    await source.destroy();
  });

  it('answers the hot queries from an index', async () => {
    const store = await openStore({ file: join(dir, 'store.db') });
    const plan = async (sql: string): Promise<string> =>
      (await store.query<{ detail: string }>(`EXPLAIN QUERY PLAN ${sql}`))
        .map(({ detail }) => detail)
        .join('; ');
    expect(
      await plan(
        "SELECT case_no FROM case_file WHERE shard = 1 AND next_change_at <= 'x' ORDER BY next_change_at, case_no LIMIT 5",
      ),
    ).toBe('SEARCH case_file USING COVERING INDEX ix_case_file_due (shard=? AND next_change_at<?)');
    expect(
      await plan(
        'SELECT (SELECT next_change_at FROM case_file WHERE shard = 1 AND next_change_at IS NOT NULL ORDER BY next_change_at LIMIT 1)',
      ),
    ).toContain('SEARCH case_file USING COVERING INDEX ix_case_file_due');
    expect(
      await plan(
        'SELECT department, item_class, light, clock_lights, COUNT(*) FROM case_file WHERE is_open = 1 ' +
          'GROUP BY department, item_class, light, clock_lights',
      ),
    ).toBe('SEARCH case_file USING COVERING INDEX ix_case_file_counts (is_open=?)');
    expect(
      await plan(
        'SELECT * FROM case_file WHERE is_open = 1 ORDER BY light_rank, urgent_at, case_no LIMIT 50',
      ),
    ).toBe('SEARCH case_file USING INDEX ix_case_file_urgency (is_open=?)');
    expect(await plan("SELECT * FROM step_event WHERE case_no IN ('a')")).toContain(
      'sqlite_autoindex_step_event_1',
    );
    expect(
      await plan("SELECT * FROM light_change WHERE superseded_at IS NULL AND case_no IN ('a') ORDER BY id"),
    ).toContain('ix_light_change_case');
    await store.close();
  });
});
