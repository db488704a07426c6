import { setTimeout as pause } from 'node:timers/promises';
import { recipientsText, removeRecipients, writeRecipients } from '../notify/testing/notify-site';
import { httpReceiver, smtpReceiver, type Receiver } from '../notify/testing/receivers';
import { serveSite, type Browser, type ServedSite } from '../testing/served-site';
import { accepted, at, event } from '../testing/site';

/** What these specs guarantee: people see what concerns them, acknowledge what they were told, and operators let go. */
describe('notifications over HTTP', () => {
  let smtp: Receiver;
  let http: Receiver;
  let file: string;
  let served: ServedSite;

  beforeAll(async () => {
    smtp = await smtpReceiver();
    http = await httpReceiver();
    file = writeRecipients(recipientsText(smtp, http, { site: 'acknowledge: { yellow: { within: 4wh } }' }));
    served = await serveSite('2026-09-14T10:00', {}, undefined, { recipients: file });
    for (let n = 0; n < 200 && !served.monitor.isReady; n++) await pause(10);
    await served.addUser('head-1', ['department-head'], 'housing');
    await served.addUser('head-2', ['department-head'], 'market');
    await served.addUser('zhang', ['inspector']);
    await served.addUser('ops', ['operator']);
    await served.site.send(accepted('C-1', '2026-09-14T10:00'));
    await served.monitor.intake.drain();
    served.site.clock.moveTo(at('2026-09-22T10:00'));
    await served.monitor.sweep.runOnce(served.site.clock.now());
    await served.monitor.notifier.runOnce();
  });
  afterAll(async () => {
    await served.close();
    await smtp.stop();
    await http.stop();
    removeRecipients(file);
  });

  interface Entry {
    id: number;
    caseNo: string;
    recipient: string;
    state: string;
    ackDueAt: string;
  }
  async function listed(browser: Browser, query = ''): Promise<Entry[]> {
    const { status, body } = await browser.ask('GET', `/v1/notifications${query}`);
    expect(status).toBe(200);
    return body.notifications as Entry[];
  }

  it('show a department what concerns it, and nothing of another', async () => {
    const head = await served.signedIn('head-1');
    const entries = await listed(head);
    expect(entries.map(({ recipient }) => recipient).sort()).toEqual(['head-1', 'post-1', 'post-1']);
    expect(entries[0]).toMatchObject({ state: 'sent', ackDueAt: '2026-09-22T15:30:00.000+08:00' });
    expect(JSON.stringify(entries)).not.toContain('@example.gov.cn');
    expect(await listed(await served.signedIn('head-2'))).toEqual([]);
    expect((await listed(head, '?mine=true')).map(({ recipient }) => recipient)).toEqual(['head-1']);
  });

  it('are acknowledged by whoever was told, once', async () => {
    const head = await served.signedIn('head-1');
    const inspector = await served.signedIn('zhang');
    const [mine] = await listed(head, '?mine=true');
    const path = `/v1/notifications/${mine!.id}/acknowledge`;
    expect(await inspector.ask('POST', path, {})).toMatchObject({ status: 403, body: { code: 'not-yours' } });
    expect(await head.ask('POST', path, { remark: '已安排' })).toMatchObject({
      status: 200,
      body: { settled: 1 },
    });
    expect(await head.ask('POST', path, {})).toMatchObject({ status: 409, body: { code: 'done-before' } });
    const waiting = await listed(inspector, '?unacknowledged=true');
    expect(waiting.map(({ recipient }) => recipient)).toEqual(['post-1', 'post-1']);
    expect(await head.ask('POST', '/v1/notifications/99999/acknowledge', {})).toMatchObject({ status: 404 });
  });

  it('that are kept back are let go by operators, with a reason', async () => {
    const operator = await served.signedIn('ops');
    const release = { reason: 'storm', as: 'digest', because: '演练' };
    expect(await operator.ask('GET', '/v1/notifications/held')).toMatchObject({
      status: 200,
      body: { held: [] },
    });
    expect(await operator.ask('POST', '/v1/notifications/held/release', release)).toMatchObject({
      status: 200,
      body: { notices: 0 },
    });
    expect(await operator.ask('POST', '/v1/notifications/held/release', { reason: 'x' })).toMatchObject({
      status: 400,
    });
    expect(await operator.ask('POST', '/v1/notifications/messages/retry', {})).toMatchObject({
      status: 200,
      body: { messages: 0 },
    });
    const inspector = await served.signedIn('zhang');
    expect((await inspector.ask('POST', '/v1/notifications/held/release', release)).status).toBe(403);
    expect((await inspector.ask('GET', '/v1/notifications/messages')).status).toBe(403);
    expect((await served.browser().ask('GET', '/v1/notifications')).status).toBe(401);
  });

  it('of one case are shown page by page to whoever may see it, and to nobody else', async () => {
    await served.site.send(
      event('case.accepted', 'C-2', '2026-09-14T10:00', { item: 'A0101', department: 'market' }),
    );
    await served.monitor.intake.drain();
    await served.monitor.notifier.runOnce();
    const [inspector, housing, market] = await Promise.all(
      ['zhang', 'head-1', 'head-2'].map((name) => served.signedIn(name)),
    );
    const told = async (browser: Browser, query: string): Promise<string[]> =>
      (await listed(browser, query)).map(({ caseNo, recipient }) => `${caseNo} ${recipient}`).sort();
    expect(await told(inspector!, '?caseNo=C-2')).toEqual(['C-2 head-2']);
    expect(await told(market!, '?caseNo=C-2')).toEqual(['C-2 head-2']);
    expect(await told(housing!, '?caseNo=C-2')).toEqual([]);
    expect(await told(market!, '?caseNo=C-1')).toEqual([]);
    expect(await told(inspector!, '?caseNo=C-3')).toEqual([]);
    expect(await told(housing!, '?caseNo=C-1')).toEqual(['C-1 head-1', 'C-1 post-1', 'C-1 post-1']);
    const page = await inspector!.ask('GET', '/v1/notifications?caseNo=C-1&limit=2');
    expect(page.body.notifications).toHaveLength(2);
    expect(await listed(inspector!, `?caseNo=C-1&after=${page.body.next}`)).toHaveLength(1);
    expect((await inspector!.ask('GET', '/v1/notifications?caseNo=')).status).toBe(400);
  });
});
