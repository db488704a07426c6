import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { NOTICES } from '../../libs/rules/src/calendar/notice/testing/notices';
import { accessibilityProblems, describeInBrowser, launchBrowser, openPage } from './browser';
import { housingEvent, openConsole, type ServedConsole } from './open-console';

/** Every page, and what is there once it is loaded. */
const PAGES: readonly (readonly [path: string, loaded: string])[] = [
  ['watch', '[role=option]'],
  ['cases', '.find'],
  ['cases/C-1', '.days'],
  ['mine', '.case'],
  ['actions/orders', '.panel .state'],
  ['actions/appeals', '.panel .state'],
  ['actions/complaints', '.panel .state'],
  ['actions/ratings', 'tbody tr'],
  ['actions/ratings/one?case=C-2&source=urn:dept:housing&event=C-2/rated', '.reply'],
  ['actions/rating-appeals', 'tbody tr'],
  ['actions/rating-appeals/1', '.events'],
  ['actions/cards', 'tbody tr'],
  ['actions/cards/1', '.events'],
  ['actions/waiting', '.panel .state'],
  ['actions/handovers', '.panel .state'],
  ['actions/leads', '.panel .state'],
  ['actions/sources', 'tbody tr'],
  ['reports', '.chart canvas'],
  ['reports/scores', '.narrow .state, .unit'],
  ['reports/bulletins', 'tbody tr'],
  ['reports/ledger', 'tbody tr'],
  ['rules/items', 'tbody tr'],
  ['rules/calendar', '.month'],
  ['rules/what-if?item=A0101&days=3', '.chart canvas'],
  ['rules/drafts', '.versions tbody tr'],
  ['rules/drafts/1', '.fields li'],
  ['rules/drafts/2', '#new-source'],
  ['rules/drafts/3', '.editor'],
  ['rules/sources', 'tbody tr'],
  ['rules/users', '.panel .state'],
  ['screen', '.departments li'],
];

async function expectToFitAndBeChinese(page: Page): Promise<void> {
  // Charts follow a new size some frames later.
  const overflow = await page.evaluate<number>(
    `(async () => { const { documentElement: page } = document;
    for (let frame = 0; frame < 60 && page.scrollWidth > page.clientWidth; frame++) await new Promise(requestAnimationFrame);
    return page.scrollWidth - page.clientWidth; })()`,
  );
  expect(overflow).toBe(0);
  const words = await page.evaluate<string>(
    `(() => { const clone = document.body.cloneNode(true);
    for (const part of clone.querySelectorAll('kbd, dialog, code, .page-settings, .num, .source, script, noscript')) part.remove();
    return clone.textContent; })()`,
  );
  // Codes of rules and names of sources are not words of a language.
  const english = words
    .replace(/urn:[\w:-]+/g, '')
    .match(/[A-Za-z]{4,}/g)
    ?.filter((word) => !/^(demo|city|items|promise|statutory)$/.test(word));
  expect(english ?? []).toEqual([]);
  expect(words).not.toMatch(/undefined|NaN|[a-z]+\.[a-z]+\.[a-zA-Z]+/);
}

describeInBrowser('every page of the console', () => {
  // On a machine that may be busy with other suites.
  jest.setTimeout(120_000);
  let browser: Browser;
  let site: ServedConsole;
  let problems: string[];

  beforeAll(async () => {
    browser = await launchBrowser();
    site = await openConsole('2026-11-12T10:00:00+08:00', null);
    const cases = Array.from({ length: 30 }, (_, index) =>
      housingEvent(
        'case.accepted',
        `C-${index}`,
        `2026-11-${String((index % 9) + 1).padStart(2, '0')}T10:00:00+08:00`,
      ),
    );
    await site.receive(...cases);
    const rated = housingEvent('case.rated', 'C-2', '2026-11-10T10:00:00+08:00', {
      grade: 1,
      realName: true,
      tags: ['超时办理'],
    });
    await site.receive({ ...rated, id: 'C-2/rated' });
    await site.sweep();
    await post('/v1/rating-appeals', {
      rating: { caseNo: 'C-2', source: 'urn:dept:housing', event: 'C-2/rated' },
      ...{ reason: 'malicious', text: '评价人未到窗口办理。', evidence: '窗口录像一份。' },
    });
    await post('/v1/cards', {
      ...{ caseNo: 'C-1', light: 'yellow', reason: 'absent' },
      ...{ text: '窗口无人。', basis: '窗口管理办法第六条' },
    });
    await post('/v1/bulletins', { bulletin: { kind: 'daily', period: '2026-11-11' } });
    await post('/v1/drafts', { kind: 'ruleset' });
    const { draft } = (await (await fetch(`${site.url}/v1/drafts/1`)).json()) as { draft: { yaml: string } };
    const yaml = draft.yaml.replace('promise: 5wd', 'promise: 25wd');
    await send('PUT', '/v1/drafts/1', { yaml }, { 'if-match': '"1"' });
    await post('/v1/drafts', { kind: 'sources' });
    await post('/v1/drafts', { kind: 'mapping', mapping: 'gd' });
  });
  beforeEach(() => {
    problems = [];
  });
  afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
  afterAll(async () => {
    await site.close();
    await browser.close();
  });

  async function send(
    method: string,
    path: string,
    body: object,
    more: Record<string, string> = {},
  ): Promise<void> {
    const headers = { 'content-type': 'application/json', 'x-mingjian-request': 'spec', ...more };
    const answer = await fetch(site.url + path, { method, headers, body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
  }
  const post = (path: string, body: object): Promise<void> => send('POST', path, body);
  const open = async (path: string, loaded: string, options: BrowserContextOptions = {}): Promise<Page> => {
    const page = await openPage(browser, `${site.url}/${path}`, problems, options);
    await page.locator(loaded).first().waitFor();
    return page;
  };

  it.each(PAGES)(
    '%s keeps the content policy and WCAG 2.2 AA, light and dark, is all Chinese, and fits a telephone and 1366×768',
    async (path, loaded) => {
      // One page that changes its size and colours, as a person's does: loading it four times took most of the time.
      const page = await open(path, loaded, { colorScheme: 'light' });
      expect(await accessibilityProblems(page)).toEqual([]);
      await expectToFitAndBeChinese(page);
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.locator('html.dark').waitFor();
      expect(await accessibilityProblems(page)).toEqual([]);
      await page.setViewportSize({ width: 390, height: 844 });
      await page.locator(loaded).first().waitFor();
      await expectToFitAndBeChinese(page);
      expect(problems).toEqual([]);
    },
  );

  it('finds a button without a name where there is one', async () => {
    const page = await open('cases', '.find');
    await page.evaluate(`document.querySelector('.find').append(document.createElement('button'))`);
    expect(await accessibilityProblems(page)).toEqual([expect.stringContaining('button-name')]);
  });

  it('shows which days a pasted notice changes, in the year', async () => {
    const page = await open('rules/calendar', '.month');
    const { text } = NOTICES.find(({ year }) => year === 2026)!;
    await page
      .getByLabel('粘贴国务院办公厅放假通知')
      .fill(text.replaceAll('2026', '2027').replaceAll('2025', '2026'));
    await page.getByRole('button', { name: '预览' }).click();
    // Weekdays of another year do not fit: the page says where.
    await page.getByText('通知没有完全读懂').waitFor();
    await page.getByLabel('粘贴国务院办公厅放假通知').fill(text);
    await page.getByRole('button', { name: '预览' }).click();
    await page.getByText('这里只是预览，没有改动日历。').waitFor();
    // The calendar of the demonstration has it already.
    expect(await page.locator('#view').textContent()).toContain('改变 0 天');
  });

  it('works out another promise, and shows the cases that it would turn', async () => {
    const page = await open('rules/what-if', 'form.ask');
    await page.getByRole('combobox').click();
    await page.keyboard.type('A0101');
    await page.getByRole('option', { name: 'A0101 建筑工程施工许可证核发' }).click();
    await page.locator('#days').fill('1');
    await page.getByRole('button', { name: '测算' }).click();
    await page.getByText('受影响的办件（前十件）').waitFor();
    expect(page.url()).toContain('item=A0101&days=1');
    await page.getByText(/共 30 件/).waitFor();
    expect(problems).toEqual([]);
  });
});
