import type { Page } from 'playwright-core';
import type { RoleSite } from './role-site';

/** Agrees to what the dialog asks. */
export const confirm = (page: Page): Promise<void> =>
  page.getByRole('dialog').getByRole('button', { name: '确定' }).click();

/** Submits the draft of the page. */
export async function submit(page: Page, reason: string): Promise<void> {
  await page.getByRole('button', { name: '提交', exact: true }).click();
  await page.getByLabel('理由').fill(reason);
  await confirm(page);
  await page.getByText('待批准').first().waitFor();
}

/** Somebody signs in and approves a draft. @returns their page */
export async function approve(site: RoleSite, name: string, path: string): Promise<Page> {
  const page = await site.signIn(name, path);
  await page.getByRole('button', { name: '批准', exact: true }).click();
  await confirm(page);
  await page.getByText('施行中').first().waitFor();
  return page;
}
