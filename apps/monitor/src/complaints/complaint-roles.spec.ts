import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { serveSite, type Browser, type ServedSite } from '../testing/served-site';

/* What this spec guarantees, role by role over HTTP: who complained, in whose words and how it came in reaches nobody but
   inspectors; a department sees only what was handed to it; accusations are seen by inspectors alone. 信访工作条例 Art. 30, 40 */

const SECRETS = ['张三丰', '13800138000', '我叫张三丰', 'W-2026-0917'];
const BODY = {
  policy: 'complaint',
  channel: '12345',
  externalNo: 'W-2026-0917',
  kind: 'attitude',
  department: 'housing',
  title: '窗口态度恶劣',
  request: '请核查窗口服务态度。',
  content: '我叫张三丰，九月十五日到窗口办事。',
  complainant: { name: '张三丰', phone: '13800138000' },
};

describe('who sees what of a complaint', () => {
  let served: ServedSite;
  const as: Record<string, Browser> = {};
  beforeAll(async () => {
    served = await serveSite('2026-09-16T10:00');
    await served.addUser('inspector', ['inspector']);
    await served.addUser('auditor', ['auditor']);
    await served.addUser('admin2', ['administrator']);
    await served.addUser('housing', ['department-head'], 'housing');
    await served.addUser('market', ['post'], 'market');
    for (const name of ['inspector', 'auditor', 'admin2', 'housing', 'market'])
      as[name] = await served.signedIn(name);
  }, 60_000);
  afterAll(() => served.close());

  const register = async (more: object = {}): Promise<number> => {
    const { status, body } = await as.inspector!.ask('POST', '/v1/complaints', { ...BODY, ...more });
    expect(status).toBe(201);
    return (body.complaint as { id: number }).id;
  };
  const act = async (who: string, id: number, what: object) => {
    const { body } = await as.inspector!.ask('GET', `/v1/complaints/${id}`);
    const { version } = body.complaint as { version: number };
    return as[who]!.ask('POST', `/v1/complaints/${id}/acts`, { version, act: what });
  };
  const expectNothingOfTheComplainant = (text: string): void => {
    for (const secret of SECRETS) expect(text).not.toContain(secret);
    expect(text).not.toMatch(/"(person|realName|repeatOf|channel|content)"/);
  };

  it('the department complained about sees it once it was handed over, without who complained', async () => {
    const id = await register();
    expect((await as.housing!.ask('GET', `/v1/complaints/${id}`)).status).toBe(404);
    expect((await as.housing!.ask('GET', '/v1/complaints')).body.complaints).toEqual([]);
    await act('inspector', id, { type: 'accepted' });
    await act('inspector', id, { type: 'transferred', department: 'housing' });
    const seen = await as.housing!.ask('GET', `/v1/complaints/${id}`);
    expect(seen.status).toBe(200);
    expect(seen.text).toContain('请核查窗口服务态度');
    expectNothingOfTheComplainant(seen.text);
    expectNothingOfTheComplainant((await as.housing!.ask('GET', '/v1/complaints')).text);
    expect((await as.market!.ask('GET', `/v1/complaints/${id}`)).status).toBe(404);
    expect((await act('market', id, { type: 'replied', text: '代为答复' })).status).toBe(404);
    const replied = await act('housing', id, { type: 'replied', text: '已核查并致歉。' });
    expect(replied.status).toBe(200);
    expectNothingOfTheComplainant(replied.text);
    expect((await act('housing', id, { type: 'verified', verdict: 'invalid', reason: '无' })).status).toBe(
      403,
    );
  });

  it('auditors and administrators see its course, and not who complained', async () => {
    const id = await register();
    for (const who of ['auditor', 'admin2'])
      for (const path of [`/v1/complaints/${id}`, '/v1/complaints'])
        expectNothingOfTheComplainant((await as[who]!.ask('GET', path)).text);
  });

  it('an inspector is told who complained when saying why, and that stands in the ledger', async () => {
    const id = await register();
    const path = `/v1/complaints/${id}/complainant`;
    expect((await as.inspector!.ask('POST', path, {})).status).toBe(400);
    const told = await as.inspector!.ask('POST', path, { because: '电话回访' });
    expect(told.body).toEqual({ complainant: { name: '张三丰', phone: '13800138000' } });
    for (const who of ['auditor', 'admin2', 'housing', 'market'])
      expect((await as[who]!.ask('POST', path, { because: '想知道' })).status).toBe(403);
    const entries = await served.site.store.query<{ body: string }>(
      "SELECT body FROM ledger_entry WHERE kind = 'complaint.complainant-read'",
    );
    expect(entries.map(({ body }) => JSON.parse(body) as object)).toEqual([{ because: '电话回访' }]);
  });

  it('an accusation is seen by inspectors alone, and is not handed to the accused', async () => {
    const id = await register({ policy: 'discipline', kind: 'integrity' });
    await act('inspector', id, { type: 'accepted' });
    const handed = await act('inspector', id, { type: 'transferred', department: 'housing' });
    expect(handed).toMatchObject({ status: 422, body: { code: 'accused-handles' } });
    expect((await act('inspector', id, { type: 'transferred', department: 'market' })).status).toBe(200);
    for (const who of ['auditor', 'admin2', 'housing', 'market'])
      expect((await as[who]!.ask('GET', `/v1/complaints/${id}`)).status).toBe(404);
  });

  it('who complained stands in no file in clear, and in no line of the log', () => {
    const files = ['store.db', 'store.db-wal'].map((name) =>
      readFileSync(join(served.site.dir, name), 'latin1'),
    );
    const name = Buffer.from('"name":"张三丰"').toString('latin1');
    for (const text of [...files, ...served.site.logged]) {
      expect(text.includes(name)).toBe(false);
      expect(text.includes('13800138000')).toBe(false);
    }
  });
});
