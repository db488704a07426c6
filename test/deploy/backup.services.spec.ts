import { rmSync } from 'node:fs';
import { Server } from '../../libs/store/src/testing/database-server';
import { describeWithServices } from '../services/with-services';
import { BackupSite } from './backup-site';

jest.setTimeout(300_000);

describeWithServices('backup and restore on a database server', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);
  let lost: string;
  let next: string;
  let site: BackupSite;

  beforeAll(async () => {
    lost = await server.create();
    next = await server.create();
    site = new BackupSite({ MINGJIAN_DATABASE_URL: lost });
    await site.feed('data', 0, 1200);
  });
  afterAll(async () => {
    site.remove();
    await server.drop(next);
  });

  it('brings the rows and the ledger back after the loss of database and directory', async () => {
    await site.done('data', 'ledger', 'root');
    const before = await site.said('data');
    expect(before.inUse.cases).toBeGreaterThan(100);
    await site.done('data', 'backup', site.path('saved'));

    const occupied = await site.call('elsewhere', 'restore', site.path('saved'));
    expect(occupied.code).toBe(65);
    expect(occupied.err).toContain('an empty database');

    await server.drop(lost);
    rmSync(site.path('data'), { recursive: true });
    process.env.MINGJIAN_DATABASE_URL = next;
    await site.done('data', 'restore', site.path('saved'));

    expect(await site.said('data')).toEqual(before);
    expect((await site.call('data', 'ledger', 'root')).code).toBe(0);
  });

  it('leaves no password on a command line or in a file that stays', async () => {
    const url = new URL(next);
    url.password = 'wrong-password';
    url.username = 'nobody';
    process.env.MINGJIAN_DATABASE_URL = url.href;
    const { code, err } = await site.call('data', 'backup', site.path('refused'));
    process.env.MINGJIAN_DATABASE_URL = next;
    expect(code).not.toBe(0);
    expect(err).not.toContain('wrong-password');
  });
});
