import { setTimeout as pause } from 'node:timers/promises';
import { keepQuarantined, saveFeedMapping, writtenDigest } from '@mingjian/store';
import { at } from '../../apps/monitor/src/testing/site';
import { accessibilityProblems, describeInBrowser } from './browser';
import { approve, confirm, submit } from './draft-acts';
import { useRoleSite } from './role-site';

const HOUSING = 'urn:dept:housing';

describeInBrowser('mappings on the console', () => {
  const site = useRoleSite();
  beforeEach(async () => {
    await site.served.addUser('guanli', ['administrator']);
    await site.served.addUser('fuhe', ['administrator']);
  });

  it('a mapping that a collector told of is changed: tried with pasted records and with the quarantine, approved by another', async () => {
    const written = {
      ...{ mapping: 'housing-window', version: '1', format: 'csv', source: HOUSING },
      ...{ zone: 'Asia/Shanghai', times: ['yyyy-MM-dd HH:mm'] },
      events: [
        {
          ...{ type: 'case.accepted', id: '{办件编号}/accepted', subject: '{办件编号}', time: '{受理时间}' },
          data: { item: '{事项编码}', department: 'housing' },
        },
      ],
    };
    await site.served.site.store.write(async (transaction) => {
      await saveFeedMapping(transaction, {
        ...{ feed: 'housing-rows', kind: 'table', mapping: 'housing-window', source: HOUSING },
        ...{
          document: JSON.stringify(written),
          digest: writtenDigest(written),
          origin: 'file',
          draftId: null,
        },
        toldAt: at('2026-09-24T08:00'),
      });
      await keepQuarantined(transaction, [
        {
          ...{ id: 'held', source: HOUSING, feed: 'table', place: 'housing-rows: H-9', reason: 'unmappable' },
          ...{ field: '受理时间', expected: 'a time written as yyyy-MM-dd HH:mm', got: '2026/9/22 9:05' },
          ...{ hint: '', raw: '{"办件编号":"H-9","受理时间":"2026/9/22 9:05","事项编码":"A0101"}' },
          receivedat: new Date(at('2026-09-24T08:00')).toISOString(),
        },
      ]);
    });
    const page = await site.signIn('guanli', '/rules/sources');
    const row = page.getByRole('row', { name: /^housing-window/ });
    await row.getByText('housing-rows').waitFor();
    await row.getByText('配置文件').waitFor();
    await row.getByRole('button', { name: '调整映射' }).click();
    await page.waitForURL(/\/rules\/drafts\/\d+$/);
    const text = page.getByLabel('全文');
    await text.waitFor();
    const yaml = await text.inputValue();
    expect(yaml).toContain('yyyy-MM-dd HH:mm');
    await text.fill(yaml.replace(/- ['"]?yyyy-MM-dd HH:mm['"]?/, '- yyyy-MM-dd HH:mm\n  - yyyy/M/d H:mm'));
    await page.getByRole('button', { name: '保存并检查' }).click();
    await page.getByText('1 条由隔离变为可接收').waitFor();

    await page.getByRole('button', { name: '试运行', exact: true }).click();
    await page
      .getByLabel('待试的记录')
      .fill('办件编号,受理时间,事项编码\nH-7,2026-09-20 10:00,A0101\nH-8,2026/9/21 10:05,A0101\n');
    await page.locator('form.trial').getByRole('button', { name: '试运行' }).click();
    await page.getByText('2 条记录，1 条的结果不同').waitFor();
    // What differs is first, with both readings beside each other.
    const differs = page.locator('ol > li', { hasText: 'H-8' });
    await differs.getByText('受理 H-8 2026-09-21 周一 10:05:00').waitFor();
    await differs.getByText(/受理时间：.*时间/).waitFor();
    await page.getByText('结果相同的 1 条').click();
    await page.locator('ol > li', { hasText: 'H-7' }).waitFor();
    expect(await accessibilityProblems(page)).toEqual([]);
    // Older systems of departments write GB 18030.
    const header = Buffer.from('b0ecbcfeb1e0bac52ccadcc0edcab1bce42ccac2cfeeb1e0c2eb', 'hex');
    const buffer = Buffer.concat([header, Buffer.from('\nH-8,2026/9/21 10:05,A0101\n')]);
    await page.getByLabel('选择文件').setInputFiles({ name: '窗口.csv', mimeType: 'text/csv', buffer });
    const pasted = page.getByLabel('待试的记录');
    for (
      let i = 0;
      i < 200 && !(await pasted.inputValue()).startsWith('办件编号,受理时间,事项编码\nH-8');
      i++
    )
      await pause(20);
    expect(await pasted.inputValue()).toMatch(/^办件编号,受理时间,事项编码\nH-8/);
    await page.locator('form.trial').getByRole('button', { name: '试运行' }).click();
    await page.getByText('1 条记录，1 条的结果不同').waitFor();
    // A text that no mapping can read is refused in words, and what was pasted stays.
    await page.getByLabel('格式').selectOption('json');
    await page.locator('form.trial').getByRole('button', { name: '试运行' }).click();
    await page.getByRole('alert').getByText('按草稿读不出记录').waitFor();
    expect(await page.getByLabel('待试的记录').inputValue()).toContain('H-8');
    await submit(page, '市民中心改了时间写法');
    await approve(site, 'fuhe', new URL(page.url()).pathname);

    await page.goto(`${site.served.url}/rules/sources`);
    await row.getByRole('link', { name: '在线批准' }).waitFor();
    // No collector has told yet that it reads with it.
    await row.getByText('已批准，待采集端生效').waitFor();
    // A refusal is what the browser calls an error.
    expect(site.others().filter((text) => !text.includes('status of 422'))).toEqual([]);
  });

  it('a mapping that nobody uses yet begins by its name', async () => {
    const page = await site.signIn('guanli', '/rules/sources');
    await page.getByRole('button', { name: '新建映射' }).click();
    await page.getByLabel(/映射名称/).fill('market-file');
    await confirm(page);
    await page.waitForURL(/\/rules\/drafts\/\d+$/);
    expect(await page.getByLabel('全文').inputValue()).toContain('mapping: market-file');
    expect(site.others()).toEqual([]);
  });
});
