import { rmSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { openNotifySite, recipientsText, writeRecipients } from '../notify/testing/notify-site';
import type { Receiver } from '../notify/testing/receivers';
import { accepted, at, removeSite, type Site } from '../testing/site';
import { ADMINISTRATOR, OTHER_ADMINISTRATOR } from './testing/administrators';
import { ledgerRowsOf } from './testing/ledger-rows';
import type { Written } from './draft-document';
import type { DraftProblem } from './draft-problem';
import type { DraftRefused } from './draft-refused';
import { draftDifference } from './draft-difference';
import { documentOf } from './draft-rows';
import type { ToldResult } from './recipients/told-sums';

/* What this spec guarantees: who is told what changes by two people, is in force without a restart, and no secret gets into a draft. */

/** Nothing is sent here: the receivers need not be there. */
const NOWHERE = { port: 9 } as Receiver;

describe('a draft of recipients', () => {
  let site: Site;
  let file: string;
  beforeEach(async () => {
    file = writeRecipients(recipientsText(NOWHERE, NOWHERE));
    site = await openNotifySite('2026-09-14T10:00', file);
  });
  afterEach(async () => {
    await site.close();
    removeSite(site.dir);
    rmSync(join(file, '..'), { recursive: true });
  });

  const drafts = () => site.monitor.drafts;
  const follow = () => site.monitor.notifier.follow();
  const inForce = () => site.monitor.notifier.keeper.current!.book.document;
  const refused = async (work: Promise<unknown>): Promise<DraftRefused> => {
    try {
      await work;
    } catch (error) {
      return error as DraftRefused;
    }
    throw new Error('it was not refused');
  };
  const begun = () => drafts().create({ kind: 'recipients' }, ADMINISTRATOR);
  /** A draft with some of its people, channels or other members changed. */
  const edited = async (change: (document: Document) => object) => {
    const draft = await begun();
    const document = change(structuredClone(documentOf(draft)) as unknown as Document) as Written;
    return drafts().save(draft.id, draft.version, { document }, ADMINISTRATOR);
  };
  const problemsOf = ({ problems }: { problems: string }) => JSON.parse(problems) as DraftProblem[];
  const submit = (draft: { id: number; version: number }, who = ADMINISTRATOR) =>
    drafts().act(draft.id, { type: 'submit', version: draft.version, reason: '调整分工' }, who);
  const approve = (draft: { id: number; version: number }, who = OTHER_ADMINISTRATOR) =>
    drafts().act(draft.id, { type: 'approve', version: draft.version }, who);
  const withHead = (name: string) => (document: Document) => ({
    ...document,
    people: { ...document.people, 'head-1': { ...document.people['head-1'], name } },
  });

  it('is in force once a second person approved it, on the ledger, and taken back the same way', async () => {
    const draft = await submit(await edited(withHead('新任局长')));
    expect((await refused(approve(draft, ADMINISTRATOR))).reason).toBe('own-draft');
    expect(draft.inForceFrom).toBeNull();
    await approve(draft);
    await follow();
    expect(inForce()).toMatchObject({ version: '2', people: { 'head-1': { name: '新任局长' } } });
    const revert = await drafts().create({ revertOf: draft.id }, OTHER_ADMINISTRATOR);
    expect(draftDifference(revert).fields).toContainEqual(
      expect.objectContaining({ field: '接收人 李四（head-1） › 姓名', before: '新任局长', after: '李四' }),
    );
    await approve(await submit(revert, OTHER_ADMINISTRATOR), ADMINISTRATOR);
    await follow();
    expect(inForce()).toMatchObject({ version: '3', people: { 'head-1': { name: '李四' } } });
    const rows = await ledgerRowsOf(site.store, 'rules');
    expect(rows.map(({ kind }) => kind)).toEqual([
      ...['rules.draft-submitted', 'rules.draft-approved', 'rules.draft-submitted', 'rules.draft-approved'],
    ]);
    expect(rows.map(({ body }) => body).join()).not.toContain('head-1@example.gov.cn');
  });

  it('outlives a restart, and stays what it is where the file is what it was made from, or a copy', async () => {
    const draft = await approve(await submit(await edited(withHead('新任局长'))));
    await site.close();
    site = await openNotifySite('2026-09-15T10:00', file, site.dir);
    expect(inForce().people['head-1']?.name).toBe('新任局长');
    writeFileSync(file, stringify(documentOf(draft)));
    await follow();
    expect(inForce().people['head-1']?.name).toBe('新任局长');
    expect(site.logged.join('\n')).not.toContain('cannot be used');
  });

  it('is not undone by a file that says something else: what holds stays, and the log says what to do', async () => {
    await approve(await submit(await edited(withHead('新任局长'))));
    await follow();
    writeFileSync(file, readFileSync(file, 'utf8').replace('李四', '别人'));
    await follow();
    expect(inForce().people['head-1']?.name).toBe('新任局长');
    expect(site.logged.join('\n')).toContain('mingjian draft export --kind recipients');
    const next = await edited(withHead('又一人'));
    expect((await refused(submit(next))).reason).toBe('contradicts-file');
  });

  it('keeps no secret: what stands in the document itself is refused by place, and not told', async () => {
    const draft = await begun();
    const save = (channel: object) => {
      const { channels, ...rest } = documentOf(draft) as unknown as Document;
      const document = { ...rest, channels: { ...channels, more: channel } } as unknown as Written;
      return drafts().save(draft.id, draft.version, { document }, ADMINISTRATOR);
    };
    const sms = { kind: 'sms', body: '{"t":"{{text}}"}', url: 'https://sms.example.gov.cn/send' };
    for (const channel of [
      { kind: 'mail', host: 'h', from: 'a@b.cn', password: 'hunter2hunter2' },
      { ...sms, headers: { Authorization: 'Bearer hunter2hunter2' } },
      { ...sms, url: 'https://sms.example.gov.cn/send?access_token=hunter2hunter2' },
      { ...sms, body: '{"t":"{{text}}","appKey":"hunter2hunter2"}' },
      { kind: 'wecom', urlFile: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=hunter2hunter2' },
    ]) {
      const { reason, message } = await refused(save(channel));
      expect(reason).toBe('holds-secret');
      expect(message).toContain('通道 more');
      expect(message).not.toContain('hunter2');
    }
    const fine = { ...sms, headers: { Authorization: 'Bearer {{secret}}' }, secretFile: 'secret' };
    expect((await save(fine)).version).toBe(draft.version + 1);
    const rows = await site.store.query<object>('SELECT * FROM rule_draft');
    expect(JSON.stringify(rows)).not.toContain('hunter2');
  });

  it('is not made of a file in which a secret stands', async () => {
    writeFileSync(
      file,
      readFileSync(file, 'utf8').replace(
        'channels:\n',
        "channels:\n  old: { kind: sms, url: 'https://s.example.gov.cn/', body: '{{text}}', headers: { token: abc } }\n",
      ),
    );
    expect((await refused(begun())).message).toContain('通道 old › 请求头 › token');
  });

  it('names no file outside the folder of the document, and none that is not there', async () => {
    const hook = (secretFile: string) => (document: Document) => ({
      ...document,
      channels: {
        ...document.channels,
        more: { kind: 'webhook', url: 'https://x.example.gov.cn', secretFile },
      },
    });
    for (const outside of ['/etc/passwd', '../secret', 'a/../../secret'])
      expect(problemsOf(await edited(hook(outside)))).toContainEqual(
        expect.objectContaining({ code: 'file-outside', severity: 'error' }),
      );
    const absent = await refused(submit(await edited(hook('no-such-file'))));
    expect(absent.reason).toBe('missing-file');
    expect(absent.message).toContain('通道 more › 密钥文件');
  });

  it('warns where an old secret would go to a new address', async () => {
    const draft = await edited((document) => ({
      ...document,
      channels: {
        ...document.channels,
        hook: { ...document.channels.hook, url: 'https://elsewhere.example' },
      },
    }));
    expect(problemsOf(draft)).toContainEqual(
      expect.objectContaining({
        code: 'secret-elsewhere',
        severity: 'warning',
        field: '通道 hook › 密钥文件',
      }),
    );
  });

  it('says in Chinese what does not fit, and where', async () => {
    const draft = await edited((document) => ({
      ...document,
      people: { ...document.people, 'head-1': { ...document.people['head-1'], deputy: 'head-1' } },
      templates: { light: { default: { text: '{{caseNumber}}' } } },
    }));
    expect(problemsOf(draft)).toEqual([
      expect.objectContaining({
        code: 'schema',
        field: '接收人 李四（head-1） › 代理人',
        expected: '本文档中的另一名接收人',
      }),
      expect.objectContaining({
        field: '通知文字 › 亮灯 › 通用 › 正文',
        expected: expect.stringContaining('可用的占位词：subject, caseNo') as string,
      }),
    ]);
    expect((await refused(submit(draft))).reason).toBe('has-errors');
  });

  it('may not leave a department, a grade or a ladder without anybody', async () => {
    const codesOf = async (change: (document: Document) => object): Promise<string[]> =>
      problemsOf(await edited(change)).map(({ code, severity }) => `${severity} ${code}`);
    const without =
      (...ids: string[]) =>
      (document: Document) => ({
        ...document,
        people: Object.fromEntries(Object.entries(document.people).filter(([id]) => !ids.includes(id))),
      });
    expect(await codesOf((document) => document)).toEqual([]);
    expect(await codesOf(without('head-2'))).toEqual(['warning department-without-own']);
    expect(await codesOf(without('head-2', 'boss-1', 'office'))).toEqual(
      expect.arrayContaining(['error department-untold', 'warning role-without-holder']),
    );
    expect(
      await codesOf((document) => ({
        ...without('boss-1', 'office', 'head-2')(document),
        acknowledge: { red: { within: '4wh' } },
      })),
    ).toContain('error ladder-ends');
    expect(await codesOf((document) => ({ ...document, told: { order: { red: ['supervisor'] } } }))).toEqual(
      [],
    );
    expect(
      await codesOf((document) => ({
        ...without('boss-1')(document),
        told: { order: { red: ['supervisor'] } },
      })),
    ).toContain('error grade-untold');
  });

  it('shows who would have been told and by which channel, and its texts with an example; nobody is told', async () => {
    await site.receive(accepted('C-1', '2026-09-14T10:00'));
    site.clock.moveTo(at('2026-09-24T09:00'));
    await site.monitor.sweep.runOnce(site.clock.now());
    const draft = await edited((document) => ({
      ...document,
      people: { ...document.people, 'head-1': { ...document.people['head-1'], via: { hook: 'head-1' } } },
      templates: { light: { default: { subject: '请办理', text: '{{caseNo}} {{recipientName}}' } } },
    }));
    const messages = () => site.store.query<object>('SELECT id FROM notification_message');
    const before = await messages();
    await drafts().startImpact(draft.id, 30, ADMINISTRATOR);
    await drafts().impacts.settled();
    const impact = (await drafts().impact(draft.id))!;
    expect(impact).toMatchObject({ state: 'done', isCut: false });
    const result = JSON.parse(impact.result) as ToldResult;
    // A yellow light and a red one: the head hears of both, on the other channel.
    expect(result).toMatchObject({ notices: 2, changed: 2, retimed: 0, untold: { before: 0, after: 0 } });
    expect(result.byDepartment).toEqual([expect.objectContaining({ code: 'housing', changed: 2 })]);
    expect(result.byPerson[0]).toMatchObject({ name: '李四', told: { before: 2, after: 2 }, changed: 2 });
    expect(result.byChannel.map(({ code, told }) => [code, told.after - told.before])).toEqual([
      ['hook', 2],
      ['mail', -2],
    ]);
    expect(result.examples[0]?.before).toContain('李四 mail');
    expect(result.examples[0]?.after).toContain('李四 hook');
    expect(result.templates).toEqual([
      expect.objectContaining({
        path: ['templates', 'light', 'default'],
        after: { subject: '请办理', text: 'C-1 张三' },
      }),
    ]);
    expect(await messages()).toEqual(before);
  });

  it('is refused where the site tells nobody', async () => {
    await site.close();
    site = await openNotifySite('2026-09-14T10:00', '', site.dir);
    expect((await refused(begun())).message).toContain('本站没有可以更改的接收人文档');
  });
});

interface Document {
  channels: Record<string, object>;
  people: Record<string, object>;
}
