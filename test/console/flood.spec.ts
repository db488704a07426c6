import type { Browser } from 'playwright-core';
import { describeInBrowser, launchBrowser, openPage } from './browser';
import { housingEvent, openConsole, type ServedConsole } from './open-console';

const CASES = 2_000;

describeInBrowser('the watch under a flood', () => {
  let browser: Browser;
  let site: ServedConsole;

  beforeAll(async () => {
    browser = await launchBrowser();
    site = await openConsole('2026-11-05T10:00:00+08:00', null);
    await site.receive(
      ...Array.from({ length: CASES }, (_, index) =>
        housingEvent('case.accepted', `C-${String(index).padStart(5, '0')}`, '2026-11-02T10:00:00+08:00'),
      ),
    );
  });
  afterAll(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()));
    await site.close();
    await browser.close();
  });

  it('draws what is on the screen alone, and goes on working, while thousands of lights change at once', async () => {
    const problems: string[] = [];
    const page = await openPage(browser, `${site.url}/watch`, problems);
    const rows = page.locator('.cases [role=option]');
    await rows.first().waitFor();
    await page.keyboard.press('j');
    const chosen = await page.locator('[role=option][aria-selected=true]').textContent();
    site.clock.moveTo(Date.parse('2026-11-10T00:00:00+08:00'));
    const swept = site.sweep();
    await page.keyboard.press('j');
    await page.locator('.count', { hasText: '红灯' }).getByText(String(CASES), { exact: true }).waitFor();
    await swept;
    await rows.first().getByText('红灯').waitFor();
    expect(await page.locator('[role=option][aria-selected=true]').textContent()).not.toBe(chosen);
    expect(await rows.count()).toBeLessThan(60);
    expect(await page.locator('.changes li').count()).toBeLessThanOrEqual(40);
    expect(problems).toEqual([]);
  });

  it('goes to the end of a list of pages, and every case is there once', async () => {
    const page = await openPage(browser, `${site.url}/watch`, []);
    await page.locator('.cases [role=option]').first().waitFor();
    const seen = new Set<string>();
    let isLast = false;
    while (!isLast) {
      // The rows that belong to where the list now stands have been drawn.
      const last = await page.evaluate<number>(
        `(() => { const { scrollTop, clientHeight, scrollHeight } = document.querySelector('.list');
          return Math.floor(Math.min(scrollTop + clientHeight, scrollHeight) / 36); })()`,
      );
      await page.locator(`.list [aria-posinset="${last}"]`).waitFor();
      const shown = await page.evaluate<{ numbers: string[]; isLast: boolean }>(
        `(() => { const list = document.querySelector('.list');
          const numbers = [...list.querySelectorAll('.no')].map((no) => no.textContent.trim());
          const isEnd = list.scrollTop + list.clientHeight >= list.scrollHeight - 1;
          const isAll = list.querySelector('[aria-setsize]').getAttribute('aria-setsize') !== '-1';
          list.scrollTop += list.clientHeight - 36;
          return { numbers, isLast: isEnd && isAll }; })()`,
      );
      for (const number of shown.numbers) seen.add(number);
      ({ isLast } = shown);
    }
    expect(seen.size).toBe(CASES);
  });
});
