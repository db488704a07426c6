import { existsSync, readFileSync, renameSync, truncateSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { insertRuleVersion, openStore } from '@mingjian/store';
import { parse } from 'yaml';
import { ROOT, SAMPLE } from '../acceptance/product';
import { BackupSite } from './backup-site';

jest.setTimeout(120_000);

interface Told {
  name: string;
  ok: boolean;
  found: string;
  advice: string;
}

const listen = (server: Server): Promise<number> =>
  new Promise((resolve) =>
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port)),
  );
const close = (server: Server): Promise<void> => new Promise((resolve) => void server.close(() => resolve()));

describe('mingjian doctor', () => {
  let site: BackupSite;

  beforeAll(async () => {
    site = new BackupSite({ MINGJIAN_PORT: '0' });
    await site.feed('data', 0, 60);
    await site.done('data', 'ledger', 'root');
  });
  afterAll(() => site.remove());

  /** What it says with other settings, and what of that is not well. */
  async function told(dir: string, env: Record<string, string> = {}): Promise<{ all: Told[]; bad: Told[] }> {
    const before = { ...process.env };
    Object.assign(process.env, env);
    try {
      const { code, out, err } = await site.call(dir, 'doctor', '--json');
      if (out === '') throw new Error(err);
      const { checks } = JSON.parse(out) as { checks: Told[] };
      const bad = checks.filter(({ ok }) => !ok);
      expect(code).toBe(bad.length === 0 ? 0 : 1);
      for (const { advice } of bad) expect(advice).not.toBe('');
      return { all: checks, bad };
    } finally {
      for (const name of Object.keys(env)) delete process.env[name];
      Object.assign(process.env, before);
    }
  }

  it('finds a fresh directory well, and makes nothing in it', async () => {
    const { bad, all } = await told('fresh');
    expect(bad.filter(({ name }) => name !== 'calendar')).toEqual([]);
    expect(all.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['event log', 'store', 'rules', 'calendar', 'ledger key', 'sign-in', 'TLS']),
    );
    expect(existsSync(site.path('fresh/store.db'))).toBe(false);
    expect(existsSync(site.path('fresh/log.db'))).toBe(false);
  });

  it('knows the key in force, and says where to get it when it is missing', async () => {
    const { all } = await told('data');
    expect(all.find(({ name }) => name === 'ledger key')).toMatchObject({ ok: true });
    renameSync(site.path('data/ledger-key.pem'), site.path('key'));
    const { bad } = await told('data');
    renameSync(site.path('key'), site.path('data/ledger-key.pem'));
    expect(bad.map(({ name }) => name)).toEqual(['ledger key']);
    expect(bad[0]!.advice).toContain('backup');
  });

  it('sees tables of a newer version, and a damaged file', async () => {
    await site.done('data', 'backup', site.path('saved'));
    await site.done('newer', 'restore', site.path('saved'));
    const store = await openStore({ file: site.path('newer/store.db') });
    await store.write((transaction) =>
      transaction.execute("INSERT INTO migrations (timestamp, name) VALUES (1, 'FromTheFuture1')"),
    );
    await store.close();
    expect((await told('newer')).bad).toMatchObject([
      { name: 'store', found: expect.stringContaining('FromTheFuture1') as string },
    ]);
    await site.done('damaged', 'restore', site.path('saved'));
    truncateSync(site.path('damaged/log.db'), 4096);
    expect((await told('damaged')).bad.map(({ name }) => name)).toContain('event log');
  });

  it('holds the rule files against what was approved, which is in no file', async () => {
    const file = parse(readFileSync(join(SAMPLE, 'ruleset-carried.yaml'), 'utf8')) as {
      ruleset: string;
      inForceFrom: string;
    };
    const { ruleset: documentId, inForceFrom } = file;
    const approved = {
      ...{
        kind: 'ruleset' as const,
        documentId,
        version: 'approved',
        inForceFrom,
        draftId: 1,
        reason: '更正',
      },
      ...{ baseDigest: '', digest: 'approved', author: 'zhou', approvedBy: 'wu', approvedByName: '吴' },
      document: JSON.stringify({ ...file, version: 'approved' }),
      approvedAt: Date.parse('2026-11-01T01:00:00Z'),
    };
    const store = await openStore({ file: site.path('approved/store.db') });
    await store.write((transaction) => insertRuleVersion(transaction, approved, []));
    await store.close();
    const { bad } = await told('approved');
    expect(bad.find(({ name }) => name === 'rules')?.found).toMatch(/ruleset-carried\.yaml.*approved/);
  });

  it('warns of pages that others reach without TLS, and of a proxy that nobody trusts', async () => {
    const open = await told('data', { MINGJIAN_HOST: '0.0.0.0' });
    expect(open.bad.map(({ name }) => name)).toEqual(['TLS']);
    const https = { MINGJIAN_PUBLIC_URL: 'https://mingjian.example.gov.cn' };
    expect((await told('data', https)).bad[0]).toMatchObject({
      name: 'TLS',
      advice: expect.stringContaining('MINGJIAN_TRUSTED_PROXIES') as string,
    });
    expect((await told('data', { ...https, MINGJIAN_TRUSTED_PROXIES: '127.0.0.1' })).bad).toEqual([]);
  });

  it('tells a port held by a running Mingjian from one that something else holds', async () => {
    const other = createServer((socket) => socket.destroy());
    const held = await told('data', { MINGJIAN_PORT: String(await listen(other)) });
    await close(other);
    expect(held.bad).toMatchObject([
      { name: 'port', advice: expect.stringContaining('MINGJIAN_PORT') as string },
    ]);
    let status = 200;
    const own = createHttpServer((_, answer) => {
      answer.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end('{}');
    });
    const port = String(await listen(own));
    expect((await told('data', { MINGJIAN_PORT: port })).bad).toEqual([]);
    status = 503;
    expect((await told('data', { MINGJIAN_PORT: port })).bad[0]!.found).toContain('503');
    own.closeAllConnections();
    await close(own);
  });

  it('sees a gateway that does not answer, and keeps its secret address to itself', async () => {
    const gone = createServer();
    const port = await listen(gone);
    await close(gone);
    writeFileSync(site.path('robot-url'), `http://127.0.0.1:${port}/send?key=very-secret`, { mode: 0o600 });
    writeFileSync(
      site.path('recipients.yaml'),
      [
        'recipients: test',
        "version: '1'",
        'channels:',
        '  robot: { kind: wecom, urlFile: robot-url }',
        'people:',
        '  wang: { name: 王, roles: [inspection-office], via: { robot: group } }',
        '',
      ].join('\n'),
    );
    const { bad, all } = await told('data', { MINGJIAN_RECIPIENTS: site.path('recipients.yaml') });
    expect(JSON.stringify(all)).not.toContain('very-secret');
    expect(bad.map(({ name }) => name)).toEqual(['channel robot']);
  });

  it('names the document of a feed that cannot be used', async () => {
    writeFileSync(site.path('feed.yaml'), 'feed: x\nkind: nothing\n');
    const { bad } = await told('data', { MINGJIAN_FEEDS: site.path('feed.yaml') });
    expect(bad).toMatchObject([{ name: 'feeds', found: expect.stringContaining('feed.yaml') as string }]);
  });

  it('says to a person what to do, below what is wrong', async () => {
    process.env.MINGJIAN_RULESETS = join(ROOT, 'none');
    const { out } = await site.call('data', 'doctor');
    expect(out).toMatch(/FAIL rules .*\n +→ correct the files named/);
  });
});
