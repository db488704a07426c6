import type { RuleDraftRow } from '@mingjian/store';
import { LONGEST_TITLE, titleAfter, titleOf } from './change-title';

/* What this spec guarantees: who looks through drafts that nobody named knows one from another, and no title tells what is personal or secret. */
describe('the title of a draft that nobody gave one', () => {
  const rules = {
    ...{ ruleset: 'city', version: '1', inForceFrom: '2020-01-01' },
    items: {
      A0101: { name: '建设工程规划许可证核发', promise: '7wd', statutory: '20wd' },
      B1: { name: '另一事项', promise: '5wd' },
    },
  };
  const withItem = (code: 'A0101' | 'B1', members: object) => ({
    ...rules,
    ...{ version: '2', inForceFrom: '2026-09-14' },
    items: { ...rules.items, [code]: { ...rules.items[code], ...members } },
  });

  it('says what is changed into what, where it is one thing', () => {
    expect(titleOf('ruleset', rules, withItem('A0101', { promise: '5wd' }))).toBe(
      'A0101 承诺时限 7→5 个工作日',
    );
    expect(titleOf('ruleset', rules, withItem('A0101', { promise: '5wh' }))).toBe(
      'A0101 承诺时限 7 个工作日→5 个工作小时',
    );
  });

  it('counts the changes where they are several, and names as many as there is room for', () => {
    const two = withItem('A0101', { promise: '5wd', statutory: '15wd' });
    expect(titleOf('ruleset', rules, two)).toBe(
      '2 处改动：A0101 承诺时限 7→5 个工作日、A0101 法定时限 20→15 个工作日',
    );
    const many = withItem('A0101', { promise: '5wd', statutory: '15wd', acceptance: '3wd', delivery: '4wd' });
    const title = titleOf('ruleset', rules, many);
    expect(title).toMatch(/^4 处改动：A0101 承诺时限 7→5 个工作日、.*…$/);
    expect([...title]).toHaveLength(LONGEST_TITLE);
  });

  it('names what is new and what is gone', () => {
    const { A0101 } = rules.items;
    expect(titleOf('ruleset', rules, { ...rules, items: { A0101 } })).toBe('删除事项 B1');
    expect(titleOf('ruleset', rules, { ...rules, items: { ...rules.items, C2: { name: '新事项' } } })).toBe(
      '新增事项 C2',
    );
    expect(titleOf('calendar', { days: [] }, { days: [{ date: '2026-10-08', off: true }] })).toBe(
      '新增特别日期 2026-10-08',
    );
  });

  it('calls an indicator of the score scheme by its name, and tells which points it has now', () => {
    const indicator = (id: string, name: string, weight: number) => ({ id, name, weight });
    const base = {
      indicators: [indicator('on-time', '期限合法', 40), indicator('complete', '数据完整', 60)],
    };
    const changed = {
      indicators: [indicator('on-time', '期限合法', 30), indicator('complete', '数据完整', 70)],
    };
    expect(titleOf('scheme', base, changed)).toBe('2 处改动：期限合法 分值 40→30、数据完整 分值 60→70');
    // In another order it is another document, though every indicator stays what it was.
    expect(titleOf('scheme', base, { indicators: [...base.indicators].reverse() })).toBe('指标');
  });

  it('is that of its kind while nothing is changed but version and days', () => {
    expect(titleOf('ruleset', rules, { ...rules, version: '2', inForceFrom: '2026-09-14' })).toBe('调整规则');
    expect(titleOf('calendar', { version: '1' }, { version: '2' })).toBe('调整工作日历');
  });

  it('tells no telephone number, no address and no name of who is told', () => {
    const base = { people: { 'head-1': { name: '李四', sms: '13800000000' } } };
    const changed = { people: { 'head-1': { name: '钱七', sms: '13900000000' } } };
    const title = titleOf('recipients', base, changed);
    expect(title).toMatch(/^2 处改动：head-1 姓名、head-1 /);
    expect(title).not.toMatch(/\d{5}|李四|钱七/);
  });

  it('says what a whole value was changed into only where that is short', () => {
    const longName = withItem('B1', { name: '一个很长很长很长很长很长很长很长的事项名称' });
    expect(titleOf('ruleset', rules, longName)).toBe('B1 名称');
  });

  it('never cuts a character in two', () => {
    const named = { ...rules, items: { ...rules.items, ['𠮷'.repeat(80)]: { name: 'x' } } };
    expect([...titleOf('ruleset', rules, named)]).toHaveLength(LONGEST_TITLE);
    expect(titleOf('ruleset', rules, named)).toMatch(/^新增事项 𠮷+…$/u);
  });

  const draft = (title: string, document: object): RuleDraftRow =>
    ({
      ...{ kind: 'ruleset', title },
      ...{ baseDocument: JSON.stringify(rules), document: JSON.stringify(document) },
    }) as RuleDraftRow;

  it('follows the draft from one save to the next, and what it is made from', () => {
    const five = withItem('A0101', { promise: '5wd' });
    expect(titleAfter(draft('调整规则', rules), five)).toBe('A0101 承诺时限 7→5 个工作日');
    const six = withItem('A0101', { promise: '6wd' });
    expect(titleAfter(draft('A0101 承诺时限 7→5 个工作日', five), six)).toBe('A0101 承诺时限 7→6 个工作日');
    const base = JSON.stringify(withItem('A0101', { promise: '4wd' }));
    expect(titleAfter(draft('A0101 承诺时限 7→5 个工作日', five), five, base)).toBe(
      'A0101 承诺时限 4→5 个工作日',
    );
  });

  it('stays where somebody wrote one', () => {
    expect(titleAfter(draft('提速', rules), withItem('A0101', { promise: '5wd' }))).toBe('提速');
  });
});
