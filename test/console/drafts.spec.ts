import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { isWithoutBrowser, accessibilityProblems, titled } from './browser';
import { NOTICES } from '../../libs/rules/src/calendar/notice/testing/notices';
import { useRoleSite } from './role-site';

const describeInBrowser = isWithoutBrowser ? describe.skip : describe;

describeInBrowser(titled('drafts of rules on the console'), () => {
  const site = useRoleSite();
  beforeEach(async () => {
    await site.served.addUser('guanli', ['administrator']);
    await site.served.addUser('fuhe', ['administrator']);
  });

  it('a wrong limit is said on its field, in the form and in the text', async () => {
    const page = await site.signIn('guanli', '/rules/drafts');
    await page.getByRole('button', { name: '起草规则改动' }).click();
    await page.waitForURL(/\/rules\/drafts\/\d+$/);
    await page.getByLabel('A0101 承诺时限', { exact: true }).fill('25');
    await page.getByRole('button', { name: '保存并检查' }).click();
    const row = page.locator('tr.notes', { hasText: '承诺时限' });
    await row.waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: '全文' }).click();
    const text = page.getByLabel('全文');
    expect(await text.inputValue()).toContain('promise: 25wd');
    await text.fill((await text.inputValue()).replace('25wd', '25 days or so'));
    await page.keyboard.press('Control+s');
    await page.locator('.problems .error').first().waitFor();
    expect(await page.getByRole('button', { name: '提交' }).isDisabled()).toBe(true);
    expect(site.others()).toEqual([]);
  });

  it('who saved in between is named, and nobody writes over another unawares', async () => {
    const mine = await site.signIn('guanli', '/rules/drafts');
    await mine.getByRole('button', { name: '起草规则改动' }).click();
    await mine.waitForURL(/\/rules\/drafts\/\d+$/);
    const theirs = await site.signIn('fuhe', new URL(mine.url()).pathname);
    await theirs.getByLabel('A0101 承诺时限', { exact: true }).fill('6');
    await theirs.getByRole('button', { name: '保存并检查' }).click();
    await theirs.getByText('有未保存的改动').waitFor({ state: 'detached' });
    await mine.getByLabel('A0101 承诺时限', { exact: true }).fill('4');
    await mine.getByRole('button', { name: '保存并检查' }).click();
    await mine.getByText(/fuhe 已于 .* 保存了新的内容/).waitFor();
    expect(await mine.getByLabel('A0101 承诺时限', { exact: true }).inputValue()).toBe('4');
    await mine.getByRole('button', { name: '放弃我的，看新的内容' }).click();
    await mine.getByText(/保存了新的内容/).waitFor({ state: 'detached' });
    expect(await mine.getByLabel('A0101 承诺时限', { exact: true }).inputValue()).toBe('6');
  });

  it('goes out as a workbook and comes in again; a workbook with mistakes is refused cell by cell', async () => {
    const page = await site.signIn('guanli', '/rules/drafts');
    await page.getByRole('button', { name: '起草规则改动' }).click();
    await page.waitForURL(/\/rules\/drafts\/\d+$/);
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '导出表格' }).click();
    const workbook = unzipSync(readFileSync(await (await download).path()));
    const choose = page.getByLabel('导入表格或文本');
    const file = (from: string, to: string) => {
      const written = Object.entries(workbook).map(([name, bytes]) => [
        name,
        strToU8(strFromU8(bytes).replaceAll(from, to)),
      ]);
      const buffer = Buffer.from(zipSync(Object.fromEntries(written) as Record<string, Uint8Array>));
      return { name: '事项.xlsx', mimeType: 'application/octet-stream', buffer };
    };
    await choose.setInputFiles(file('7 个工作日', '6 个工作日'));
    await page.getByText('已导入：新增 0 项，改动 1 项；文件未列的 0 项保持不变。').waitFor();
    expect(await page.getByLabel('A0101 承诺时限', { exact: true }).inputValue()).toBe('6');

    await choose.setInputFiles(file('7 个工作日', '一周左右'));
    const mistake = page.getByRole('region', { name: '文件中的错误' }).locator('tbody tr');
    await mistake.waitFor();
    expect(await mistake.textContent()).toMatch(/![A-Z]+2.*承诺时限.*一周左右/s);
    expect(await page.getByLabel('A0101 承诺时限', { exact: true }).inputValue()).toBe('6');
    expect(await accessibilityProblems(page)).toEqual([]);
  });

  it('shows an inspector what is planned, and offers them nothing to change', async () => {
    const admin = await site.signIn('guanli', '/rules/drafts');
    await admin.getByRole('button', { name: '起草规则改动' }).click();
    await admin.waitForURL(/\/rules\/drafts\/\d+$/);
    const page = await site.signIn('jiancha', new URL(admin.url()).pathname);
    await page.getByLabel('A0101 承诺时限', { exact: true }).waitFor();
    expect(await page.getByLabel('A0101 承诺时限', { exact: true }).isDisabled()).toBe(true);
    for (const name of ['保存并检查', '提交', '批准', '作废草稿'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    expect(site.others()).toEqual([]);
  });

  it('begin with a pasted notice, or with a promise that was worked out', async () => {
    const page = await site.signIn('guanli', '/rules/calendar');
    const { text } = NOTICES.find(({ year }) => year === 2026)!;
    await page.getByLabel('粘贴国务院办公厅放假通知').fill(text);
    await page.getByRole('button', { name: '预览' }).click();
    await page.getByRole('button', { name: '据此起草改动' }).click();
    await page.waitForURL(/\/rules\/drafts\/\d+$/);
    await page.locator('.fields li', { hasText: '2026-10-01' }).first().waitFor();

    await page.goto(`${site.served.url}/rules/what-if?item=A0101&days=3`);
    await page.getByRole('button', { name: '据此起草改动' }).click();
    await page.waitForURL(/\/rules\/drafts\/\d+$/);
    await page.getByRole('heading', { name: 'A0101 承诺时限改为 3 个工作日' }).waitFor();
    expect(await page.getByLabel('A0101 承诺时限', { exact: true }).inputValue()).toBe('3');
    expect(site.others()).toEqual([]);
  });
});
