import {
  recipientsText,
  removeRecipients,
  writeRecipients,
} from '../../apps/monitor/src/notify/testing/notify-site';
import { httpReceiver, smtpReceiver, type Receiver } from '../../apps/monitor/src/notify/testing/receivers';
import { at } from '../../apps/monitor/src/testing/site';
import { accessibilityProblems, describeInBrowser } from './browser';
import { useRoleSite } from './role-site';

describeInBrowser('who was told of a case', () => {
  let smtp: Receiver;
  let http: Receiver;
  let file = '';
  beforeAll(async () => {
    smtp = await smtpReceiver();
    http = await httpReceiver();
    const acknowledge = 'acknowledge: { yellow: { within: 4wh }, red: { within: 4wh } }';
    file = writeRecipients(recipientsText(smtp, http, { site: acknowledge }));
  });
  const site = useRoleSite(undefined, undefined, () => ({ recipients: file }));
  afterAll(async () => {
    await smtp.stop();
    await http.stop();
    removeRecipients(file);
  });

  it('stands on its page: whom, when, on which channel, and who took note of it when', async () => {
    const { served } = site;
    // The name of the account is the one in the recipients document: what was told them is theirs to acknowledge.
    await served.addUser('head-1', ['department-head'], 'housing');
    await served.monitor.notifier.runOnce();
    const head = await served.signedIn('head-1');
    const { body } = await head.ask('GET', '/v1/notifications?mine=true&unacknowledged=true&caseNo=H-1');
    const [first] = body.notifications as { id: number }[];
    served.site.clock.moveTo(at('2026-09-24T09:20'));
    expect((await head.ask('POST', `/v1/notifications/${first!.id}/acknowledge`, {})).status).toBe(200);

    const page = await site.signIn('zhujian', '/cases/H-1');
    const panel = page.getByRole('region', { name: '通知与签收' });
    const own = panel.locator('tbody tr', { hasText: '李四' });
    await own.first().waitFor();
    expect(await own.filter({ hasText: '邮件' }).first().textContent()).toMatch(
      /2026-09-24 周四 09:00.*李四.*邮件.*已发送.*2026-09-24 周四 09:20/s,
    );
    // The office was told by a channel of the site's own name, and has not taken note.
    expect(await panel.locator('tbody tr', { hasText: '监察室' }).first().textContent()).toMatch(
      /hook.*已发送.*待签收，限 2026-09-24/s,
    );
    expect(await panel.textContent()).not.toContain('@');
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(site.others()).toEqual([]);
  });

  it('is said to the department whose case it is, and not to another', async () => {
    const { served } = site;
    await served.addUser('shichang', ['department-head'], 'market');
    await served.monitor.notifier.runOnce();
    const page = await site.signIn('shichang', '/cases/M-1');
    await page.getByRole('region', { name: '亮灯经过' }).waitFor();
    const panel = page.getByRole('region', { name: '通知与签收' });
    await panel.getByText('赵六').first().waitFor();
    expect(await panel.textContent()).not.toContain('李四');
    await page.goto(`${served.url}/cases/H-1`);
    await page.getByText('没有编号为 H-1 的办件。').waitFor();
    expect(await page.locator('#view').textContent()).not.toContain('李四');
  });
});
