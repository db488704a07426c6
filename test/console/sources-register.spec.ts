import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { keepQuarantined, saveFeedMapping, writtenDigest } from '@mingjian/store';
import type { Page } from 'playwright-core';
import { CollectorModule } from '../../apps/collector/src/collector.module';
import { openSources } from '../../apps/collector/src/source/open-sources';
import { at } from '../../apps/monitor/src/testing/site';
import { accessibilityProblems, describeInBrowser } from './browser';
import { useRoleSite } from './role-site';

const HOUSING = 'urn:dept:housing';
const MARKET = 'urn:dept:market';

/** A real collector on the store and log of the site. */
interface RunningCollector {
  /** Sends an event until it is answered with a status: the collector looks at the store every two seconds. @throws when it never is. */
  answers(status: number, key: string, id: string): Promise<void>;
  close(): Promise<void>;
}

describeInBrowser('sources and mappings on the console', () => {
  const site = useRoleSite();
  beforeEach(async () => {
    await site.served.addUser('guanli', ['administrator']);
    await site.served.addUser('fuhe', ['administrator']);
    await site.served.addUser('shenji', ['auditor']);
    await site.served.addUser('yunwei', ['operator']);
  });

  async function startCollector(): Promise<RunningCollector> {
    const { dir, store, log, clock, monitor } = site.served.site;
    const { logger } = monitor.ports;
    const { sources, stop } = await openSources(join(dir, 'sources.json'), store, clock, logger);
    const settings = { bodyLimitBytes: 1_000_000, futureToleranceSeconds: 300, intakeBatch: 10 };
    const module = await Test.createTestingModule({
      imports: [CollectorModule.register({ log, clock, sources, logger, settings, registry: null })],
    }).compile();
    const app = module.createNestApplication<NestFastifyApplication>(new FastifyAdapter(), { logger: false });
    await app.init();
    await app.getHttpAdapter().getInstance().ready();
    return {
      async answers(status, key, id) {
        const answered: number[] = [];
        for (let i = 0; i < 100 && answered.at(-1) !== status; i++) {
          if (i > 0) await pause(100);
          const { statusCode } = await app.inject({
            method: 'POST',
            url: '/v1/step-events',
            headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
            payload: {
              ...{ specversion: '1.0', id, source: MARKET, type: 'case.accepted', subject: id },
              time: '2026-09-24T08:30:00+08:00',
              data: { item: 'M0101', department: 'market' },
            },
          });
          answered.push(statusCode);
        }
        expect(answered.at(-1)).toBe(status);
      },
      async close() {
        await app.close();
        await stop();
      },
    };
  }

  const confirm = (page: Page): Promise<void> =>
    page.getByRole('dialog').getByRole('button', { name: '确定' }).click();
  async function submit(page: Page, reason: string): Promise<void> {
    await page.getByRole('button', { name: '提交', exact: true }).click();
    await page.getByLabel('理由').fill(reason);
    await confirm(page);
    await page.getByText('待批准').first().waitFor();
  }
  async function approve(name: string, path: string): Promise<Page> {
    const page = await site.signIn(name, path);
    await page.getByRole('button', { name: '批准', exact: true }).click();
    await confirm(page);
    await page.getByText('施行中').first().waitFor();
    return page;
  }
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
    const collector = await startCollector();
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
    await approve('fuhe', new URL(page.url()).pathname);

    await page.goto(`${site.served.url}/rules/sources`);
    const row = page.getByRole('row', { name: MARKET });
    await row.getByText('没有密钥').waitFor();
    const first = await issue(page, '发放密钥：市场局审批系统');
    await collector.answers(202, first, 'M-11');
    const second = await issue(page, '更换密钥：市场局审批系统', '24 小时');
    await collector.answers(202, second, 'M-12');
    await collector.answers(202, first, 'M-13');
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
    await collector.answers(401, first, 'M-14');
    await collector.answers(202, second, 'M-15');
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
    await approve('fuhe', new URL(page.url()).pathname);

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
