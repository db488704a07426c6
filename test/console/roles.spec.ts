import { PASSWORD } from '../../apps/monitor/src/testing/served-site';
import { accessibilityProblems, describeInBrowser, openPage } from './browser';
import { describeRolePaths } from './role-paths';
import { useRoleSite } from './role-site';

describeInBrowser('what each role does on the console', () => describeRolePaths());

describeInBrowser('who comes to the console, and what they may see', () => {
  const site = useRoleSite();

  it('asks whoever is nobody to sign in, says why not, and leads to where they wanted', async () => {
    const page = await openPage(site.browser, `${site.served.url}/cases/H-1`, site.problems);
    await page.waitForURL(/\/login\?to=/);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByLabel('账号').fill('jiancha');
    await page.getByLabel('密码').fill('wrong-password-here');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByText('账号、密码或验证码不正确').waitFor();
    await page.getByLabel('密码').fill(PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    await page.waitForURL(/\/cases\/H-1$/);
    await page.getByRole('heading', { name: '建设工程规划许可证核发' }).waitFor();
    expect(site.others()).toEqual([]);
  });

  it('makes a one-time password be changed before anything else', async () => {
    const { oneTimePassword } = await site.served.identity.accounts.add(
      { name: 'xinren', displayName: '新人', roles: ['inspector'], department: null, district: null },
      null,
    );
    const page = await openPage(site.browser, `${site.served.url}/watch`, site.problems);
    await page.getByLabel('账号').fill('xinren');
    await page.getByLabel('密码').fill(oneTimePassword);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByText('请先修改一次性密码').waitFor();
    await page.getByLabel('原密码').fill(oneTimePassword);
    await page.getByLabel('新密码（至少 12 个字符）').fill(PASSWORD);
    await page.getByLabel('再次输入新密码').fill(PASSWORD);
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.locator('.cases [role=option]').first().waitFor();
    expect(site.others()).toEqual([]);
  });

  it('hands a case over under a number, with both packages in the register', async () => {
    const page = await site.signIn('jiancha', '/cases/H-1');
    await page.getByRole('button', { name: '移交' }).click();
    await page.getByLabel('移交理由').fill('连续超期且拒不说明。');
    await page.getByRole('button', { name: '确定' }).click();
    await page.getByText(/已登记：移交〔2026〕1号/).waitFor();
    await page.goto(`${site.served.url}/actions/handovers`);
    expect(await page.locator('tbody tr').first().textContent()).toContain('纪检机关');
    expect(site.others()).toEqual([]);
  });

  it('shows a department nothing of another, wherever it looks', async () => {
    const page = await site.signIn('zhujian');
    await page.waitForURL(/\/mine$/);
    for (const path of [
      'mine',
      'watch',
      'cases/M-1',
      'actions/orders',
      'actions/sources',
      'reports',
      'rules/items',
    ]) {
      await page.goto(`${site.served.url}/${path}`);
      await page.locator('#view h1, #view .state').first().waitFor();
      await page.getByText('正在载入').first().waitFor({ state: 'detached' });
      expect(await page.locator('#view').textContent()).not.toMatch(/食品经营许可|市场监督管理局/);
    }
  });
});
