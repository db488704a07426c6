import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import {
  recipientsText,
  removeRecipients,
  writeRecipients,
} from '../../apps/monitor/src/notify/testing/notify-site';
import type { Receiver } from '../../apps/monitor/src/notify/testing/receivers';
import { accessibilityProblems, describeInBrowser } from './browser';
import { NOTICES } from '../../libs/rules/src/calendar/notice/testing/notices';
import { useRoleSite } from './role-site';

describeInBrowser('drafts of rules on the console', () => {
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
    await page.getByText('查看明细').click();
    await page.getByLabel('A0101 承诺时限', { exact: true }).waitFor();
    expect(await page.getByLabel('A0101 承诺时限', { exact: true }).isDisabled()).toBe(true);
    for (const name of ['保存并检查', '提交', '批准', '作废草稿'])
      expect(await page.getByRole('button', { name }).count()).toBe(0);
    expect(site.others()).toEqual([]);
  });

  it('is not approved before it is known whom it touches, and comes back to who wrote it by a link of their first page', async () => {
    const author = await site.signIn('guanli', '/rules/items');
    await author.getByRole('button', { name: '改 A0101 承诺时限' }).click();
    await author.getByLabel('改为（个工作日）').fill('5');
    await author.getByRole('button', { name: '确定' }).click();
    await author.getByRole('heading', { name: 'A0101 承诺时限 7→5 个工作日' }).waitFor();
    await author.getByText('1 件的亮灯会不同').waitFor();
    await author.getByRole('button', { name: '提交' }).click();
    await author.getByLabel('理由').fill('提速');
    await author.getByRole('button', { name: '确定' }).click();
    await author.getByText('待批准', { exact: true }).waitFor();
    // As if the process that worked it out had died.
    const { store } = site.served.site;
    await store.write((transaction) => transaction.execute("UPDATE draft_impact SET state = 'failed'", []));

    const second = await site.signIn('fuhe');
    await second.getByRole('link', { name: '1 待批准的规则改动' }).click();
    await second.getByText('影响测算完成后才能批准。').waitFor();
    expect(await second.getByRole('button', { name: '批准' }).isDisabled()).toBe(true);
    await second.getByRole('button', { name: '重新测算' }).click();
    await second.getByText('1 件的亮灯会不同').waitFor();
    expect(await second.getByRole('button', { name: '批准' }).isEnabled()).toBe(true);
    expect(await accessibilityProblems(second)).toEqual([]);
    await second.getByRole('button', { name: '退回' }).click();
    await second.getByLabel('意见').fill('请说明依据');
    await second.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await second.getByText('已退回', { exact: true }).waitFor();

    await author.goto(site.served.url);
    await author.getByRole('link', { name: '1 被退回的规则改动' }).click();
    await author.getByText(/退回：请说明依据/).waitFor();
    // What is to be written anew is open.
    expect(await author.getByLabel('A0101 承诺时限', { exact: true }).inputValue()).toBe('5');
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
    await page.getByRole('heading', { name: 'A0101 承诺时限 7→3 个工作日' }).waitFor();
    await page.getByText('修改草稿').click();
    expect(await page.getByLabel('A0101 承诺时限', { exact: true }).inputValue()).toBe('3');
    expect(site.others()).toEqual([]);
  });
});

describeInBrowser('drafts of recipients on the console', () => {
  const file = writeRecipients(recipientsText({ port: 9 } as Receiver, { port: 9 } as Receiver));
  const site = useRoleSite(undefined, undefined, () => ({ recipients: file }));
  beforeEach(async () => {
    await site.served.addUser('guanli', ['administrator']);
    await site.served.addUser('fuhe', ['administrator']);
  });
  afterAll(() => removeRecipients(file));
  const headOf = (): string | undefined =>
    site.served.monitor.notifier.keeper.current?.book.document.people['head-1']?.name;

  it('from the first edit, with its mistake mended, through the second person into force, and back', async () => {
    const page = await site.signIn('guanli', '/rules/drafts');
    await page.getByText('新建改动').click();
    await page.getByRole('button', { name: '起草接收人改动' }).click();
    await page.waitForURL(/\/rules\/drafts\/\d+$/);
    const text = page.getByLabel('全文');
    const written = await text.inputValue();
    expect(written).toContain('name: 李四');
    await text.fill(written.replace('head-1:', 'head-1:\n    deputy: head-1'));
    await page.getByRole('button', { name: '保存并检查' }).click();
    await page.locator('.problems .error', { hasText: /代理人：\s*本文档中的另一名接收人/ }).waitFor();
    expect(await page.getByRole('button', { name: '提交' }).isDisabled()).toBe(true);
    await text.fill(written.replace('李四', '钱七').replace('mail: head-1@example.gov.cn', 'hook: head-1'));
    await page.getByRole('button', { name: '保存并检查' }).click();
    await page.locator('.fields li', { hasText: '姓名' }).waitFor();
    // The yellow and the red light of the late case of the department reach its head another way.
    await page.getByText('2 条通知的接收人、通道或时间会不同').waitFor();
    expect(await page.getByRole('region', { name: '通道' }).textContent()).toContain('hook');
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole('button', { name: '提交' }).click();
    await page.getByLabel('理由').fill('换届');
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.getByText('待批准').first().waitFor();
    expect(headOf()).toBe('李四');

    const other = await site.signIn('fuhe', new URL(page.url()).pathname);
    await other.getByRole('button', { name: '批准' }).click();
    await other.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await other.getByText('施行中').first().waitFor();
    await site.served.monitor.notifier.follow();
    expect(headOf()).toBe('钱七');

    await other.getByRole('button', { name: '起草撤回' }).click();
    await other.getByRole('heading', { name: /^撤回：/ }).waitFor();
    await other.getByRole('button', { name: '提交' }).click();
    await other.getByLabel('理由').fill('恢复');
    await other.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await other.getByText('待批准').first().waitFor();
    await page.goto(other.url());
    await page.getByRole('button', { name: '批准' }).click();
    await page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await page.getByText('施行中').first().waitFor();
    await site.served.monitor.notifier.follow();
    expect(headOf()).toBe('李四');
    expect(site.others()).toEqual([]);
  });
});
