import { setTimeout as pause } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Store } from '@mingjian/store';
import { findConsoleDir } from '../../apps/monitor/src/api/console-dir';
import type { MonitorSettings } from '../../apps/monitor/src/monitor-settings';
import { PASSWORD, serveSite, type ServedSite } from '../../apps/monitor/src/testing/served-site';
import { accepted, at, event, rulesetText } from '../../apps/monitor/src/testing/site';
import { launchBrowser, openPage } from './browser';

/** Items of two departments. */
export const RULES = `${rulesetText()}  M0101:
    name: 食品经营许可
    department: market
    promise: 5wd
    delivery: none
`;

/** A site with accounts, a late case in each of two departments, and a browser in which people sign in. */
export interface RoleSite {
  readonly browser: Browser;
  readonly served: ServedSite;
  readonly problems: string[];
  /** A browser of its own in which somebody signs in by the page. */
  signIn(name: string, path?: string, phone?: boolean, options?: BrowserContextOptions): Promise<Page>;
  /** What a browser complained about; a refused sign-in, and being nobody, are what it calls errors. */
  others(): string[];
}

/**
 * A site anew for each test of the suite around it; on SQLite unless another store is opened. `rules`: its ruleset, YAML; `settings`:
 * what it is set besides.
 */
export function useRoleSite(
  openOther?: () => Promise<Store>,
  rules = RULES,
  settings: () => Partial<MonitorSettings> = () => ({}),
): RoleSite {
  // Two people in two browsers, on a machine that may be busy with other suites.
  jest.setTimeout(120_000);
  const state = {} as { browser: Browser; served: ServedSite; problems: string[] };
  beforeAll(async () => {
    state.browser = await launchBrowser();
  });
  beforeEach(async () => {
    state.problems = [];
    const consoleDir = findConsoleDir();
    if (consoleDir === null) throw new Error('the console is not built: npm run build');
    const store = await openOther?.();
    const prepare = (site: ServedSite['site']): void => site.writeRuleset(rules);
    state.served = await serveSite('2026-09-14T10:00:05', {}, prepare, { consoleDir, ...settings() }, store);
    const { site, monitor } = state.served;
    for (let i = 0; i < 500 && !monitor.isReady; i++) await pause(10);
    await site.send(
      accepted('H-1', '2026-09-14T10:00'),
      event('case.accepted', 'M-1', '2026-09-14T10:00', { item: 'M0101', department: 'market' }),
    );
    await monitor.intake.drain();
    site.clock.moveTo(at('2026-09-24T09:00'));
    await monitor.sweep.runOnce(site.clock.now());
    await state.served.addUser('jiancha', ['inspector']);
    await state.served.addUser('zhujian', ['department-head'], 'housing');
  });
  afterEach(async () => {
    await Promise.all(state.browser.contexts().map((context) => context.close()));
    await state.served.close();
  });
  afterAll(() => state.browser.close());
  return {
    get browser() {
      return state.browser;
    },
    get served() {
      return state.served;
    },
    get problems() {
      return state.problems;
    },
    async signIn(name, path = '/', phone = false, options = {}) {
      const viewport = phone ? { width: 390, height: 844 } : { width: 1366, height: 768 };
      const page = await openPage(state.browser, `${state.served.url}${path}`, state.problems, {
        viewport,
        ...options,
      });
      await page.getByLabel('账号').fill(name);
      await page.getByLabel('密码').fill(PASSWORD);
      await page.getByRole('button', { name: '登录' }).click();
      return page;
    },
    others: () => state.problems.filter((text) => !/status of 40[13]/.test(text)),
  };
}
