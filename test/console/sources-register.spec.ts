import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { accessibilityProblems, describeInBrowser } from './browser';
import { approve, confirm, submit } from './draft-acts';
import { useRoleSite } from './role-site';
import { startCollector } from './site-collector';

const HOUSING = 'urn:dept:housing';
const MARKET = 'urn:dept:market';

describeInBrowser('the register of sources on the console', () => {
  const site = useRoleSite();
  beforeEach(async () => {
    await site.served.addUser('guanli', ['administrator']);
    await site.served.addUser('fuhe', ['administrator']);
    await site.served.addUser('shenji', ['auditor']);
    await site.served.addUser('yunwei', ['operator']);
  });

  /** Issues a key for a source. @returns it, after the page that shows it was closed. */
  async function issue(page: Page, button: string, keep?: string): Promise<string> {
    await page.getByRole('button', { name: button }).click();
    if (keep !== undefined) await page.getByLabel('原密钥保留').selectOption({ label: keep });
    await page.getByLabel('理由').fill('对接联调');
    await confirm(page);
    const shown = page.getByRole('dialog', { name: '新密钥' });
    await shown.getByText('关闭后无法再次查看').first().waitFor();
    const key = (await shown.locator('.key code').textContent()) ?? '';
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    await shown.getByRole('button', { name: '复制' }).click();
    await shown.getByText('已复制。').waitFor();
    expect(await page.evaluate<string>('navigator.clipboard.readText()')).toBe(key);
    expect(await accessibilityProblems(page)).toEqual([]);
    // Neither Escape nor one press loses it.
    await page.keyboard.press('Escape');
    await shown.getByText('密钥已经妥善保存了吗').waitFor();
    await shown.getByRole('button', { name: '还没有' }).click();
    expect(await shown.locator('.key code').textContent()).toBe(key);
    await shown.getByRole('button', { name: '关闭', exact: true }).last().click();
    await shown.getByRole('button', { name: '已保存，关闭' }).click();
    await shown.waitFor({ state: 'detached' });
    expect(await page.content()).not.toContain(key);
    return key;
  }

  it('the register is drafted, approved by another, and its keys are issued, rotated and ended; the collector follows', async () => {
    const collector = await startCollector(site.served.site);
    const page = await site.signIn('guanli', '/rules/sources');
    await page.getByText('还没有批准过来源登记。').waitFor();
    await page.getByRole('rowheader', { name: HOUSING }).waitFor();
    await page.getByRole('button', { name: '调整来源登记' }).click();
    await page.waitForURL(/\/rules\/drafts\/\d+$/);
    // Who was heard of stands in it already, with the department that was said last.
    await page.getByLabel(`${HOUSING} 部门`).waitFor();
    expect(await page.getByLabel(`${HOUSING} 部门`).inputValue()).toBe('market');
    await page.getByLabel(`${HOUSING} 部门`).selectOption({ label: '住房和城乡建设局' });
    await page.getByLabel('新增来源').fill(MARKET);
    await page.getByRole('button', { name: '添加' }).click();
    await page.getByLabel(`${MARKET} 部门`).selectOption({ label: '市场监督管理局' });
    await page.getByLabel(`${MARKET} 系统名称`).fill('市场局审批系统');
    await page.getByRole('button', { name: '保存并检查' }).click();
    await page.getByText('准予报送 1').waitFor();
    await page.getByText('改属部门 1').waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await submit(page, '启用来源登记');
    await approve(site, 'fuhe', new URL(page.url()).pathname);

    await page.goto(`${site.served.url}/rules/sources`);
    const row = page.getByRole('row', { name: MARKET });
    await row.getByText('没有密钥').waitFor();
    const first = await issue(page, '发放密钥：市场局审批系统');
    await collector.answers(202, first, 'M-11', MARKET);
    const second = await issue(page, '更换密钥：市场局审批系统', '24 小时');
    await collector.answers(202, second, 'M-12', MARKET);
    await collector.answers(202, first, 'M-13', MARKET);
    // The collector notes it at its next look.
    const used = row.getByText('最近使用 2026-09-24 周四 09:00');
    for (let i = 0; i < 20 && (await used.count()) < 2; i++) {
      await page.reload();
      await row.getByText('有效至').waitFor();
      if ((await used.count()) < 2) await pause(500);
    }
    expect(await used.count()).toBe(2);
    await row.getByText('有效至 2026-09-25 周五 09:00').waitFor();

    await row.getByRole('button', { name: '停用' }).first().click();
    await page.getByLabel('理由').fill('已完成切换');
    await confirm(page);
    await row.getByText('有效至').waitFor({ state: 'detached' });
    await collector.answers(401, first, 'M-14', MARKET);
    await collector.answers(202, second, 'M-15', MARKET);
    expect(await accessibilityProblems(page)).toEqual([]);
    expect(site.others()).toEqual([]);
    await collector.close();
  });

  it('an auditor sees the register without acts, an operator the mappings alone, an inspector is told that it is not theirs', async () => {
    const auditor = await site.signIn('shenji', '/rules/sources');
    await auditor.getByText('还没有批准过来源登记。').waitFor();
    for (const name of ['调整来源登记', '新建映射'])
      expect(await auditor.getByRole('button', { name }).count()).toBe(0);
    const operator = await site.signIn('yunwei', '/rules/sources');
    await operator.getByText('没有映射。').waitFor();
    expect(await operator.getByRole('heading', { name: '来源登记' }).count()).toBe(0);
    const inspector = await site.signIn('jiancha', '/rules/sources');
    await inspector.getByText('您的角色无权查看本页内容。').waitFor();
    expect(await inspector.getByRole('link', { name: '来源与映射' }).count()).toBe(0);
    expect(site.others()).toEqual([]);
  });
});
