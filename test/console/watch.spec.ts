import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { accessibilityProblems, describeInBrowser, launchBrowser, openPage } from './browser';
import { housingEvent, openConsole, type ServedConsole } from './open-console';

describeInBrowser('the watch and the page of a case', () => {
  let browser: Browser;
  let site: ServedConsole;
  let problems: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
  });
  beforeEach(async () => {
    problems = [];
    site = await openConsole('2026-11-05T10:00:00+08:00', { speed: 600, city: 'fangchenggang' });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await site.close();
  });
  afterAll(() => browser.close());

  const open = (path = 'watch', options: BrowserContextOptions = {}): Promise<Page> =>
    openPage(browser, `${site.url}/${path}`, problems, options);

  /** Waits until the page shows the text; fails when it does not. */
  async function expectShown(page: Page, text: string): Promise<void> {
    await page.getByText(text).first().waitFor();
  }

  const accepted = housingEvent('case.accepted', 'C-1', '2026-11-02T10:00:00+08:00');

  it('shows a light turning from green over yellow to red, in the list and in the stream, without a reload', async () => {
    await site.receive(accepted);
    const page = await open();
    const row = page.locator('.cases [role=option]').filter({ hasText: 'C-1' });
    const newest = page.locator('.changes li').first();
    await row.getByText('绿灯').waitFor();

    site.clock.moveTo(Date.parse('2026-11-06T00:00:00+08:00'));
    await site.sweep();
    await row.getByText('黄灯').waitFor();
    await newest.getByText('黄灯').waitFor();

    site.clock.moveTo(Date.parse('2026-11-10T00:00:00+08:00'));
    await site.sweep();
    await row.getByText('红灯').waitFor();
    await newest.getByText('红灯').waitFor();
    expect(await row.locator('.rest').getAttribute('title')).toContain('2026-11-09 周一 24:00');
    await page.locator('.count', { hasText: '红灯' }).getByText('1', { exact: true }).waitFor();
    expect(problems).toEqual([]);
  });

  it('paints the shapes of the lights in the agreed colours', async () => {
    await site.receive(accepted);
    const page = await open();
    await page.locator('.count .shape').first().waitFor();
    const seen = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.count .shape')].map((svg) => svg.firstElementChild.tagName + ' ' +
        getComputedStyle(svg)[svg.firstElementChild.classList.contains('hollow') ? 'stroke' : 'fill'])`,
    );
    expect(seen).toEqual([
      'circle rgb(200, 16, 46)',
      'path rgb(230, 167, 0)',
      'circle rgb(138, 143, 152)',
      'rect rgb(46, 139, 87)',
    ]);
  });

  it('explains a case: clocks, day list that adds up, events, history, findings', async () => {
    site.clock.moveTo(Date.parse('2026-11-12T10:00:00+08:00'));
    await site.receive(accepted);
    const page = await open('cases/C-1');
    await page.getByRole('heading', { name: '建筑工程施工许可证核发' }).waitFor();
    await page.locator('.days').first().waitFor();
    const text = (await page.locator('#view').textContent()) ?? '';
    expect(text).toContain('由承诺时限决定，届满于 2026-11-09 周一 24:00');
    expect(text).toContain('期限内计 5 日，超期 3 日');
    expect(text).toContain('期间开始之日不计入');
    expect(await page.locator('.days .day.over').first().textContent()).toContain('2026-11-10');
    expect(await page.locator('svg.timeline .bar.red').count()).toBeGreaterThan(0);
    expect(text).not.toMatch(/undefined|null|NaN|Invalid/);
    expect(problems).toEqual([]);
  });

  it('says on every page that the data are simulated and how fast the clock runs', async () => {
    await site.receive(accepted);
    for (const path of ['watch', 'cases', 'cases/C-1'])
      await expectShown(await open(path), '模拟数据 · 演示时钟 ×600');
  });

  it('is worked by keyboard: j, k, Enter, e, Esc, /, 1, ?', async () => {
    await site.receive(accepted, { ...accepted, id: 'other', subject: 'C-2' });
    const page = await open();
    await page.locator('.cases [role=option]').nth(1).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/cases\/C-2$/);
    await page.locator('.head').waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(/\/watch$/);
    await page.locator('.cases [role=option]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('e');
    await page.waitForURL(/\/cases\/C-1#basis$/);
    await page.goBack();
    await page.locator('.cases [role=option]').first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('C-1');
    await page.waitForURL(/q=C-1/);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.search.includes('q='));
    await page.keyboard.press('1');
    await page.waitForURL(/light=red/);
    await page.keyboard.press('1');
    await page.waitForURL(/\/watch$/);
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: '键盘' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('keeps the chosen case and the focus while a worse one moves above it', async () => {
    await site.receive(accepted);
    const page = await open();
    await page.locator('.cases [role=option]').first().waitFor();
    await page.keyboard.press('j');
    await page.locator('.glance', { hasText: 'C-1' }).waitFor();
    await site.receive(housingEvent('case.accepted', 'C-0', '2026-10-09T10:00:00+08:00'));
    await page.locator('.cases [role=option]').filter({ hasText: 'C-0' }).waitFor();
    expect(await page.locator('[role=option][aria-selected=true]').textContent()).toContain('C-1');
    const active = await page.evaluate<string>(
      `document.getElementById(document.activeElement.getAttribute('aria-activedescendant')).textContent`,
    );
    expect(active).toContain('C-1');
    expect(await page.locator('#case-0').textContent()).toContain('C-0');
    expect(await page.locator('.glance').textContent()).toContain('C-1');
  });

  it('shows the limits of the chosen case beside the list', async () => {
    await site.receive(accepted);
    const page = await open();
    await page.locator('.cases [role=option]').first().click();
    const promise = page.locator('.glance li').filter({ hasText: '承诺时限' });
    await promise.getByText('3 日').waitFor();
    expect(await promise.textContent()).toContain('5 个工作日');
    expect(problems).toEqual([]);
  });

  it('keeps filters in the address and narrows the list by them', async () => {
    await site.receive(accepted);
    const page = await open('watch?light=red');
    await expectShown(page, '没有符合条件的办件。');
    await page.getByRole('button', { name: '绿灯' }).click();
    await page.waitForURL(/\/watch\?light=green$/);
    await page.locator('.cases [role=option]').filter({ hasText: 'C-1' }).waitFor();
    await page.getByLabel('部门').selectOption('housing');
    await page.waitForURL(/\/watch\?light=green&department=housing$/);
    await page.goBack();
    await page.waitForURL(/\/watch\?light=green$/);
    expect(problems).toEqual([]);
  });

  it('shows an unknown item as grey with the reason, and a case that is not there as not there', async () => {
    await site.receive(housingEvent('case.accepted', 'C-9', '2026-11-02T10:00:00+08:00', { item: 'A0199' }));
    const page = await open('cases/C-9');
    await expectShown(page, '无法判定：规则集中没有这个事项。');
    await page.goto(`${site.url}/cases/C-404`);
    await expectShown(page, '没有编号为 C-404 的办件。');
  });

  it('says so when the connection is gone, before anything else', async () => {
    const page = await open();
    await page.locator('.count').first().waitFor();
    await page.context().setOffline(true);
    await expectShown(page, '连接已中断');
  });

  it('speaks English to whoever chose it, and keeps to it', async () => {
    await site.receive(accepted);
    const page = await open();
    await page.getByText('显示设置').click();
    await page.getByLabel('English').check();
    await page.getByRole('heading', { name: 'Newest light changes' }).waitFor();
    await page.reload();
    await page.getByRole('heading', { name: 'Newest light changes' }).waitFor();
    expect(await page.evaluate<string>('document.documentElement.lang')).toBe('en');
    expect(problems).toEqual([]);
  });

  it('meets WCAG 2.2 AA as far as a program can see it, light and dark', async () => {
    await site.receive(accepted);
    for (const colorScheme of ['light', 'dark'] as const) {
      const page = await open('watch', { colorScheme });
      await page.locator('.cases [role=option]').first().click();
      await page.locator('.glance li').first().waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.goto(`${site.url}/cases/C-1`);
      await page.locator('.days').first().waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
    }
  });

  it.each([
    ['1366×768', { width: 1366, height: 768 }],
    ['a phone', { width: 390, height: 844 }],
  ])('needs no sideways scrolling on %s', async (_, viewport) => {
    await site.receive(accepted);
    for (const path of ['watch', 'cases', 'cases/C-1']) {
      const page = await open(path, { viewport });
      await page.locator('[role=option], .head, .find').first().waitFor();
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
    }
  });
});
