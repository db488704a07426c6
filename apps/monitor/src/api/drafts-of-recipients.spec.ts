import { setTimeout as pause } from 'node:timers/promises';
import { recipientsText, removeRecipients, writeRecipients } from '../notify/testing/notify-site';
import type { Receiver } from '../notify/testing/receivers';
import { serveSite, type Browser, type ServedSite } from '../testing/served-site';
import { accepted, at } from '../testing/site';

/** Nothing is sent here: the receivers need not be there. */
const NOWHERE = { port: 9 } as Receiver;

/* What this spec guarantees: recipients are drafted over HTTP as rules are, and their addresses are for administrators and auditors. */
/** A draft as the API shows it, as far as these specs go on with it. */
interface Draft {
  id: number;
  version: number;
  yaml: string;
}

describe('drafts of recipients over HTTP', () => {
  let served: ServedSite;
  let file: string;
  let author: Browser;
  let second: Browser;
  beforeAll(async () => {
    file = writeRecipients(recipientsText(NOWHERE, NOWHERE));
    served = await serveSite('2026-09-14T10:00:05', {}, undefined, { recipients: file });
    const { site, monitor } = served;
    for (let i = 0; i < 500 && !monitor.isReady; i++) await pause(10);
    await site.send(accepted('C-1', '2026-09-14T10:00'));
    await monitor.intake.drain();
    site.clock.moveTo(at('2026-09-24T09:00'));
    await monitor.sweep.runOnce(site.clock.now());
    for (const name of ['author', 'second']) await served.addUser(name, ['administrator']);
    await served.addUser('ins', ['inspector']);
    await served.addUser('aud', ['auditor']);
    author = await served.signedIn('author');
    second = await served.signedIn('second');
  });
  afterAll(async () => {
    await served.close();
    removeRecipients(file);
  });

  const begun = async () =>
    (await author.ask('POST', '/v1/drafts', { kind: 'recipients' })).body.draft as Draft;
  const saved = async (draft: Draft) => {
    const yaml = draft.yaml
      .replace('head-1@example.gov.cn', 'new-head@example.gov.cn')
      .replace('李四', '钱七');
    const match = { 'if-match': `"${draft.version}"` };
    return (await author.ask('PUT', `/v1/drafts/${draft.id}`, { yaml }, match)).body.draft as Draft;
  };

  it('are read by administrators and auditors alone: telephone numbers and addresses stand in them', async () => {
    const { id } = await begun();
    const [inspector, auditor] = [await served.signedIn('ins'), await served.signedIn('aud')];
    for (const path of [`/${id}`, `/${id}/diff`, `/${id}/impact`, `/${id}/document.yaml`]) {
      const refused = await inspector.ask('GET', `/v1/drafts${path}`);
      expect(refused).toMatchObject({ status: 403, body: { code: 'not-yours' } });
      expect(refused.text).not.toContain('example.gov.cn');
      expect((await auditor.ask('GET', `/v1/drafts${path}`)).status).toBe(200);
    }
    expect((await inspector.ask('GET', '/v1/drafts')).body.drafts).toEqual([]);
    expect((await auditor.ask('GET', '/v1/drafts?kind=recipients')).body.drafts).toHaveLength(1);
    const kinds = async (browser: Browser) =>
      (await browser.ask('GET', '/v1/rule-versions')).body.versions as { kind: string }[];
    expect((await kinds(inspector)).map(({ kind }) => kind)).not.toContain('recipients');
    expect((await kinds(auditor)).map(({ kind }) => kind)).toContain('recipients');
    const version = '/v1/rule-versions/document.yaml?kind=recipients&id=test&version=1';
    expect((await inspector.ask('GET', version)).status).toBe(404);
    expect((await auditor.ask('GET', version)).text).toContain('head-1@example.gov.cn');
  });

  it('show whom the notices of the last days would have reached, with names, and send nothing', async () => {
    const { id } = await saved(await begun());
    expect((await author.ask('POST', `/v1/drafts/${id}/impact`, { days: 30 })).status).toBe(202);
    await served.monitor.drafts.impacts.settled();
    const { impact } = (await author.ask('GET', `/v1/drafts/${id}/impact`)).body;
    expect(impact).toMatchObject({
      ...{ state: 'done', isStale: false, since: '2026-08-25', done: 2, total: 2 },
      // The same person under the same name in the document: only what he is called differs.
      result: { notices: 2, changed: 0, untold: { before: 0, after: 0 }, templates: [] },
    });
    expect(impact.result.byDepartment).toEqual([
      expect.objectContaining({ code: 'housing', name: '住房和城乡建设局' }),
    ]);
  });

  it('are approved by a second person, and the notifier tells the new recipients from then on', async () => {
    const draft = await saved(await begun());
    const path = `/v1/drafts/${draft.id}/acts`;
    const dated = { type: 'submit', version: draft.version, reason: '换届', inForceFrom: '2026-10-01' };
    expect(await author.ask('POST', path, dated)).toMatchObject({ status: 422, body: { code: 'no-date' } });
    const submit = { type: 'submit', version: draft.version, reason: '换届' };
    const submitted = (await author.ask('POST', path, submit)).body.draft;
    const approve = { type: 'approve', version: submitted.version };
    expect(await author.ask('POST', path, approve)).toMatchObject({ body: { code: 'own-draft' } });
    const approved = (await second.ask('POST', path, approve)).body.draft;
    expect(approved).toMatchObject({ state: 'approved', standing: 'in-force', inForceFrom: null });
    await served.monitor.notifier.follow();
    const { people } = served.monitor.notifier.keeper.current!.book.document;
    expect(people['head-1']).toMatchObject({ name: '钱七', via: { mail: 'new-head@example.gov.cn' } });
    const { versions } = (await second.ask('GET', '/v1/rule-versions')).body;
    expect(versions).toContainEqual(
      expect.objectContaining({ kind: 'recipients', version: '2', standing: 'in-force', draftId: draft.id }),
    );
  });
});
