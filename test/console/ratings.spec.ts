import type { StepEvent, StepEventData } from '@mingjian/contracts';
import { event } from '../../apps/monitor/src/testing/site';
import { accessibilityProblems, describeInBrowser } from './browser';
import { useRoleSite } from './role-site';

describeInBrowser('ratings on the console', () => {
  const site = useRoleSite();
  /** Ids of events are what a source makes of them: slashes, questions and blanks too. */
  const BAD = 'H-1/rated?no=1 & 2';

  const rated = (caseNo: string, time: string, id: string, data: StepEventData) =>
    event('case.rated', caseNo, time, data, { id });
  async function receive(...events: readonly StepEvent[]): Promise<void> {
    await site.served.site.send(...events);
    await site.served.monitor.intake.drain();
    await site.served.monitor.sweep.runOnce(site.served.site.clock.now());
  }
  beforeEach(async () => {
    // To be called back by the end of Wednesday 23 September: on Thursday nobody has called.
    await receive(
      rated('H-1', '2026-09-22T10:00', BAD, { grade: 1, realName: true, tags: ['超时办理', '态度冷漠'] }),
      rated('H-1', '2026-09-22T11:00', 'good', { grade: 5 }),
      rated('M-1', '2026-09-22T09:00', 'market', { grade: 2 }),
    );
  });

  it('lead a department from a bad one to an appeal against it, and an inspector to the decision; its lights are gone then', async () => {
    const head = await site.signIn('zhujian', '/actions/ratings', true);
    const rows = head.locator('tbody tr');
    await rows.nth(1).waitFor();
    // Their own only, and no choice of other departments.
    expect(await rows.count()).toBe(2);
    expect(await head.getByLabel('部门', { exact: true }).count()).toBe(0);
    await head.getByLabel('评价等级').selectOption('bad');
    await head.waitForURL(/grade=bad/);
    await rows.nth(1).waitFor({ state: 'detached' });
    expect(await rows.first().textContent()).toMatch(/非常不满意.*实名.*逾期未回访.*待整改/s);
    await rows.first().getByRole('link').first().click();

    await head.getByRole('heading', { name: '评价：非常不满意' }).waitFor();
    await head.getByText('超时办理、态度冷漠').waitFor();
    const replies = head.getByRole('region', { name: '回访与整改' });
    expect(await replies.textContent()).toMatch(
      /红灯.*差评回访时限.*逾期未回访.*限 2026-09-23 周三 24:00 前/s,
    );
    expect(await replies.textContent()).toMatch(/绿灯.*差评整改时限.*待整改/s);
    expect(await accessibilityProblems(head)).toEqual([]);
    await head.getByRole('button', { name: '提出差评申诉' }).click();
    const dialog = head.getByRole('dialog');
    await dialog.getByLabel('申诉理由').selectOption('malicious');
    await dialog.getByLabel('情况说明').fill('评价人并未到窗口办理该事项。');
    await dialog.getByLabel('证据材料').fill('窗口录像一份，存于政务服务中心。');
    await dialog.getByRole('button', { name: '确定' }).click();
    await head.waitForURL(/\/actions\/rating-appeals\/\d+$/);
    await head.getByText('待核定').first().waitFor();
    // Who filed it takes it back or waits; they do not decide.
    expect(await head.getByRole('button', { name: '撤回申诉' }).count()).toBe(1);
    expect(await head.getByRole('button', { name: '申诉成立' }).count()).toBe(0);

    const inspector = await site.signIn('jiancha');
    await inspector.getByRole('link', { name: '1 差评申诉待核定' }).click();
    await inspector.waitForURL(/\/actions\/rating-appeals\?state=filed$/);
    await inspector.locator('tbody a').first().click();
    await inspector.getByText('窗口录像一份，存于政务服务中心。').waitFor();
    await inspector.getByRole('button', { name: '申诉成立' }).click();
    await inspector.getByLabel('意见').fill('录像属实，确系恶意差评。');
    await inspector.getByRole('button', { name: '确定' }).click();
    await inspector.getByText('录像属实，确系恶意差评。').waitFor();
    expect(await inspector.locator('.acts button').count()).toBe(0);
    await inspector.getByRole('link', { name: '评价：非常不满意' }).click();
    await inspector.getByText('本条评价保留在案，不计入考核').waitFor();
    expect(await inspector.locator('#view').textContent()).not.toContain('红灯');
    expect(site.others()).toEqual([]);
  });

  it('say at the top how many were called back and put right, and what is late', async () => {
    const page = await site.signIn('jiancha', '/actions/ratings?month=2026-09');
    const rates = page.getByRole('region', { name: '回访率与整改率' });
    const figure = (name: string) => rates.locator('dl > div', { hasText: name }).locator('dd').textContent();
    await rates.getByText('实名差评回访率').waitFor();
    expect(await figure('实名差评回访率')).toMatch(/^\s*0\.0%\s+逾期 1 件\s*$/);
    expect(await figure('满意率')).toContain('33.3%');
    await receive(
      event(
        'rating.contacted',
        'H-1',
        '2026-09-24T08:30',
        { rating: BAD },
        { receivedAt: '2026-09-24T08:40' },
      ),
    );
    await page.reload();
    await rates.getByText('100.0%').waitFor();
    // Called, but late.
    expect(await figure('按期回访率')).toContain('0.0%');
    // Of one department alone: nobody who rated it gave a name.
    await page.getByLabel('部门', { exact: true }).selectOption('market');
    await page.waitForURL(/department=market/);
    await rates.locator('dl > div', { hasText: '实名差评回访率' }).getByText('—').waitFor();
    await page.locator('tbody tr').nth(1).waitFor({ state: 'detached' });
    expect(site.others()).toEqual([]);
  });

  it('come page by page without loss or repetition, narrowed by an address that can be sent on', async () => {
    await receive(
      ...Array.from({ length: 60 }, (_, n) => rated('H-1', '2026-09-23T10:00', `many-${n}`, { grade: 4 })),
    );
    const page = await site.signIn('jiancha', '/actions/ratings?grade=4&month=2026-09');
    const rows = page.locator('tbody tr');
    await rows.nth(49).waitFor();
    expect(await rows.count()).toBe(50);
    await page.getByRole('button', { name: '显示更多' }).click();
    await rows.nth(59).waitFor();
    expect(await rows.count()).toBe(60);
    const links = await rows.locator('td:first-child a').all();
    expect(new Set(await Promise.all(links.map((link) => link.getAttribute('href')))).size).toBe(60);
    expect(await page.getByRole('button', { name: '显示更多' }).count()).toBe(0);
    // What is late only; and back again.
    await page.getByLabel('评价等级').selectOption('');
    await page.getByLabel('回访与整改').selectOption('contact-overdue');
    await page.waitForURL(/waiting=contact-overdue/);
    await rows.nth(1).waitFor({ state: 'detached' });
    expect(await rows.first().textContent()).toContain('逾期未回访');
    await page.goBack();
    await rows.nth(49).waitFor();
    expect(site.others()).toEqual([]);
  });

  it('stand on the page of their case; one of another department is not there', async () => {
    const head = await site.signIn('zhujian', '/cases/H-1');
    const panel = head.getByRole('region', { name: '好差评' });
    await panel.getByText('非常不满意').waitFor();
    await panel.getByRole('link').nth(1).click();
    await head.getByRole('heading', { name: '评价：非常不满意' }).waitFor();
    await head.goto(`${site.served.url}/actions/ratings/one?case=M-1&source=urn:dept:housing&event=market`);
    await head.getByText('没有这条评价。').waitFor();
    expect(site.others()).toEqual([]);
  });
});
