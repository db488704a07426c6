import { setTimeout as pause } from 'node:timers/promises';
import { NOTICES } from '../../../../libs/rules/src/calendar/notice/testing/notices';
import { withPromise } from '../drafts/testing/administrators';
import { serveSite, type Browser, type ServedSite } from '../testing/served-site';
import { accepted, at, event } from '../testing/site';

/** A draft as the API shows it, as far as these specs go on with it. */
interface Draft {
  id: number;
  version: number;
  yaml: string;
  document: Record<string, unknown>;
}

describe('drafts of rules over HTTP', () => {
  let served: ServedSite;
  let author: Browser;
  let second: Browser;
  let inspector: Browser;

  beforeAll(async () => {
    served = await serveSite('2026-09-14T10:00:05');
    const { site, monitor } = served;
    for (let i = 0; i < 500 && !monitor.isReady; i++) await pause(10);
    await site.send(
      accepted('C-1', '2026-09-14T10:00'),
      accepted('C-2', '2026-09-14T10:00'),
      event('case.decided', 'C-2', '2026-09-18T10:00', { result: 'granted' }),
    );
    await monitor.intake.drain();
    site.clock.moveTo(at('2026-09-21T09:00'));
    for (const name of ['author', 'second']) await served.addUser(name, ['administrator']);
    await served.addUser('ins', ['inspector']);
    author = await served.signedIn('author');
    second = await served.signedIn('second');
    inspector = await served.signedIn('ins');
  });
  afterAll(() => served.close());

  const begun = async (body: object = { kind: 'ruleset' }): Promise<Draft> => {
    const { status, body: answer } = await author.ask('POST', '/v1/drafts', body);
    expect(status).toBe(201);
    return answer.draft as Draft;
  };
  const saved = async (draft: Draft, promise: string): Promise<Draft> => {
    const document = withPromise(draft.document, promise);
    const answer = await author.ask(
      'PUT',
      `/v1/drafts/${draft.id}`,
      { document },
      { 'if-match': `"${draft.version}"` },
    );
    expect(answer.status).toBe(200);
    return answer.body.draft as Draft;
  };

  it('begin as a copy of what is newest, under a version of their own', async () => {
    const draft = await begun({ kind: 'ruleset', title: '提速' });
    expect(draft).toMatchObject({
      state: 'editing',
      title: '提速',
      base: { version: '1', inForceFrom: '2020-01-01' },
      isBaseCurrent: true,
      documentVersion: '2',
      inForceFrom: '2026-09-21',
      can: ['edit', 'discard', 'impact', 'submit'],
      // What keeps it from being submitted is said before anybody tries.
      changes: 0,
    });
    expect(draft.yaml).toContain('promise: 7wd');
    const { body } = await inspector.ask('GET', '/v1/drafts');
    expect(body.drafts[0]).toMatchObject({ id: draft.id, can: [] });
    expect(body.drafts[0]).not.toHaveProperty('document');
  });

  it('are saved by who says which version they changed', async () => {
    const draft = await begun();
    const path = `/v1/drafts/${draft.id}`;
    expect((await author.ask('PUT', path, { document: draft.document })).status).toBe(428);
    const next = await saved(draft, '3wd');
    const late = await second.ask('PUT', path, { yaml: draft.yaml }, { 'if-match': `"${draft.version}"` });
    expect(late.status).toBe(412);
    expect(late.body).toMatchObject({
      code: 'edited-since',
      version: next.version,
      editedBy: { name: 'author' },
      message: expect.stringContaining('author 已于') as string,
    });
    const unreadable = await author.ask('PUT', path, { yaml: 'a: [' }, { 'if-match': `"${next.version}"` });
    expect(unreadable).toMatchObject({ status: 400, body: { code: 'unreadable' } });
    expect((await inspector.ask('PUT', path, { yaml: 'a: 1' }, { 'if-match': '"1"' })).status).toBe(403);
  });

  it('take no document that nothing could walk over, and any name for a member', async () => {
    const draft = await begun();
    const path = `/v1/drafts/${draft.id}`;
    const match = { 'if-match': `"${draft.version}"` };
    const deep = `{"document":{"items":${'['.repeat(500)}${']'.repeat(500)}}}`;
    const asked = await author.ask('PUT', path, JSON.parse(deep), match);
    expect(asked).toMatchObject({ status: 400, body: { code: 'unreadable' } });
    const yaml = await author.ask('PUT', path, { yaml: `items: ${'['.repeat(50)}${']'.repeat(50)}` }, match);
    expect(yaml).toMatchObject({ status: 400, body: { code: 'unreadable' } });
    const document = { constructor: { toString: 1 }, items: 'none', inForceFrom: 'x'.repeat(3_000) };
    expect((await author.ask('PUT', path, { document }, match)).status).toBe(200);
    const { body } = await author.ask('GET', `${path}/diff`);
    expect(body.fields).toContainEqual(
      expect.objectContaining({ path: ['constructor'], field: 'constructor', after: 'toString：1' }),
    );
    const early = { type: 'submit', version: draft.version + 1, reason: '?', inForceFrom: '2026-09-21' };
    expect((await author.ask('POST', `${path}/acts`, early)).body.code).toBe('has-errors');
  });

  it('are nothing for who is limited to a district', async () => {
    await served.addUser('east', ['inspector'], null, 'east');
    const { status, body } = await (await served.signedIn('east')).ask('GET', '/v1/drafts');
    expect({ status, code: body.code as string }).toEqual({ status: 403, code: 'whole-site-only' });
  });

  it('show what they change, in Chinese and as text', async () => {
    const draft = await saved(await begun(), '3wd');
    const { body } = await inspector.ask('GET', `/v1/drafts/${draft.id}/diff`);
    expect(body.fields).toContainEqual({
      path: ['items', 'A0101', 'promise'],
      field: '事项 建设工程规划许可证核发（A0101） › 承诺时限',
      kind: 'changed',
      isGiven: false,
      before: '7 个工作日',
      after: '3 个工作日',
    });
    expect(body.fields).toContainEqual(expect.objectContaining({ path: ['version'], isGiven: true }));
    expect(body.yaml).toContainEqual({ kind: 'removed', text: '    promise: 7wd' });
    expect(body.yaml).toContainEqual({ kind: 'added', text: '    promise: 3wd' });
  });

  it('are tested against the cases of the last days, and nobody is told', async () => {
    const draft = await saved(await begun(), '3wd');
    const path = `/v1/drafts/${draft.id}/impact`;
    expect((await author.ask('POST', path, { days: 30 })).status).toBe(202);
    await served.monitor.drafts.impacts.settled();
    const { body } = await inspector.ask('GET', path);
    expect(body.impact).toMatchObject({
      state: 'done',
      isStale: false,
      done: 2,
      total: 2,
      since: '2026-08-22',
      until: '2026-09-21',
      result: { cases: 2, changed: 2, red: { before: 0, after: 2 } },
    });
    expect(body.impact.result.byDepartment).toEqual([
      expect.objectContaining({ code: 'housing', name: '住房和城乡建设局', changed: 2 }),
    ]);
    expect(body.impact.result.mostAffected[0]).toMatchObject({
      caseNo: 'C-1',
      before: 'green',
      after: 'red',
      itemName: '建设工程规划许可证核发',
    });
    expect(body.impact.result.mostAffected[0].afterLights).toContainEqual(
      expect.objectContaining({ clockName: '承诺时限' }),
    );
    const [row] = await served.site.store.query<{ n: number }>('SELECT COUNT(*) AS n FROM notice');
    expect(row?.n).toBe(0);
    await saved({ ...draft }, '4wd');
    expect((await inspector.ask('GET', path)).body.impact.isStale).toBe(true);
  });

  it('end their test when it is cancelled', async () => {
    const draft = await saved(await begun(), '3wd');
    const path = `/v1/drafts/${draft.id}/impact`;
    await author.ask('POST', path, {});
    expect((await author.ask('DELETE', path)).status).toBe(200);
    await served.monitor.drafts.impacts.settled();
    expect(['cancelled', 'done']).toContain((await author.ask('GET', path)).body.impact.state);
    expect((await author.ask('POST', path, {})).status).toBe(202);
    await served.monitor.drafts.impacts.settled();
    expect((await author.ask('GET', path)).body.impact.state).toBe('done');
  });

  it('put the days of a pasted notice into the calendar', async () => {
    const { text } = NOTICES.find(({ year }) => year === 2026)!;
    const notice = { text, knownSince: '2025-11-04' };
    const draft = await begun({ kind: 'calendar', notice });
    expect(draft).toMatchObject({ title: '2026 年放假安排', documentId: 'office', inForceFrom: null });
    expect(draft.document.days).toContainEqual(expect.objectContaining({ date: '2026-10-01', off: true }));
    const submit = { type: 'submit', version: draft.version, reason: '国办发明电' };
    const submitted = (await author.ask('POST', `/v1/drafts/${draft.id}/acts`, submit)).body.draft;
    const approve = { type: 'approve', version: submitted.version };
    expect((await second.ask('POST', `/v1/drafts/${draft.id}/acts`, approve)).body.draft.state).toBe(
      'approved',
    );
    await served.monitor.followRules();
    const { body } = await inspector.ask('GET', '/v1/calendar?year=2026');
    expect(body.workingDays).toBe(248);
    const bad = { ...notice, text: text.replace('10月1日（周四）', '10月1日（周五）') };
    const refused = await author.ask('POST', '/v1/drafts', { kind: 'calendar', notice: bad });
    expect(refused).toMatchObject({ status: 422, body: { code: 'unreadable-notice' } });
  });

  it('give their items to Excel and take them back, cell by cell', async () => {
    const draft = await begun();
    const path = `/v1/drafts/${draft.id}`;
    const file = await fetch(`${served.url}${path}/items.xlsx`, { headers: { cookie: author.cookie } });
    expect(file.headers.get('content-disposition')).toContain('attachment');
    const content = Buffer.from(await file.arrayBuffer()).toString('base64');
    const imported = await author.ask('POST', `${path}/import`, {
      format: 'xlsx',
      version: draft.version,
      content,
    });
    expect(imported.body.imported).toEqual({ added: 0, changed: 0, untouched: 0 });
    expect(imported.body.draft.document).toEqual(draft.document);
    const noWorkbook = { format: 'xlsx', version: draft.version + 1, content: 'aGVsbG8=' };
    const refused = await author.ask('POST', `${path}/import`, noWorkbook);
    expect(refused).toMatchObject({ status: 422, body: { code: 'bad-import' } });
  });

  it('are approved by a second person alone, and then in force with who approved them', async () => {
    const draft = await saved(await begun(), '3wd');
    const path = `/v1/drafts/${draft.id}/acts`;
    const submit = { type: 'submit', version: draft.version, reason: '提速', inForceFrom: '2026-09-21' };
    const submitted = (await author.ask('POST', path, submit)).body.draft;
    expect(submitted).toMatchObject({ state: 'submitted', can: ['impact', 'recall'] });
    const waiting = async (who: Browser): Promise<unknown> =>
      (await who.ask('GET', '/v1/overview')).body.drafts as unknown;
    expect(await waiting(second)).toMatchObject({ toDecide: { count: 1, only: draft.id } });
    expect(await waiting(author)).toMatchObject({ toDecide: { count: 0, only: null } });
    expect(await waiting(inspector)).toBeNull();
    const approve = { type: 'approve', version: submitted.version };
    expect(await author.ask('POST', path, approve)).toMatchObject({
      status: 403,
      body: { code: 'own-draft' },
    });
    expect((await inspector.ask('POST', path, approve)).status).toBe(403);
    expect((await second.ask('GET', `/v1/drafts/${draft.id}`)).body.draft.can).toContain('approve');
    expect((await second.ask('POST', path, approve)).body.draft).toMatchObject({ state: 'approved' });
    await served.monitor.followRules();
    const { body } = await inspector.ask('GET', '/v1/rules');
    expect(body.items[0].promise).toBe('3wd');
    const { versions } = (await inspector.ask('GET', '/v1/rule-versions')).body;
    expect(versions).toContainEqual(
      expect.objectContaining({
        kind: 'ruleset',
        version: '2',
        standing: 'in-force',
        origin: 'approved',
        draftId: draft.id,
        approvedBy: expect.objectContaining({ name: 'second' }) as object,
        reason: '提速',
      }),
    );
    expect(versions).toContainEqual(
      expect.objectContaining({ kind: 'ruleset', version: '1', standing: 'past', origin: 'file' }),
    );
    const file = await inspector.ask('GET', '/v1/rule-versions/document.yaml?kind=ruleset&id=test&version=2');
    expect(file.text).toContain('promise: 3wd');
  });
});
