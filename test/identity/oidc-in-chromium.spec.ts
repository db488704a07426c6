import { SignInDocument } from '@mingjian/contracts';
import type { Browser } from 'playwright-core';
import { findConsoleDir } from '../../apps/monitor/src/api/console-dir';
import { CALLBACK_PATH, type OidcSettings } from '../../apps/monitor/src/identity/oidc/oidc-settings';
import { serveSite, type ServedSite } from '../../apps/monitor/src/testing/served-site';
import { accepted } from '../../apps/monitor/src/testing/site';
import { accessibilityProblems, describeInBrowser, launchBrowser, openPage } from '../console/browser';
import { runProvider, type RunningProvider } from './running-provider';

/* What this spec guarantees: a real browser keeps its session over the way to a provider of another site and back, although the
   session's cookie is SameSite=Strict, and people read in Chinese why they were not let in. */
describeInBrowser('the button 统一身份认证登录', () => {
  let browser: Browser;
  let served: ServedSite;
  let provider: RunningProvider;
  const problems: string[] = [];

  beforeAll(async () => {
    const consoleDir = findConsoleDir();
    if (consoleDir === null) throw new Error('the console is not built: npm run build');
    const rules = SignInDocument.parse({
      signIn: 'county',
      scopes: ['profile', 'groups'],
      roles: { claim: 'groups', map: { supervisors: 'inspector' } },
    });
    const oidc: OidcSettings = { issuer: '', clientId: 'mingjian', clientSecret: '', redirect: '', rules };
    served = await serveSite('2026-09-14T10:00:05', { oidc }, undefined, { consoleDir });
    await served.site.send(accepted('C-1', '2026-09-14T10:00'));
    await served.monitor.intake.drain();
    // Each has to know the other's address, and both take any free port. The provider's name makes it another site.
    oidc.redirect = served.url + CALLBACK_PATH;
    const people = {
      zhang: { claims: { name: '张伟', groups: ['supervisors'] } },
      stray: { claims: { name: '赵六', groups: [] } },
    };
    provider = await runProvider({ people, redirect: oidc.redirect, host: 'localhost' });
    oidc.issuer = provider.issuer;
    browser = await launchBrowser();
  });
  afterAll(async () => {
    await browser.close();
    await provider.stop();
    await served.close();
  });

  it('leads there and back to the page that was wanted, and out of both again', async () => {
    const page = await openPage(browser, `${served.url}/cases/C-1`, problems);
    await page.waitForURL(/\/login\?to=/);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: '统一身份认证登录' }).click();
    await page.waitForURL(/^http:\/\/localhost:.*\/ask\//);
    await page.getByLabel('name').fill('zhang');
    await page.getByRole('button', { name: 'go' }).click();
    await page.waitForURL(`${served.url}/cases/C-1`);
    await page.getByRole('heading', { name: '建设工程规划许可证核发' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: '建设工程规划许可证核发' }).waitFor();
    await page.getByText('显示设置').click();
    await page.getByRole('button', { name: '退出登录' }).click();
    await page.waitForURL(/^http:\/\/localhost:.*\/session\/end/);
    await page.getByRole('button', { name: /yes/i }).click();
    await page.waitForURL(`${served.url}/login`);
    await page.goto(`${served.url}/cases/C-1`);
    await page.waitForURL(/\/login\?to=/);
  });

  it('says in Chinese that the provider was not told, where somebody is signed out here alone', async () => {
    const page = await openPage(browser, `${served.url}/login?signed-out=here`, problems);
    await page.getByRole('status').getByText('未能同时退出统一身份认证平台').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('says in Chinese why somebody is not let in, and nothing that an address makes up', async () => {
    const page = await openPage(browser, `${served.url}/login`, problems);
    await page.getByRole('button', { name: '统一身份认证登录' }).click();
    await page.getByLabel('name').fill('stray');
    await page.getByRole('button', { name: 'go' }).click();
    await page.getByText('您在统一身份认证平台上没有本系统的角色').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.goto(`${served.url}/login?refused=${encodeURIComponent('请致电 400-000-0000')}`);
    await page.getByRole('button', { name: '统一身份认证登录' }).waitFor();
    expect(await page.locator('body').textContent()).not.toContain('400-000');
  });
});
