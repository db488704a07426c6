import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MIGRATIONS, openStore } from '@mingjian/store';
import { DataSource } from 'typeorm';
import { accepted, event, openSite, removeSite } from '../../apps/monitor/src/testing/site';
import { sqliteOptions } from '../../libs/store/src/open-store';

jest.setTimeout(120_000);

const NOW = '2026-09-28T09:00';

describe('upgrade and rollback of the tables', () => {
  it('lets this version work on tables to which a newer one has added', async () => {
    const site = await openSite(NOW);
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    await site.close();
    const newer = await openStore({ file: join(site.dir, 'store.db') });
    await newer.write(async (transaction) => {
      await transaction.execute('CREATE TABLE of_the_future (id INTEGER PRIMARY KEY)');
      for (const table of ['case_file', 'step_event', 'light_change', 'outbox', 'ledger_entry', 'finding'])
        await transaction.execute(`ALTER TABLE ${table} ADD COLUMN of_the_future VARCHAR(10)`);
      await transaction.execute(
        "INSERT INTO migrations (timestamp, name) VALUES (9999999999999, 'OfTheFuture9999999999999')",
      );
    });
    await newer.close();

    const again = await openSite(NOW, { dir: site.dir });
    await again.receive(
      accepted('C-2', '2026-09-15T10:00'),
      event('case.decided', 'C-1', '2026-09-17T10:00', { result: 'granted' }),
    );
    const digests = [await again.verdictDigest(), await again.storedDigest()];
    await again.close();

    const undisturbed = await openSite(NOW);
    await undisturbed.receive(accepted('C-1', '2026-09-14T10:00'));
    await undisturbed.receive(
      accepted('C-2', '2026-09-15T10:00'),
      event('case.decided', 'C-1', '2026-09-17T10:00', { result: 'granted' }),
    );
    expect(digests).toEqual([await undisturbed.verdictDigest(), await undisturbed.storedDigest()]);
    await undisturbed.close();
    removeSite(site.dir);
    removeSite(undisturbed.dir);
  });

  it('brings tables of an early version up to this one, and keeps what is in them', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'mingjian-upgrade-'));
    const file = join(dir, 'store.db');
    const early = new DataSource({ ...sqliteOptions({ file }, []), migrations: MIGRATIONS.slice(0, 8) });
    await early.initialize();
    await early.runMigrations({ transaction: 'each' });
    await early.query("INSERT INTO setting (name, value) VALUES ('kept', 'by the upgrade')");
    await early.destroy();

    const upgraded = await openStore({ file });
    const done = await upgraded.query<{ name: string }>('SELECT name FROM migrations ORDER BY id');
    const names = (of: readonly { name: string }[]): string[] => of.map(({ name }) => name).sort();
    expect(names(done)).toEqual(names(MIGRATIONS));
    expect(await upgraded.query("SELECT value FROM setting WHERE name = 'kept'")).toEqual([
      { value: 'by the upgrade' },
    ]);
    await upgraded.close();
    rmSync(dir, { recursive: true });
  });
});
