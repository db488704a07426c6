import { join } from 'node:path';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createLogger, openRegistry } from '@mingjian/runtime';
import type { Registry } from 'prom-client';
import { CollectorModule } from '../../../collector/src';
import { ApprovedSources } from '../../../collector/src/source/approved-sources';
import { FileSourceRegistry } from '../../../collector/src/source/file-source-registry';
import { JoinedSources } from '../../../collector/src/source/joined-sources';
import { SourceMemory } from '../../../collector/src/source/source-memory';
import { serveSite, type Browser, type ServedSite } from '../../../monitor/src/testing/served-site';
import { ledgerRowsOf } from '../../../monitor/src/drafts/testing/ledger-rows';

/* What this spec guarantees: the whole life of a key, from the draft of the register to its removal, as a monitor and a collector on one
   store have it; and that no key stands anywhere but in the one answer that issues it. */

const HOUSING = 'urn:dept:420684:housing';
const MARKET = 'urn:dept:420684:market';
const HOUR = 3_600_000;

describe('keys of sources', () => {
  let served: ServedSite;
  let collector: NestFastifyApplication;
  let registry: Registry;
  let approved: ApprovedSources;
  let file: FileSourceRegistry;
  let author: Browser;
  let second: Browser;
  const collectorLog: string[] = [];
  /** Every key that was ever issued here. */
  const keys: string[] = [];

  beforeAll(async () => {
    served = await serveSite('2026-09-14T10:00:05');
    const { site } = served;
    registry = openRegistry();
    const sink = { write: (line: string) => collectorLog.push(line) };
    const logger = createLogger({ level: 'debug', json: true, sink });
    const memory = new SourceMemory(join(site.dir, 'sources-known.json'));
    approved = new ApprovedSources(() => Promise.resolve(site.store), memory, site.clock, logger);
    file = new FileSourceRegistry(join(site.dir, 'sources.json'), logger, site.clock);
    const settings = { bodyLimitBytes: 100_000, futureToleranceSeconds: 300, intakeBatch: 10 };
    const { log, clock } = site;
    const sources = new JoinedSources(file, approved);
    const testing = await Test.createTestingModule({
      imports: [CollectorModule.register({ log, clock, sources, registry, logger, settings })],
    }).compile();
    collector = testing.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
    await collector.init();
    await collector.getHttpAdapter().getInstance().ready();
    for (const name of ['author', 'second']) await served.addUser(name, ['administrator']);
    await served.addUser('aud', ['auditor']);
    await signIn();
  });
  const signIn = async () => {
    author = await served.signedIn('author');
    second = await served.signedIn('second');
  };
  afterAll(async () => {
    await collector.close();
    await served.close();
  });

  const event = (source: string, id: string) => ({
    ...{ specversion: '1.0', id, source, type: 'case.accepted', subject: id },
    ...{ time: '2026-09-14T10:00:00+08:00', data: { item: 'A0101', department: 'housing' } },
  });
  const post = async (url: string, key: string, payload: object) => {
    const reply = await collector.inject({
      ...{ method: 'POST', url, headers: { authorization: `Bearer ${key}` }, payload },
    });
    return { status: reply.statusCode, text: reply.payload };
  };
  const send = async (key: string, source = HOUSING) =>
    (await post('/v1/step-events', key, event(source, `C-${source}-${key.slice(3, 9)}`))).status;
  const approveRegister = async (senders: object) => {
    const begun = (await author.ask('POST', '/v1/drafts', { kind: 'sources' })).body.draft;
    const document = { ...begun.document, senders };
    const match = { 'if-match': `"${begun.version}"` };
    const saved = (await author.ask('PUT', `/v1/drafts/${begun.id}`, { document }, match)).body.draft;
    const acts = `/v1/drafts/${begun.id}/acts`;
    const submit = { type: 'submit', version: saved.version, reason: '调整' };
    const { version } = (await author.ask('POST', acts, submit)).body.draft;
    expect((await second.ask('POST', acts, { type: 'approve', version })).status).toBe(200);
    return begun.id as number;
  };
  const issue = async (source: string, keepFormerHours = 0): Promise<string> => {
    const answer = await author.ask('POST', '/v1/sources/keys', { source, keepFormerHours, reason: '换发' });
    expect(answer.status).toBe(201);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body).toEqual({ source, key: expect.stringMatching(/^mj_[\w-]{43}$/) as string });
    keys.push(answer.body.key as string);
    return answer.body.key as string;
  };
  const register = async () => (await author.ask('GET', '/v1/sources/register')).body;

  it('are issued for registered sources alone', async () => {
    const body = { source: HOUSING, keepFormerHours: 0, reason: '新系统上线' };
    expect(await author.ask('POST', '/v1/sources/keys', body)).toMatchObject({
      ...{ status: 422, body: { code: 'not-registered' } },
    });
    expect(await register()).toEqual({ register: null, senders: [], unregistered: [] });
    const draft = await approveRegister({ [HOUSING]: { department: 'housing', title: '审批系统' } });
    const { version } = (await register()).register as { version: string };
    expect(await register()).toMatchObject({
      register: { id: 'site', version, draft },
      senders: [{ source: HOUSING, department: 'housing', title: '审批系统', contact: null, keys: [] }],
    });
    expect((await author.ask('POST', '/v1/sources/keys', { ...body, source: MARKET })).status).toBe(422);
  });

  it('open every way in, take the place of each other with an overlap, and end', async () => {
    const { clock } = served.site;
    const first = await issue(HOUSING);
    expect(await send(first)).toBe(401);
    await approved.follow();
    expect(await send(first)).toBe(202);
    const next = await issue(HOUSING, 24);
    await approved.follow();
    expect([await send(first), await send(next)]).toEqual([202, 202]);
    const shown = (await register()).senders[0].keys as {
      endsAt: string | null;
      lastUsedAt: string | null;
    }[];
    expect(shown).toMatchObject([
      {
        issuedBy: 'author',
        endsAt: '2026-09-15T10:00:05.000+08:00',
        lastUsedAt: '2026-09-14T10:00:05.000+08:00',
      },
      { issuedBy: 'author', endsAt: null },
    ]);
    clock.moveTo(clock.now() + 24 * HOUR);
    await signIn();
    expect([await send(first), await send(next)]).toEqual([401, 202]);
    // One that leaked: the new one keeps none beside it.
    const third = await issue(HOUSING);
    await approved.follow();
    expect([await send(next), await send(third)]).toEqual([401, 202]);
  });

  it('end at once where somebody ends them, once', async () => {
    const key = await issue(HOUSING);
    await approved.follow();
    expect(await send(key)).toBe(202);
    const { id } = (await register()).senders[0].keys[0] as { id: number };
    const ended = () => author.ask('POST', `/v1/sources/keys/${id}/end`, { reason: '密钥外泄' });
    expect(await ended()).toMatchObject({ status: 200, body: { id, source: HOUSING } });
    await approved.follow();
    expect(await send(key)).toBe(401);
    expect(await ended()).toMatchObject({ status: 409, body: { code: 'already-ended' } });
    expect((await register()).senders[0].keys).toEqual([]);
  });

  it('open nothing for a source that the register names no more, in whatever way, wherever the key stands', async () => {
    const [inStore, inFile] = [await issue(HOUSING), file.addSource(MARKET, 'market')];
    await approved.follow();
    expect([await send(inStore), await send(inFile, MARKET)]).toEqual([202, 403]);
    await approveRegister({ [MARKET]: { department: 'market' } });
    await approved.follow();
    expect([await send(inStore), await send(inFile, MARKET)]).toEqual([403, 202]);
    for (const way of ['/v1/step-events', '/v1/heartbeats', '/v1/complaint-events']) {
      const { status, text } = await post(way, inStore, event(HOUSING, 'C-1'));
      expect({ way, status }).toEqual({ way, status: 403 });
      expect(text).toContain('来源登记');
      expect(text).not.toContain(inStore);
    }
    const counted = `mingjian_events_total{source="${HOUSING}",feed="http",result="refused"} 4`;
    expect(await registry.metrics()).toContain(counted);
    // It can still be ended.
    const left = (await register()).unregistered as { source: string; keys: object[] }[];
    expect(left).toMatchObject([{ source: HOUSING, keys: [{ endsAt: null }] }]);
    keys.push(inFile);
  });

  it('belong to a register that administrators and auditors alone read, also as a draft: whom to ask stands in it', async () => {
    const contact = '李工 0710-1234567';
    const id = await approveRegister({ [MARKET]: { department: 'market', contact } });
    await served.addUser('ins', ['inspector']);
    const [inspector, auditor] = [await served.signedIn('ins'), await served.signedIn('aud')];
    for (const path of [`/${id}`, `/${id}/diff`, `/${id}/document.yaml`]) {
      const refused = await inspector.ask('GET', `/v1/drafts${path}`);
      expect(refused).toMatchObject({ status: 403, body: { code: 'not-yours' } });
      expect(refused.text).not.toContain('0710');
      expect((await auditor.ask('GET', `/v1/drafts${path}`)).status).toBe(200);
    }
    expect((await inspector.ask('GET', '/v1/drafts')).text).not.toContain('"sources"');
    expect((await inspector.ask('GET', '/v1/rule-versions')).text).not.toContain('"sources"');
    expect((await auditor.ask('GET', '/v1/sources/register')).body.senders).toMatchObject([{ contact }]);
    expect(served.site.logged.join('\n')).not.toContain('0710');
  });

  it('are for administrators of the whole site; auditors read of them', async () => {
    await served.addUser('limited', ['administrator'], null, 'east');
    const limited = await served.signedIn('limited');
    for (const [method, path, body] of [
      ['GET', '/v1/sources/register', undefined],
      ['POST', '/v1/sources/keys', { source: MARKET, reason: '试' }],
      ['POST', '/v1/sources/keys/1/end', { reason: '试' }],
    ] as const)
      expect(await limited.ask(method, path, body)).toMatchObject({
        ...{ status: 403, body: { code: 'whole-site-only' } },
      });
    const auditor = await served.signedIn('aud');
    expect((await auditor.ask('GET', '/v1/sources/register')).status).toBe(200);
    expect((await auditor.ask('POST', '/v1/sources/keys', { source: MARKET, reason: '试' })).status).toBe(
      403,
    );
    expect((await auditor.ask('POST', '/v1/sources/keys/1/end', { reason: '试' })).status).toBe(403);
  });

  it('stand in no ledger, log, draft, table or answer: only their hashes are kept', async () => {
    const pasted = { source: MARKET, reason: `旧密钥 ${keys[0]} 已泄露` };
    expect(await author.ask('POST', '/v1/sources/keys', pasted)).toMatchObject({
      ...{ status: 422, body: { code: 'holds-secret' } },
    });
    const { site } = served;
    const ledger = await ledgerRowsOf(site.store, 'identity');
    expect(ledger.filter(({ kind }) => kind.startsWith('source.')).map(({ kind }) => kind)).toEqual([
      ...Array.from({ length: 4 }, () => 'source.key-issued'),
      ...['source.key-ended', 'source.key-issued'],
    ]);
    const rows = [];
    for (const { name } of await site.store.query<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table'",
    ))
      rows.push(...(await site.store.query<object>(`SELECT * FROM ${name}`)));
    const kept = JSON.stringify(rows);
    expect(kept).toContain('source.key-issued');
    const told = [
      ...[kept, ...site.logged, ...collectorLog, (await author.ask('GET', '/v1/sources/register')).text],
      ...[
        (await author.ask('GET', '/v1/drafts')).text,
        (await author.ask('GET', '/v1/ledger/entries?subject=x')).text,
      ],
    ].join('\n');
    expect(keys.length).toBeGreaterThan(4);
    expect(keys.filter((key) => told.includes(key))).toEqual([]);
  });
});
