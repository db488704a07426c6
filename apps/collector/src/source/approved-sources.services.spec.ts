import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { apiKeyHash, newApiKey, Settings, SystemClock, type Shutdown } from '@mingjian/runtime';
import { endSourceKey, insertSourceKey, openMysqlStore, type Store } from '@mingjian/store';
import { Server } from '../../../../libs/store/src/testing/database-server';
import { describeWithServices } from '../../../../test/services/with-services';
import { startCollector } from '../collector-process';
import { approveRegister } from '../testing/approve-register';
import { FileSourceRegistry } from './file-source-registry';

const HOUSING = 'urn:dept:420684:housing';
const MARKET = 'urn:dept:420684:market';
/** What is approved, issued or ended holds within so long. */
const WITHIN_MS = 5_000;

/* What this spec guarantees: a collector in a process of its own follows what is approved and issued on the server of the site. */

describeWithServices('a collector and a store on MariaDB', ['mariadb'], ({ mariadb }) => {
  const server = new Server(mariadb.rootUrl);
  const clock = new SystemClock();
  let home: string;
  let databaseUrl: string;
  let store: Store;
  let url: string;
  let shutdown: Shutdown;
  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-sources-'));
    databaseUrl = await server.create();
    store = await openMysqlStore({ url: databaseUrl });
    const settings = Settings.parse({ dataDir: home, databaseUrl, port: 0, logLevel: 'silent' });
    ({ url, shutdown } = await startCollector({ settings, kafka: null }));
  });
  afterAll(async () => {
    await shutdown.run('the test ends');
    await store.close();
    await server.drop(databaseUrl);
    rmSync(home, { recursive: true });
  });

  const send = async (key: string, source = HOUSING): Promise<number> => {
    const body = JSON.stringify({
      ...{ specversion: '1.0', id: 'e-1', source, type: 'case.accepted', subject: 'C-1' },
      ...{ time: '2026-09-14T10:00:00+08:00', data: { item: 'A0101' } },
    });
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    return (await fetch(`${url}/v1/step-events`, { method: 'POST', headers, body })).status;
  };
  /** Waits until a request is answered so. @returns milliseconds. */
  const until = async (status: number, ...request: Parameters<typeof send>): Promise<number> => {
    const from = performance.now();
    while ((await send(...request)) !== status) await pause(50);
    return performance.now() - from;
  };
  const issue = async (source: string): Promise<{ id: number; key: string }> => {
    const key = newApiKey();
    const row = { source, keyHash: apiKeyHash(key), issuedAt: clock.now(), issuedBy: 'admin' };
    return { key, id: await store.write((transaction) => insertSourceKey(transaction, row)) };
  };

  it('agree within five seconds on who may send and by which keys, without a restart', async () => {
    const ofFile = new FileSourceRegistry(join(home, 'sources.json')).addSource(MARKET, 'market');
    expect(await send(ofFile, MARKET)).toBe(202);
    await approveRegister(store, { [HOUSING]: { department: 'housing' } });
    const refusedAfter = await until(403, ofFile, MARKET);
    const { id, key } = await issue(HOUSING);
    const issuedAfter = await until(202, key);
    await store.write((transaction) => endSourceKey(transaction, id, clock.now(), 'admin'));
    const endedAfter = await until(401, key);
    expect(await send(ofFile, MARKET)).toBe(403);
    // A machine under load may be late for one of them.
    expect(Math.min(refusedAfter, issuedAfter, endedAfter)).toBeLessThan(WITHIN_MS);
    // The use was noted beside the requests.
    const [row] = await store.query<{ used: Date | null }>('SELECT last_used_at AS used FROM source_key');
    expect(row!.used).not.toBeNull();
  });
});
