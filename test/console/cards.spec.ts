import { at, event } from '../../apps/monitor/src/testing/site';
import { accessibilityProblems, describeInBrowser } from './browser';
import { RULES, useRoleSite } from './role-site';

describeInBrowser('cards that people give and confirm', () => {
  const site = useRoleSite(undefined, `${RULES}switches: { issue: confirmed }\n`);

  it('wait for an inspector, who issues one and cancels another with the reason', async () => {
    const page = await site.signIn('jiancha');
    // Nobody was told of them: the watch is where somebody finds them.
    await page.getByRole('link', { name: /\d+ 待发牌/ }).click();
    await page.waitForURL(/\/actions\/waiting$/);
    const rows = page.getByRole('region', { name: '待发牌' }).locator('tbody tr');
    await rows.first().waitFor();
    const before = await rows.count();
    expect(before).toBeGreaterThanOrEqual(2);
    expect(await accessibilityProblems(page)).toEqual([]);
    await rows.first().getByRole('button', { name: '发出' }).click();
    await page.getByRole('button', { name: '确定' }).click();
    await rows.nth(before - 1).waitFor({ state: 'detached' });

    await rows.first().getByRole('button', { name: '取消' }).click();
    const dialog = page.getByRole('dialog');
    // To cancel needs a reason: without it nothing is sent.
    await dialog.getByRole('button', { name: '确定' }).click();
    expect(await rows.count()).toBe(before - 1);
    await dialog.getByLabel('理由').fill('数据补报，已按时办结。');
    await dialog.getByRole('button', { name: '确定' }).click();
    await rows.nth(before - 2).waitFor({ state: 'detached' });
    expect(site.others()).toEqual([]);
  });

  it('are given by hand from the page of a case, and taken back with the reason', async () => {
    const page = await site.signIn('jiancha', '/cases/H-1');
    await page.getByRole('button', { name: '人工发牌' }).click();
    const dialog = page.getByRole('dialog');
    expect(await dialog.getByLabel('办件编号').inputValue()).toBe('H-1');
    await dialog.getByLabel('牌色').selectOption('red');
    await dialog.getByLabel('事由').selectOption('absent');
    await dialog.getByLabel('情况说明').fill('九月二十四日上午窗口无人。');
    await dialog.getByLabel('依据').fill('窗口管理办法第六条');
    await dialog.getByRole('button', { name: '确定' }).click();
    await page.waitForURL(/\/actions\/cards\/\d+$/);
    await page.getByText('九月二十四日上午窗口无人。').waitFor();
    await page.getByRole('button', { name: '撤回发牌' }).click();
    await dialog.getByLabel('理由').fill('核实为轮岗交接。');
    await dialog.getByRole('button', { name: '确定' }).click();
    await page.getByText('核实为轮岗交接。').waitFor();
    expect(await page.getByRole('button', { name: '撤回发牌' }).count()).toBe(0);
    expect(site.others()).toEqual([]);
  });

  it('stand on the page of their case, where the department appeals against them and cannot take them back', async () => {
    const office = await site.served.signedIn('jiancha');
    const card = {
      caseNo: 'H-1',
      light: 'red',
      reason: 'absent',
      text: '窗口无人。',
      basis: '窗口管理办法第六条',
    };
    expect((await office.ask('POST', '/v1/cards', card)).status).toBe(201);
    const head = await site.signIn('zhujian', '/cases/H-1', true);
    const matter = head.locator('.matter', { hasText: '发牌〔2026〕1号' });
    await matter.getByRole('button', { name: '办理经过' }).click();
    await matter.getByText('发牌', { exact: true }).waitFor();
    const light = head.locator('tr', { hasText: '人工发牌' });
    expect(await light.getByRole('button', { name: '提出申诉' }).count()).toBe(1);
    await head.goto(`${site.served.url}/actions/cards/1`);
    await head.getByText('窗口管理办法第六条').waitFor();
    expect(await head.getByRole('button', { name: '撤回发牌' }).count()).toBe(0);
    expect(site.others()).toEqual([]);
  });

  it('the page of a case says what was known when a light was given, and what is known now', async () => {
    const late = { receivedAt: '2026-09-24T09:30' };
    await site.served.site.send(
      event('case.decided', 'H-1', '2026-09-18T16:00', { result: 'granted' }, late),
    );
    site.served.site.clock.moveTo(at('2026-09-24T09:30'));
    await site.served.monitor.intake.drain();
    const page = await site.signIn('jiancha', '/cases/H-1');
    const known = page.getByRole('region', { name: '当时所知与现在所知' });
    const row = known.locator('tbody tr', { hasText: '红灯' });
    await row.waitFor();
    expect(await row.textContent()).toMatch(/红灯.*发现于 2026-09-2[34].*绿灯.*办结 2026-09-18.*迟到数据/s);
    expect(site.others()).toEqual([]);
  });
});
