import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accepted, at, event } from '../../apps/monitor/src/testing/site';
import { accessibilityProblems, describeInBrowser } from './browser';
import { useRoleSite } from './role-site';

const EXAMPLE = join(__dirname, '../../rulesets/schemes/county-monthly.yaml');

/* What this spec guarantees: how months are scored is changed on the console by two people who see what it would have done, and back. */
describeInBrowser('drafts of the score scheme on the console', () => {
  const dir = mkdtempSync(join(tmpdir(), 'mingjian-scheme-'));
  const scheme = join(dir, 'scheme.yaml');
  copyFileSync(EXAMPLE, scheme);
  const site = useRoleSite(undefined, undefined, () => ({ scoreScheme: scheme }));
  afterAll(() => rmSync(dir, { recursive: true }));
  beforeEach(async () => {
    const { site: hall, monitor } = site.served;
    // Five cases so that there is a place, one of them late since its seventh working day.
    for (let n = 1; n <= 5; n++)
      await hall.send(
        accepted(`S-${n}`, '2026-09-15T10:00'),
        event('case.decided', `S-${n}`, n === 5 ? '2026-09-29T10:00' : '2026-09-17T10:00', {
          ...{ item: 'A0101', department: 'housing', result: 'granted' },
        }),
      );
    await monitor.intake.drain();
    hall.clock.moveTo(at('2026-10-12T09:00'));
    await site.served.addUser('guanli', ['administrator']);
    await site.served.addUser('fuhe', ['administrator']);
  });

  it('from the first edit over its impact through the second person into force, and back', async () => {
    const author = await site.signIn('guanli', '/rules/drafts');
    await author.getByText('新建改动').click();
    await author.getByRole('button', { name: '起草考评方案改动' }).click();
    await author.waitForURL(/\/rules\/drafts\/\d+$/);
    await author.getByText('还没有改动，不能提交。').waitFor();
    expect(await author.getByRole('button', { name: '提交' }).isDisabled()).toBe(true);

    const text = author.getByLabel('全文');
    const written = await text.inputValue();
    // What is on time counts for less: the weights have to add up again before it can be submitted.
    await text.fill(written.replace('weight: 40', 'weight: 20'));
    await author.getByRole('button', { name: '保存并检查' }).click();
    await author.locator('.problems .error', { hasText: '各指标分值合计为 100' }).waitFor();
    expect(await author.getByRole('button', { name: '提交' }).isDisabled()).toBe(true);
    await text.fill(written.replace('weight: 40', 'weight: 20').replace('weight: 15', 'weight: 35'));
    await author.getByRole('button', { name: '保存并检查' }).click();
    await author.getByText(/\d 个月的得分中，1 个部门会变，最多变 [\d.]+ 分。/).waitFor();
    const month = author.getByRole('region', { name: '2026-09 月得分' });
    expect(await month.textContent()).toMatch(/住房和城乡建设局\s*[\d.]+ → [\d.]+\s*[+-][\d.]+/);
    expect(await accessibilityProblems(author)).toEqual([]);
    await author.getByRole('button', { name: '提交' }).click();
    await author.getByText('自 2026-10-01 所在的月份起考评适用。').waitFor();
    await author.getByLabel('理由').fill('突出群众评价');
    await author.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await author.getByText('待批准').first().waitFor();
    expect(await author.getByRole('button', { name: '批准' }).count()).toBe(0);

    const second = await site.signIn('fuhe');
    await second.getByRole('link', { name: '1 待批准的规则改动' }).click();
    await second.locator('.fields li').first().waitFor();
    await second.getByText('“突出群众评价”（guanli）').waitFor();
    await second.getByRole('button', { name: '批准' }).click();
    await second.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await second.getByText('已批准 · 施行中').waitFor();

    // Whoever takes it back did not write it: the first author may approve that.
    await second.getByRole('button', { name: '起草撤回' }).click();
    await second.getByRole('heading', { name: /^撤回：/ }).waitFor();
    await second.getByText(/个部门会变，最多变 [\d.]+ 分。/).waitFor();
    await second.getByRole('button', { name: '提交' }).click();
    await second.getByLabel('理由').fill('恢复原分值');
    await second.getByText('改日期').click();
    await second.getByLabel(/施行月份的第一日/).fill('2026-11-01');
    await second.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await second.getByText('待批准').first().waitFor();
    await author.goto(second.url());
    await author.getByText('自 2026-11-01 所在的月份起按新方案考评').waitFor();
    await author.getByRole('button', { name: '批准' }).click();
    await author.getByRole('dialog').getByRole('button', { name: '确定' }).click();
    await author.getByText('已批准 · 尚未施行').waitFor();
    expect(site.others()).toEqual([]);
  });
});
