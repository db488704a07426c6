import { readFileSync } from 'node:fs';
import { accessibilityProblems, describeInBrowser } from './browser';
import { useRoleSite } from './role-site';

describeInBrowser('bulletins on the console', () => {
  const site = useRoleSite();

  it('are made on demand with their progress, opened as a page, and taken home as DOCX and XLSX', async () => {
    const page = await site.signIn('jiancha', '/reports/bulletins');
    await page.getByRole('button', { name: '生成日报' }).click();
    // What is over is proposed: yesterday.
    expect(await page.getByLabel('日期').inputValue()).toBe('2026-09-23');
    await page.getByRole('button', { name: '确定' }).click();
    // The newest is on top; the daemon publishes what is due by itself, too.
    const row = page.locator('tbody tr', { hasText: '行政效能监察日报' }).first();
    await row.getByText('已归档').waitFor();
    expect(await row.textContent()).toMatch(/通报〔2026〕\d+号/);
    expect(await accessibilityProblems(page)).toEqual([]);

    const opened = page.context().waitForEvent('page');
    await row.getByRole('link', { name: /行政效能监察日报/ }).click();
    const bulletin = await opened;
    await bulletin.getByText(/通报〔2026〕\d+号/).waitFor();
    for (const name of ['文档', '表格']) {
      const download = page.waitForEvent('download');
      await row.getByRole('link', { name }).click();
      // Both are packages of files: they begin as such.
      expect(
        readFileSync(await (await download).path())
          .subarray(0, 2)
          .toString(),
      ).toBe('PK');
    }
    expect(site.others()).toEqual([]);
  });

  it('of a department are for it and the offices; what was made for all is not shown to one', async () => {
    const office = await site.signIn('jiancha', '/reports/bulletins');
    for (const department of ['', 'housing', 'market']) {
      await office.getByRole('button', { name: '生成月报' }).click();
      await office.getByLabel(/月份/).fill('2026-09');
      await office.getByLabel('部门', { exact: true }).selectOption(department);
      await office.getByRole('button', { name: '确定' }).click();
      await office.getByRole('dialog').waitFor({ state: 'hidden' });
    }
    const monthly = { hasText: '关于2026年9月' };
    await office.locator('tbody tr', monthly).filter({ hasText: '已归档' }).nth(2).waitFor();

    const head = await site.signIn('zhujian', '/reports/bulletins', true);
    await head.locator('tbody tr', monthly).first().waitFor();
    expect(await head.locator('tbody tr', monthly).count()).toBe(1);
    expect(await head.locator('tbody').textContent()).not.toMatch(/全部部门|市场监督管理局/);
    expect(await head.getByRole('button', { name: '生成月报' }).count()).toBe(0);
    expect(site.others()).toEqual([]);
  });

  it('say why one could not be made, and keep what was chosen', async () => {
    const page = await site.signIn('jiancha', '/reports/bulletins');
    await page.getByRole('button', { name: '生成日报' }).click();
    await page.getByLabel('日期').fill('2026-12-31');
    await page.getByRole('button', { name: '确定' }).click();
    await page.getByText('该期间尚未开始').waitFor();
    expect(await page.getByLabel('日期').inputValue()).toBe('2026-12-31');
  });
});
