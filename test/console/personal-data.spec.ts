import { at, event } from '../../apps/monitor/src/testing/site';
import { accessibilityProblems, describeInBrowser } from './browser';
import { useRoleSite } from './role-site';

describeInBrowser('personal data on the page of a case', () => {
  const site = useRoleSite();

  it('are masked until an inspector says why they have to be known; a department is not offered it', async () => {
    const { served } = site;
    await served.site.send(
      event('case.decided', 'H-1', '2026-09-18T16:00', { result: 'granted', officer: '张伟' }),
    );
    served.site.clock.moveTo(at('2026-09-24T09:30'));
    await served.monitor.intake.drain();
    const page = await site.signIn('jiancha', '/cases/H-1');
    await page.getByRole('cell', { name: '张*' }).waitFor();
    expect(await page.getByText('张伟').count()).toBe(0);
    await page.getByRole('button', { name: '查看隐去的个人信息' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('理由').fill('核查当事人申诉。');
    await dialog.getByRole('button', { name: '确定' }).click();
    await page.getByRole('cell', { name: '张伟' }).waitFor();
    // While it fades out, its colours are not those that somebody reads.
    await dialog.waitFor({ state: 'hidden' });
    expect(await accessibilityProblems(page)).toEqual([]);
    const head = await site.signIn('zhujian', '/cases/H-1');
    await head.getByRole('cell', { name: '张*' }).waitFor();
    expect(await head.getByRole('button', { name: '查看隐去的个人信息' }).count()).toBe(0);
    expect(site.others()).toEqual([]);
  });
});
