import { setTimeout as pause } from 'node:timers/promises';
import { writtenDigest } from '@mingjian/store';
import { EXCHANGE_VIEW, quarantineRows, SOURCE, tellMapping, viewRow } from '../drafts/testing/told-mappings';
import { serveSite, type Browser, type ServedSite } from '../testing/served-site';

/** A draft as the API shows it, as far as these specs go on with it. */
interface Draft {
  id: number;
  version: number;
  document: Record<string, unknown>;
}

/* What this spec guarantees: mappings are listed and drafted over HTTP by who may, and what is pasted to try one is kept nowhere. */
describe('drafts of mappings over HTTP', () => {
  let served: ServedSite;
  let author: Browser;
  let second: Browser;
  let auditor: Browser;
  beforeAll(async () => {
    served = await serveSite('2026-09-14T10:00:05');
    for (let i = 0; i < 500 && !served.monitor.isReady; i++) await pause(10);
    await tellMapping(served.site.store, EXCHANGE_VIEW);
    for (const name of ['author', 'second']) await served.addUser(name, ['administrator']);
    await served.addUser('aud', ['auditor']);
    author = await served.signedIn('author');
    second = await served.signedIn('second');
    auditor = await served.signedIn('aud');
  });
  afterAll(() => served.close());

  const begun = async (): Promise<Draft> => {
    const body = { kind: 'mapping', mapping: 'exchange-view' };
    return (await author.ask('POST', '/v1/drafts', body)).body.draft as Draft;
  };
  const saved = async (draft: Draft): Promise<Draft> => {
    const document = {
      ...draft.document,
      tables: { outcomes: { 1: 'granted', 2: 'refused', 3: 'withdrawn' } },
    };
    const match = { 'if-match': `"${draft.version}"` };
    return (await author.ask('PUT', `/v1/drafts/${draft.id}`, { document }, match)).body.draft as Draft;
  };
  const mappings = async (browser: Browser) =>
    (await browser.ask('GET', '/v1/mappings')).body.mappings as object[];

  it('name their mapping', async () => {
    expect((await author.ask('POST', '/v1/drafts', { kind: 'mapping' })).status).toBe(400);
    const { body } = await author.ask('GET', `/v1/drafts/${(await begun()).id}`);
    expect(body.draft).toMatchObject({ kind: 'mapping', documentId: 'exchange-view', inForceFrom: null });
  });

  it('are for administrators and auditors; operators see which feed reads with which', async () => {
    const { id } = await begun();
    await served.addUser('ins', ['inspector']);
    await served.addUser('ops', ['operator']);
    const [inspector, operator] = [await served.signedIn('ins'), await served.signedIn('ops')];
    expect(await inspector.ask('GET', `/v1/drafts/${id}`)).toMatchObject({
      status: 403,
      body: { code: 'not-yours' },
    });
    expect((await inspector.ask('GET', '/v1/mappings')).status).toBe(403);
    expect((await auditor.ask('GET', `/v1/drafts/${id}`)).status).toBe(200);
    expect(await mappings(operator)).toEqual([
      {
        ...{ name: 'exchange-view', source: SOURCE, origin: 'file', version: '1', draft: null },
        feeds: [{ feed: 'housing-view', kind: 'table', toldAt: '2026-09-13T18:00:00.000+08:00' }],
        ...{ approved: null, pending: false },
      },
    ]);
  });

  it('are nothing for who is limited to a district', async () => {
    await served.addUser('east', ['administrator'], null, 'east');
    const east = await served.signedIn('east');
    const trial = { text: 'a', format: 'csv' };
    for (const [method, path, body] of [
      ['GET', '/v1/mappings', undefined],
      ['POST', `/v1/drafts/${(await begun()).id}/trial`, trial],
    ] as const)
      expect(await east.ask(method, path, body)).toMatchObject({
        status: 403,
        body: { code: 'whole-site-only' },
      });
  });

  it('are tried by administrators with pasted records, of which nothing is kept, logged or answered to a cache', async () => {
    const draft = await saved(await begun());
    const path = `/v1/drafts/${draft.id}/trial`;
    const row = viewRow('PASTED-SECRET-1', { BJJGDM: '3', BLRGH: '张伟芳' });
    const answer = await author.ask('POST', path, { text: JSON.stringify([row]), format: 'json' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.body.sum).toMatchObject({ records: 1, changed: 1 });
    expect(answer.body.records[0]).toMatchObject({
      place: '1',
      now: { problem: { reason: 'unmappable', field: 'BJJGDM', got: '"3"' } },
      draft: {
        events: [{ type: 'case.accepted', subject: 'PASTED-SECRET-1' }, { data: { result: 'withdrawn' } }],
      },
    });
    expect((await auditor.ask('POST', path, { text: 'a', format: 'csv' })).status).toBe(403);
    const said = served.site.logged.filter((line) => line.includes('was tried with pasted records'));
    expect(said.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({ draft: draft.id, format: 'json', records: 1 }),
    ]);
    expect(served.site.logged.join('')).not.toMatch(/PASTED-SECRET|张伟芳/);
    const tables = await served.site.store.query<{ name: string }>(
      "SELECT name FROM sqlite_master WHERE type = 'table'",
    );
    for (const { name } of tables) {
      const rows = await served.site.store.query<object>(`SELECT * FROM "${name}"`);
      expect([name, JSON.stringify(rows).includes('PASTED-SECRET')]).toEqual([name, false]);
    }
  });

  it('refuse to be tried with too much, with nothing of theirs, and in the place of another kind', async () => {
    const { id } = await begun();
    const asked = (text: string, format = 'csv', draft = id) =>
      author.ask('POST', `/v1/drafts/${draft}/trial`, { text, format });
    expect(await asked('办'.repeat(100_000))).toMatchObject({ status: 413, body: { code: 'too-large' } });
    expect(await asked('a,b\n1,2')).toMatchObject({
      ...{ status: 422 },
      body: {
        code: 'unreadable-records',
        problems: expect.arrayContaining([expect.objectContaining({ field: 'YWLSH' })]) as unknown,
      },
    });
    expect((await asked('PASTED', 'xlsx')).status).toBe(400);
    expect((await asked('a', 'csv', 999)).status).toBe(404);
    const ruleset = (await author.ask('POST', '/v1/drafts', { kind: 'ruleset' })).body.draft as Draft;
    expect(await asked('a', 'csv', ruleset.id)).toMatchObject({ status: 422, body: { code: 'no-trial' } });
  });

  it('show what they make of the records in quarantine, without what the records say', async () => {
    const raw = JSON.stringify(viewRow('HELD-SECRET-1', { BJJGDM: '3' }));
    await quarantineRows(served.site.store, [{ raw }]);
    const draft = await saved(await begun());
    expect((await author.ask('POST', `/v1/drafts/${draft.id}/impact`, { days: 30 })).status).toBe(202);
    await served.monitor.drafts.impacts.settled();
    const { body, text } = await auditor.ask('GET', `/v1/drafts/${draft.id}/impact`);
    expect(body.impact).toMatchObject({
      ...{ state: 'done', isStale: false, total: 1 },
      result: {
        ...{ records: 1, newlyAccepted: 1, newlyRefused: 0 },
        examples: [
          {
            receivedAt: '2026-09-13T16:00:00.000+08:00',
            after: { events: ['case.accepted', 'case.decided'] },
          },
        ],
      },
    });
    expect(text).not.toContain('HELD-SECRET');
  });

  it('are approved by a second person, and wait until the collectors say that they read with them', async () => {
    const draft = await saved(await begun());
    const path = `/v1/drafts/${draft.id}/acts`;
    const dated = { type: 'submit', version: draft.version, reason: '增加代码', inForceFrom: '2026-10-01' };
    expect(await author.ask('POST', path, dated)).toMatchObject({ status: 422, body: { code: 'no-date' } });
    const submit = { type: 'submit', version: draft.version, reason: '增加代码' };
    const submitted = (await author.ask('POST', path, submit)).body.draft as Draft;
    const approve = { type: 'approve', version: submitted.version };
    expect(await author.ask('POST', path, approve)).toMatchObject({ body: { code: 'own-draft' } });
    const approved = (await second.ask('POST', path, approve)).body.draft as Draft;
    expect(approved).toMatchObject({ state: 'approved', standing: 'in-force' });
    const inUse = { draft: draft.id, version: '2' };
    expect(await mappings(auditor)).toMatchObject([
      { origin: 'approved', approved: inUse, pending: true, version: '2' },
    ]);
    await tellMapping(served.site.store, approved.document, {
      ...{ origin: 'approved', draftId: draft.id, digest: writtenDigest(approved.document) },
    });
    expect(await mappings(auditor)).toMatchObject([{ approved: inUse, pending: false }]);
    const file = '/v1/rule-versions/document.yaml?kind=mapping&id=exchange-view&version=2';
    expect((await auditor.ask('GET', file)).text).toContain('withdrawn');
    const { versions } = (await auditor.ask('GET', '/v1/rule-versions')).body;
    expect(versions).toContainEqual(
      expect.objectContaining({
        kind: 'mapping',
        documentId: 'exchange-view',
        standing: 'in-force',
        draftId: draft.id,
      }),
    );
  });
});
