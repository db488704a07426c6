import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { openStore } from '@mingjian/store';
import { accepted, openSite, removeSite } from '../../apps/monitor/src/testing/site';
import { BackupSite } from './backup-site';

jest.setTimeout(180_000);

describe('backup and restore on the embedded engines', () => {
  let site: BackupSite;

  beforeAll(async () => {
    site = new BackupSite();
    await site.feed('data', 0, 1200);
    await site.done('data', 'ledger', 'root');
    await site.done('data', 'source', 'add', 'urn:dept:420684:housing', '--department', 'housing');
  });
  afterAll(() => site.remove());

  it('brings everything back after the loss of the directory: verdicts, rows, ledger, keys, sources', async () => {
    const before = await site.said('data');
    expect(before.inUse.cases).toBeGreaterThan(100);
    expect(before.isSame).toBe(true);
    const writing = await openStore({ file: site.path('data/store.db') });
    let out = '';
    // Somebody writes, and has not committed: the backup neither waits for that nor holds half of it.
    await writing
      .write(async (transaction) => {
        await transaction.execute('DELETE FROM case_file');
        out = await site.done('data', 'backup', site.path('saved'));
        throw new Error('not to be');
      })
      .catch(() => undefined);
    await writing.close();
    expect(out).toContain('keep them apart');

    rmSync(site.path('data'), { recursive: true });
    await site.done('again', 'restore', site.path('saved'));

    expect(await site.said('again')).toEqual(before);
    expect((await site.call('again', 'ledger', 'root')).code).toBe(0);
    expect(await site.done('again', 'source', 'list')).toContain('urn:dept:420684:housing');
    expect(statSync(site.path('again/ledger-key.pem')).mode & 0o777).toBe(0o600);
    const store = await openStore({ file: site.path('again/store.db') });
    const [row] = await store.query<{ body: string }>(
      "SELECT body FROM ledger_entry WHERE kind = 'store.restored'",
    );
    expect(JSON.parse(row!.body)).toEqual({ backupAt: '2026-11-02T01:00:00.000Z', sessionsEnded: 0 });
    await store.close();
  });

  it('takes from the log what came after the backup, where the rows alone were lost', async () => {
    const now = '2026-09-28T09:00';
    const running = await openSite(now);
    await running.receive(accepted('C-1', '2026-09-14T10:00'));
    await site.done(running.dir, 'backup', site.path('earlier'));
    await running.receive(accepted('C-2', '2026-09-15T10:00'));
    const digests = [await running.verdictDigest(), await running.storedDigest()];
    await site.done(running.dir, 'backup', site.path('later'));
    await running.close();

    await site.done('after', 'restore', site.path('earlier'));
    cpSync(site.path('later/log.db'), site.path('after/log.db'));
    for (const name of ['rulesets', 'calendar.yaml'])
      cpSync(join(running.dir, name), site.path(`after/${name}`), { recursive: true });
    const after = await openSite(now, { dir: site.path('after') });
    expect(await after.verdictDigest()).not.toBe(digests[0]);
    await after.monitor.start();
    await after.monitor.intake.drain();
    expect([await after.verdictDigest(), await after.storedDigest()]).toEqual(digests);
    await after.close();
    removeSite(running.dir);
  });

  it('ends sessions: one that ended after the backup would live again', async () => {
    const store = await openStore({ file: site.path('again/store.db') });
    await store.write((transaction) =>
      transaction.execute(
        `INSERT INTO user_session (token_hash, id, account_id, created_at, last_seen_at, address, device)
         VALUES ('aa', 'b', 'c', '2026-11-01 00:00:00.000', '2026-11-01 00:00:00.000', '', '')`,
      ),
    );
    await store.close();
    await site.done('again', 'backup', site.path('with-session'));
    await site.done('signed-out', 'restore', site.path('with-session'));
    const restored = await openStore({ file: site.path('signed-out/store.db') });
    expect(await restored.query('SELECT id FROM user_session')).toEqual([]);
    await restored.close();
  });

  it('overwrites nothing, and says what to move away', async () => {
    const { code, err } = await site.call('again', 'restore', site.path('saved'));
    expect(code).toBe(65);
    expect(err).toContain('move it away');
    const twice = await site.call('again', 'backup', site.path('saved'));
    expect(twice.code).toBe(65);
    expect(readdirSync(site.path('')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('refuses a backup that was changed, and writes nothing', async () => {
    cpSync(site.path('saved'), site.path('damaged'), { recursive: true });
    appendFileSync(site.path('damaged/store.db'), 'x');
    const { code, err } = await site.call('other', 'restore', site.path('damaged'));
    expect(code).toBe(65);
    expect(err).toContain('damaged/store.db');
    expect(existsSync(site.path('other/store.db'))).toBe(false);
    expect((await site.call('other', 'restore', site.path('saved'), '--check')).out).toContain('sound');
    expect(existsSync(site.path('other/store.db'))).toBe(false);
  });

  it('takes the keys from where they are kept apart', async () => {
    mkdirSync(site.path('safe'));
    cpSync(site.path('saved'), site.path('without-keys'), { recursive: true });
    renameSync(site.path('without-keys/keys'), site.path('safe/keys'));
    const without = await site.call('third', 'restore', site.path('without-keys'));
    expect(without.code).toBe(65);
    expect(without.err).toContain('--keys');
    await site.done('third', 'restore', site.path('without-keys'), '--keys', site.path('safe/keys'));
    expect(existsSync(site.path('third/ledger-key.pem'))).toBe(true);
  });

  it('puts the keys elsewhere at once where that is asked for', async () => {
    await site.done('third', 'backup', site.path('bare'), '--keys', site.path('vault'));
    expect(existsSync(site.path('bare/keys'))).toBe(false);
    expect(existsSync(site.path('vault/ledger-key.pem'))).toBe(true);
    await site.done('fifth', 'restore', site.path('bare'), '--keys', site.path('vault'));
    expect(existsSync(site.path('fifth/ledger-key.pem'))).toBe(true);
  });

  it('refuses what is no backup, and one with tables that this version does not know', async () => {
    expect((await site.call('fourth', 'restore', site.path('safe'))).err).toContain('backup.json');
    const store = await openStore({ file: site.path('third/store.db') });
    await store.write((transaction) =>
      transaction.execute("INSERT INTO migrations (timestamp, name) VALUES (1, 'FromTheFuture1')"),
    );
    await store.close();
    await site.done('third', 'backup', site.path('newer'));
    const { code, err } = await site.call('fourth', 'restore', site.path('newer'));
    expect(code).toBe(65);
    expect(err).toContain('FromTheFuture1');
  });
});
