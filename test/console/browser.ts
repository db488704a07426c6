import { readFileSync } from 'node:fs';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { describeWithTool } from '../services/with-tool';
import { findChromium } from './find-chromium';

const executablePath = findChromium();

/** Describes a suite that drives a real browser: the reason where it is skipped, and a failure in CI, as with every other tool. */
export function describeInBrowser(title: string, suite: () => void): void {
  const missing = 'no Chromium found; install the package chromium or set CHROMIUM';
  describeWithTool(title, executablePath === null ? missing : null, suite);
}

export function launchBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: executablePath ?? 'chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
  });
}

/** A page in a context of its own; what the browser complains about (scripts, styles, policy) goes into `problems`. */
export async function openPage(
  browser: Browser,
  url: string,
  problems: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    locale: 'zh-CN',
    viewport: { width: 1366, height: 768 },
    ...options,
  });
  const page = await context.newPage();
  // Sooner than the test ends: what was waited for is then named.
  page.setDefaultTimeout(20_000);
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(message.text());
  });
  await page.goto(url);
  return page;
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** What axe-core finds against WCAG 2.2 A and AA, as `rule: element` lines. */
export function accessibilityProblems(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(
    `${axe};
    axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.target.join(' '))),
    )`,
  );
}
