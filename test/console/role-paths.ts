/* eslint-disable jest/no-export -- the same paths on each engine */
import type { Store } from '@mingjian/store';
import { useRoleSite } from './role-site';

/** The main path of each role, on SQLite unless another store is opened. */
export function describeRolePaths(openOther?: () => Promise<Store>): void {
  const site = useRoleSite(openOther);

  it('leads an inspector from a red light to an order, the department to its reply, and the inspector to the end of it', async () => {
    const inspector = await site.signIn('jiancha');
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

    const head = await site.signIn('zhujian', '/', true);
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
    expect(site.others()).toEqual([]);
  });

  it('lets a department appeal on a telephone, and an upheld appeal takes the light away with its reason', async () => {
    const head = await site.signIn('zhujian', '/cases/H-1', true);
    await head.waitForURL(/\/cases\/H-1$/);
    await head.getByRole('button', { name: '提出申诉' }).last().click();
    await head.getByLabel('申诉理由').selectOption('late-upload');
    await head.getByLabel('情况说明').fill('九月十八日已办结，系统故障未上传。');
    await head.getByLabel('证据材料').fill('纸质送达回证，存档号 2026-118。');
    await head.getByRole('button', { name: '确定' }).click();
    await head.waitForURL(/\/actions\/appeals\/\d+$/);
    await head.getByText('待审理').first().waitFor();

    const inspector = await site.signIn('jiancha', '/actions/appeals');
    await inspector.locator('tbody a').first().click();
    await inspector.getByRole('button', { name: '撤销发牌' }).click();
    await inspector.getByLabel('意见').fill('证据属实。');
    await inspector.getByRole('button', { name: '确定' }).click();
    await inspector.getByText('已撤销发牌').first().waitFor();
    await inspector.goto(`${site.served.url}/cases/H-1`);
    await inspector.locator('tr.superseded', { hasText: '申诉成立' }).waitFor();
    expect(site.others()).toEqual([]);
  });

  it('leads a complaint from the office to the department and back, and tells the department nothing of who complained', async () => {
    const office = await site.signIn('jiancha', '/actions/complaints');
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

    const head = await site.signIn('zhujian', new URL(office.url()).pathname, true);
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
    expect(site.others()).toEqual([]);
  });

  it('leads an administrator from a change of a limit over its impact to a second administrator, to its date, and back', async () => {
    const { served } = site;
    await served.addUser('guanli', ['administrator']);
    await served.addUser('fuhe', ['administrator']);
    const author = await site.signIn('guanli', '/rules/drafts');
    await author.getByRole('button', { name: '起草规则改动' }).click();
    await author.waitForURL(/\/rules\/drafts\/\d+$/);
    await author.getByLabel('A0101 承诺时限', { exact: true }).fill('9');
    await author.getByRole('button', { name: '保存并检查' }).click();
    // What it changes stands beside the form, in words; and whom it would have concerned.
    await author.getByText('9 个工作日', { exact: true }).waitFor();
    await author.getByText('1 件的亮灯会不同').waitFor();
    await author.getByRole('link', { name: 'H-1' }).waitFor();
    await author.getByRole('button', { name: '提交' }).click();
    await author.getByLabel('理由').fill('承诺时限按现有人手核定。');
    await author.getByText('改日期').click();
    await author.getByLabel(/施行日期/).fill('2026-10-08');
    await author.getByRole('button', { name: '确定' }).click();
    await author.getByText('待批准').first().waitFor();
    expect(await author.getByRole('button', { name: '批准' }).count()).toBe(0);

    const second = await site.signIn('fuhe', '/rules/drafts?state=submitted');
    await second.getByRole('link', { name: 'A0101 承诺时限 7→9 个工作日' }).click();
    await second.getByText('承诺时限按现有人手核定。').waitFor();
    await second.getByRole('button', { name: '批准' }).click();
    await second.getByRole('button', { name: '确定' }).click();
    await second.getByText('尚未施行').first().waitFor();

    await author.reload();
    await author.getByRole('button', { name: '起草撤回' }).click();
    await author.getByRole('heading', { name: '撤回：A0101 承诺时限 7→9 个工作日' }).waitFor();
    await author.getByText('7 个工作日', { exact: true }).waitFor();
    expect(site.others()).toEqual([]);
  });
}
