import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { findConsoleDir } from '../../apps/monitor/src/api/console-dir';
import { PASSWORD, serveSite, type ServedSite } from '../../apps/monitor/src/testing/served-site';
import { accepted, at, event, rulesetText } from '../../apps/monitor/src/testing/site';
import { accessibilityProblems, isWithoutBrowser, launchBrowser, openPage, titled } from './browser';

const describeInBrowser = isWithoutBrowser ? describe.skip : describe;

const RULES = `${rulesetText()}  M0101:
    name: 食品经营许可
    department: market
    promise: 5wd
    delivery: none
`;

describeInBrowser(titled('what each role does on the console'), () => {
  let browser: Browser;
  let served: ServedSite;
  let problems: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    problems = [];
    const consoleDir = findConsoleDir();
    if (consoleDir === null) throw new Error('the console is not built: npm run build');
    served = await serveSite('2026-09-14T10:00:05', {}, (site) => site.writeRuleset(RULES), { consoleDir });
    const { site, monitor } = served;
    for (let i = 0; i < 500 && !monitor.isReady; i++) await pause(10);
    await site.send(
      accepted('H-1', '2026-09-14T10:00'),
      event('case.accepted', 'M-1', '2026-09-14T10:00', { item: 'M0101', department: 'market' }),
    );
    await monitor.intake.drain();
    site.clock.moveTo(at('2026-09-24T09:00'));
    await monitor.sweep.runOnce(site.clock.now());
    await served.addUser('jiancha', ['inspector']);
    await served.addUser('zhujian', ['department-head'], 'housing');
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await served.close();
  });
  afterAll(() => browser.close());

  /** A browser of its own in which somebody signs in by the page. */
  async function signIn(name: string, path = '/', phone = false): Promise<Page> {
    const viewport = phone ? { width: 390, height: 844 } : { width: 1366, height: 768 };
    const page = await openPage(browser, `${served.url}${path}`, problems, { viewport });
    await page.getByLabel('账号').fill(name);
    await page.getByLabel('密码').fill(PASSWORD);
    await page.getByRole('button', { name: '登录' }).click();
    return page;
  }
  /** A refused sign-in, and being nobody, are what a browser calls errors. */
  const others = (): string[] => problems.filter((text) => !/status of 40[13]/.test(text));

  it('asks whoever is nobody to sign in, says why not, and leads to where they wanted', async () => {
    const page = await openPage(browser, `${served.url}/cases/H-1`, problems);
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
    expect(others()).toEqual([]);
  });

  it('makes a one-time password be changed before anything else', async () => {
    const { oneTimePassword } = await served.identity.accounts.add(
      { name: 'xinren', displayName: '新人', roles: ['inspector'], department: null, district: null },
      null,
    );
    const page = await openPage(browser, `${served.url}/watch`, problems);
    await page.getByLabel('账号').fill('xinren');
    await page.getByLabel('密码').fill(oneTimePassword);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByText('请先修改一次性密码').waitFor();
    await page.getByLabel('原密码').fill(oneTimePassword);
    await page.getByLabel('新密码（至少 12 个字符）').fill(PASSWORD);
    await page.getByLabel('再次输入新密码').fill(PASSWORD);
    await page.getByRole('button', { name: '修改密码' }).click();
    await page.locator('.cases [role=option]').first().waitFor();
    expect(others()).toEqual([]);
  });

  it('leads an inspector from a red light to an order, the department to its reply, and the inspector to the end of it', async () => {
    const inspector = await signIn('jiancha');
    await inspector.waitForURL(/\/watch$/);
    await inspector.locator('.cases [role=option]', { hasText: 'H-1' }).click();
    await inspector.locator('.glance', { hasText: 'H-1' }).waitFor();
    await inspector.keyboard.press('s');
    const dialog = inspector.getByRole('dialog');
    await dialog.getByLabel('事由').waitFor();
    expect(await dialog.getByLabel('事由').inputValue()).toContain('承诺时限超期');
    await dialog.getByLabel('督办内容').fill('请说明超期原因并限期办结。');
    await dialog.getByLabel('督办依据').fill('行政许可法第四十二条');
    await dialog.getByRole('button', { name: '确定' }).click();
    await inspector.waitForURL(/\/actions\/orders\/\d+$/);
    await inspector.getByText('待反馈').first().waitFor();

    const head = await signIn('zhujian', '/', true);
    await head.waitForURL(/\/mine$/);
    expect(await head.locator('#view').textContent()).not.toContain('食品经营许可');
    await head.getByRole('button', { name: '查看并反馈' }).click();
    await head.getByRole('button', { name: '反馈', exact: true }).click();
    await head.getByLabel('原因').fill('图纸退回两次。');
    await head.getByLabel('整改措施').fill('已安排专人，明日办结。');
    await head.getByRole('button', { name: '确定' }).click();
    await head.getByText('待核实').first().waitFor();

    await inspector.reload();
    await inspector.getByText('已安排专人，明日办结。').waitFor();
    await inspector.getByRole('button', { name: '办结' }).click();
    await inspector.getByLabel('意见').fill('核实属实，同意办结。');
    await inspector.getByRole('button', { name: '确定' }).click();
    await inspector.getByText('已办结').first().waitFor();
    expect(others()).toEqual([]);
  });

  it('lets a department appeal on a telephone, and an upheld appeal takes the light away with its reason', async () => {
    const head = await signIn('zhujian', '/cases/H-1', true);
    await head.waitForURL(/\/cases\/H-1$/);
    await head.getByRole('button', { name: '提出申诉' }).last().click();
    await head.getByLabel('申诉理由').selectOption('late-upload');
    await head.getByLabel('情况说明').fill('九月十八日已办结，系统故障未上传。');
    await head.getByLabel('证据材料').fill('纸质送达回证，存档号 2026-118。');
    await head.getByRole('button', { name: '确定' }).click();
    await head.waitForURL(/\/actions\/appeals\/\d+$/);
    await head.getByText('待审理').first().waitFor();

    const inspector = await signIn('jiancha', '/actions/appeals');
    await inspector.locator('tbody a').first().click();
    await inspector.getByRole('button', { name: '撤销发牌' }).click();
    await inspector.getByLabel('意见').fill('证据属实。');
    await inspector.getByRole('button', { name: '确定' }).click();
    await inspector.getByText('已撤销发牌').first().waitFor();
    await inspector.goto(`${served.url}/cases/H-1`);
    await inspector.locator('tr.superseded', { hasText: '申诉成立' }).waitFor();
    expect(others()).toEqual([]);
  });

  it('leads a complaint from the office to the department and back, and tells the department nothing of who complained', async () => {
    const office = await signIn('jiancha', '/actions/complaints');
    await office.getByRole('button', { name: '登记投诉' }).click();
    await office.getByLabel('受理渠道类别').selectOption('complaint');
    await office.getByLabel('问题类型').selectOption('delay');
    await office.getByLabel('部门', { exact: true }).selectOption('housing');
    await office.getByLabel('事由（不写人名）').fill('规划许可超期未办结');
    await office.getByLabel('主要诉求（不含投诉人信息）').fill('尽快办结并说明原因。');
    await office.getByLabel('办件编号').fill('H-1');
    await office.getByLabel('投诉人姓名').fill('王小明');
    await office.getByRole('button', { name: '确定' }).click();
    await office.waitForURL(/\/actions\/complaints\/\d+$/);
    await office.getByRole('button', { name: '受理', exact: true }).click();
    await office.getByRole('button', { name: '确定' }).click();
    await office.getByRole('button', { name: '转办' }).click();
    await office.getByLabel('部门', { exact: true }).selectOption('housing');
    await office.getByRole('button', { name: '确定' }).click();
    await office.getByText('办理中').first().waitFor();

    const head = await signIn('zhujian', new URL(office.url()).pathname, true);
    await head.getByRole('button', { name: '办理回复' }).click();
    await head.getByLabel('情况说明').fill('已办结，图纸审查超期，已整改。');
    await head.getByRole('button', { name: '确定' }).click();
    await head.getByText('待审核').first().waitFor();
    expect(await head.locator('body').textContent()).not.toContain('王小明');

    await office.getByRole('button', { name: '查看投诉人' }).click();
    await office.getByLabel('理由').fill('核实情况，须电话回访。');
    await office.getByRole('button', { name: '确定' }).click();
    await office.getByText('投诉人： 王小明').waitFor();
    await office.reload();
    await office.getByRole('button', { name: '审核认定' }).click();
    await office.getByLabel('是否有效投诉').selectOption('valid');
    await office.getByLabel('理由').fill('超期属实。');
    await office.getByRole('button', { name: '确定' }).click();
    await office.getByText('待回复').first().waitFor();
    expect(others()).toEqual([]);
  });

  it('hands a case over under a number, with both packages in the register', async () => {
    const page = await signIn('jiancha', '/cases/H-1');
    await page.getByRole('button', { name: '移交' }).click();
    await page.getByLabel('移交理由').fill('连续超期且拒不说明。');
    await page.getByRole('button', { name: '确定' }).click();
    await page.getByText(/已登记：移交〔2026〕1号/).waitFor();
    await page.goto(`${served.url}/actions/handovers`);
    expect(await page.locator('tbody tr').first().textContent()).toContain('纪检机关');
    expect(others()).toEqual([]);
  });

  it('shows a department nothing of another, wherever it looks', async () => {
    const page = await signIn('zhujian');
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
      await page.goto(`${served.url}/${path}`);
      await page.locator('#view h1, #view .state').first().waitFor();
      await page.getByText('正在载入').first().waitFor({ state: 'detached' });
      expect(await page.locator('#view').textContent()).not.toMatch(/食品经营许可|市场监督管理局/);
    }
  });
});
