import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { findChromium } from './find-chromium';
import { housingEvent, openBoard, type Board } from './open-board';

const executablePath = findChromium();
// A missing browser must be seen: in CI it is a failure, elsewhere a skip that says why.
const title =
  executablePath === null && process.env.CI !== 'true'
    ? 'the board (skipped: no Chromium found; install the package chromium or set CHROMIUM)'
    : 'the board';
const describeInBrowser = executablePath === null && process.env.CI !== 'true' ? describe.skip : describe;

describeInBrowser(title, () => {
  let browser: Browser;
  let board: Board;
  let problems: string[];

  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: executablePath ?? 'chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    });
  });
  beforeEach(async () => {
    problems = [];
    board = await openBoard('2026-11-05T10:00:00+08:00', { speed: 600, city: 'fangchenggang' });
  });
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await board.close();
  });
  afterAll(() => browser.close());

  /** Waits until the page shows the text; fails when it does not. */
  async function expectShown(page: Page, text: string): Promise<void> {
    await page.getByText(text).waitFor();
  }

  /** A page that collects what the browser complains about: scripts, styles, policy. */
  async function open(hash = '', options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await browser.newContext(options)).newPage();
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
    });
    await page.goto(`${board.url}/${hash}`);
    return page;
  }

  const accepted = housingEvent('case.accepted', 'C-1', '2026-11-02T10:00:00+08:00');

  it('shows a light turning from green over yellow to red, in the list and in the stream, without a reload', async () => {
    await board.receive(accepted);
    const page = await open();
    const row = page.locator('.cases tbody tr', { hasText: 'C-1' });
    const newest = page.locator('.changes li').first();
    await row.getByText('绿灯').waitFor();

    board.clock.moveTo(Date.parse('2026-11-06T00:00:00+08:00'));
    await board.sweep();
    await row.getByText('黄灯').waitFor();
    await newest.getByText('黄灯').waitFor();

    board.clock.moveTo(Date.parse('2026-11-10T00:00:00+08:00'));
    await board.sweep();
    await row.getByText('红灯').waitFor();
    await newest.getByText('红灯').waitFor();
    expect(await row.textContent()).toContain('11-09 周一 24:00');
    expect(await page.locator('.count', { hasText: '红灯' }).textContent()).toMatch(/1\s*红灯/);
    expect(problems).toEqual([]);
  });

  it('paints the shapes of the lights in the agreed colours', async () => {
    await board.receive(accepted);
    const page = await open();
    await page.locator('.count .light').first().waitFor();
    const seen = await page.evaluate<string[]>(
      `[...document.querySelectorAll('.count .light i')].map((i) => i.textContent + ' ' + getComputedStyle(i).color)`,
    );
    expect(seen).toEqual([
      '● rgb(200, 16, 46)',
      '▲ rgb(230, 167, 0)',
      '◌ rgb(138, 143, 152)',
      '■ rgb(46, 139, 87)',
    ]);
  });

  it('explains a case: clocks, day list that adds up, events, history, findings', async () => {
    board.clock.moveTo(Date.parse('2026-11-12T10:00:00+08:00'));
    await board.receive(accepted);
    const page = await open('#/cases/C-1');
    await page.getByRole('heading', { name: '建筑工程施工许可证核发' }).waitFor();
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
    for (const hash of ['', '#/cases/C-1']) {
      await board.receive(accepted);
      const page = await open(hash);
      await expectShown(page, '模拟数据 · 演示时钟 ×600');
    }
  });

  it('is worked by keyboard: j, Enter, Esc, /, ?', async () => {
    await board.receive(accepted, { ...accepted, id: 'other', subject: 'C-2' });
    const page = await open();
    await page.locator('.cases tbody tr').nth(1).waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/cases\/C-2$/);
    await page.locator('.case-head').waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.watch').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('C-1');
    await page.waitForURL(/q=C-1/);
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.hash.includes('q='));
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: '键盘' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('keeps the focus on its case while a worse one moves above it', async () => {
    await board.receive(accepted);
    const page = await open();
    await page.locator('.cases tbody tr').first().waitFor();
    await page.keyboard.press('j');
    await board.receive(housingEvent('case.accepted', 'C-0', '2026-10-09T10:00:00+08:00'));
    await page.locator('.cases tbody tr', { hasText: 'C-0' }).waitFor();
    const focused = await page.evaluate<string>(`document.activeElement.closest('tr').textContent`);
    expect(focused).toContain('C-1');
    expect(await page.locator('.cases tbody tr').first().textContent()).toContain('C-0');
  });

  it('keeps filters in the address and narrows the list by them', async () => {
    await board.receive(accepted);
    const page = await open('#/?light=red');
    await expectShown(page, '没有符合条件的办件。');
    await page.getByRole('button', { name: '绿灯' }).click();
    await page.waitForURL(/#\/\?light=green$/);
    await page.locator('.cases tbody tr', { hasText: 'C-1' }).waitFor();
    expect(problems).toEqual([]);
  });

  it('shows an unknown item as grey with the reason, and a case that is not there as not there', async () => {
    await board.receive(housingEvent('case.accepted', 'C-9', '2026-11-02T10:00:00+08:00', { item: 'A0199' }));
    const page = await open('#/cases/C-9');
    await expectShown(page, '无法判定：规则集中没有这个事项。');
    await page.goto(`${board.url}/#/cases/C-404`);
    await expectShown(page, '没有编号为 C-404 的办件。');
  });

  it('says so when the connection is gone, before anything else', async () => {
    const page = await open();
    await page.locator('.count').first().waitFor();
    await page.context().setOffline(true);
    await expectShown(page, '连接已中断');
  });

  it.each([
    ['1366×768', { width: 1366, height: 768 }],
    ['a phone', { width: 390, height: 844 }],
  ])('needs no sideways scrolling on %s', async (_, viewport) => {
    await board.receive(accepted);
    for (const hash of ['', '#/cases/C-1']) {
      const page = await open(hash, { viewport });
      await page.locator('.cases tbody tr, .case-head').first().waitFor();
      const overflow = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(overflow).toBe(0);
    }
  });
});
