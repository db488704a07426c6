import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apiKeyHash, createLogger, newApiKey, type Logger } from '@mingjian/runtime';
import { endSourceKey, goodSourceKeys, insertSourceKey, openStore, type Store } from '@mingjian/store';
import { TestClock } from '../../../../libs/runtime/src/testing/test-clock';
import { approveRegister } from '../testing/approve-register';
import { ApprovedSources } from './approved-sources';
import { FileSourceRegistry } from './file-source-registry';
import { JoinedSources } from './joined-sources';
import { SourceMemory } from './source-memory';

/* What this spec guarantees: who may send follows the store, by memory alone between two looks, and a store that is gone changes nothing. */

const HOUSING = 'urn:dept:420684:housing';
const MARKET = 'urn:dept:420684:market';
const NOW = Date.parse('2026-09-14T10:00:00+08:00');
const MINUTE = 60_000;

describe('sources of the store', () => {
  let home: string;
  let store: Store;
  let clock: TestClock;
  let lines: string[];
  let logger: Logger;
  let approved: ApprovedSources;
  let file: FileSourceRegistry;
  let sources: JoinedSources;
  beforeEach(async () => {
    home = mkdtempSync(join(tmpdir(), 'mingjian-approved-'));
    store = await openStore({ file: join(home, 'store.db') });
    clock = new TestClock(NOW);
    lines = [];
    logger = createLogger({ level: 'info', json: true, sink: { write: (line) => lines.push(line) } });
    approved = followed();
    file = new FileSourceRegistry(join(home, 'sources.json'), null, clock);
    sources = new JoinedSources(file, approved);
  });
  afterEach(async () => {
    await store.close().catch(() => undefined);
    rmSync(home, { recursive: true });
  });

  /** What a process of this home has of the store. */
  const followed = (open = () => Promise.resolve(store)): ApprovedSources =>
    new ApprovedSources(open, new SourceMemory(memoryFile()), clock, logger);
  const memoryFile = () => join(home, 'sources-known.json');
  const issued = async (source: string): Promise<{ id: number; key: string }> => {
    const key = newApiKey();
    const id = await store.write((transaction) =>
      insertSourceKey(transaction, {
        source,
        keyHash: apiKeyHash(key),
        issuedAt: clock.now(),
        issuedBy: 'a',
      }),
    );
    return { id, key };
  };
  const end = (id: number, endsAt: number) =>
    store.write((transaction) => endSourceKey(transaction, id, endsAt, 'a'));
  const lastUsedAt = async (): Promise<number | null> => (await goodSourceKeys(store, NOW))[0]!.lastUsedAt;

  it('are those of the file as long as nothing was approved', async () => {
    const key = file.addSource(HOUSING, 'housing');
    await approved.follow();
    expect(sources.find(key)).toMatchObject({ name: HOUSING, department: 'housing' });
    expect(sources.find(newApiKey())).toBeNull();
    // A key without a register speaks for no department.
    const { key: other } = await issued(MARKET);
    await approved.follow();
    expect(sources.find(other)).toEqual({ unregistered: MARKET });
  });

  it('are those of the register alone once one was approved, wherever their keys stand', async () => {
    const [kept, dropped] = [file.addSource(HOUSING, 'tax'), file.addSource(MARKET, 'market')];
    await approveRegister(store, { [HOUSING]: { department: 'housing' } });
    const { key } = await issued(HOUSING);
    await approved.follow();
    expect(sources.find(kept)).toEqual({ name: HOUSING, department: 'housing' });
    expect(sources.find(key)).toEqual({ name: HOUSING, department: 'housing' });
    expect(sources.find(dropped)).toEqual({ unregistered: MARKET });
    expect(sources.list()).toEqual([
      { name: HOUSING, department: 'housing' },
      { name: MARKET, department: 'market' },
    ]);
    await approveRegister(store, { [MARKET]: { department: 'market' } });
    expect(sources.find(dropped)).toEqual({ unregistered: MARKET });
    await approved.follow();
    expect([sources.find(dropped), sources.find(kept)]).toEqual([
      { name: MARKET, department: 'market' },
      { unregistered: HOUSING },
    ]);
  });

  it('lose a key at its end without a look, and one that is ended at the next look', async () => {
    await approveRegister(store, { [HOUSING]: { department: 'housing' } });
    const [one, other] = [await issued(HOUSING), await issued(HOUSING)];
    await end(one.id, NOW + MINUTE);
    await approved.follow();
    clock.moveTo(NOW + MINUTE - 1);
    expect([sources.find(one.key), sources.find(other.key)].map((found) => found !== null)).toEqual([
      true,
      true,
    ]);
    clock.moveTo(NOW + MINUTE);
    expect(sources.find(one.key)).toBeNull();
    await end(other.id, clock.now());
    expect(sources.find(other.key)).not.toBeNull();
    await approved.follow();
    expect(sources.find(other.key)).toBeNull();
    // What has an end keeps it: nothing makes a key good again.
    expect(await end(other.id, clock.now() + MINUTE)).toBe(false);
  });

  it('note that a key was used, once a minute, and never with the request', async () => {
    await approveRegister(store, { [HOUSING]: { department: 'housing' } });
    const { key } = await issued(HOUSING);
    await approved.follow();
    sources.find(key);
    expect(await lastUsedAt()).toBeNull();
    await approved.follow();
    expect(await lastUsedAt()).toBe(NOW);
    clock.moveTo(NOW + MINUTE - 1);
    sources.find(key);
    await approved.follow();
    expect(await lastUsedAt()).toBe(NOW);
    clock.moveTo(NOW + MINUTE);
    sources.find(key);
    // An orderly stop notes what is still to be noted.
    await approved.stop();
    expect(await lastUsedAt()).toBe(NOW + MINUTE);
  });

  it('stay what they were where the store does not answer, and the log says so once', async () => {
    await approveRegister(store, { [HOUSING]: { department: 'housing' } });
    const { key } = await issued(HOUSING);
    await approved.follow();
    await store.close();
    await approved.follow();
    await approved.follow();
    expect(sources.find(key)).toEqual({ name: HOUSING, department: 'housing' });
    expect(lines.filter((line) => line.includes('what was known last stays'))).toHaveLength(1);
    expect(lines.join('\n')).not.toContain(key);
  });

  it('stay what they were where this software cannot read the register, and are followed again when it can', async () => {
    await approveRegister(store, { [HOUSING]: { department: 'housing' } });
    const [{ key }, other] = [await issued(HOUSING), await issued(HOUSING)];
    await approved.follow();
    await approveRegister(store, { [HOUSING]: { department: 'housing', ofLater: true } });
    await end(other.id, NOW);
    await approved.follow();
    expect(sources.find(key)).toEqual({ name: HOUSING, department: 'housing' });
    expect(sources.find(other.key)).toBeNull();
    await approveRegister(store, { [HOUSING]: { department: 'planning' } });
    await approved.follow();
    expect(sources.find(key)).toEqual({ name: HOUSING, department: 'planning' });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toContain('followed again');
  });

  it('are needed at the first start: nobody is let in by a process that never could read them', async () => {
    await store.close();
    await expect(approved.start()).rejects.toThrow();
  });

  it('are what the last process knew where one starts while the store is away, and followed once it is back', async () => {
    await approveRegister(store, { [HOUSING]: { department: 'housing', contact: '李工 0710-1234567' } });
    const [{ key }, other] = [await issued(HOUSING), await issued(HOUSING)];
    await end(other.id, NOW + MINUTE);
    const ofFile = file.addSource(MARKET, 'market');
    await approved.follow();
    const kept = readFileSync(memoryFile(), 'utf8');
    expect([kept.includes(key), kept.includes('李工'), statSync(memoryFile()).mode & 0o777]).toEqual([
      ...[false, false, 0o600],
    ]);
    let isAway = true;
    const next = followed(() =>
      isAway ? Promise.reject(new Error('the server is away')) : Promise.resolve(store),
    );
    sources = new JoinedSources(file, next);
    await next.start();
    expect(sources.find(key)).toEqual({ name: HOUSING, department: 'housing' });
    expect(sources.find(ofFile)).toEqual({ unregistered: MARKET });
    clock.moveTo(NOW + MINUTE);
    expect(sources.find(other.key)).toBeNull();
    await approveRegister(store, { [HOUSING]: { department: 'planning' } });
    isAway = false;
    await next.follow();
    await next.follow();
    expect(sources.find(key)).toEqual({ name: HOUSING, department: 'planning' });
    await next.stop();
    expect(lines.map((line) => (JSON.parse(line) as { msg: string }).msg)).toEqual([
      'The register of sources and their keys could not be read; what was known last stays.',
      'The register of sources is followed again.',
    ]);
  });

  it('are let in by nothing that a damaged memory says', async () => {
    writeFileSync(memoryFile(), '{"departments":null');
    await store.close();
    await expect(approved.start()).rejects.toThrow();
  });
});
