import { aCase, at, bookOf, OFFICE_2026 } from '../testing/builders';
import { explanationInChinese } from './as-chinese-text';
import { explainCase } from './explain-case';
import { explanationPage } from './explanation-page';

const BOOK = bookOf({
  A: {
    name: '规划许可',
    department: 'housing',
    promise: '7wd',
    steps: { review: { name: '审核', limit: '2wd' } },
  },
});

function pageOf(events: ReturnType<typeof aCase>, when: string): string {
  return explanationPage(explainCase('C-1', events.events, BOOK, at(when)), OFFICE_2026);
}

describe('the page to print', () => {
  const page = pageOf(
    aCase('A')
      .accepted('2026-09-14 10:00')
      .stepStarted('review', '2026-09-14 10:00')
      .suspended('2026-09-15 10:00')
      .resumed('2026-09-16 10:00')
      .extended('2026-09-17 10:00', { days: 3, approver: '李局长', notice: '延期告知 2 号' }),
    '2026-10-20 10:00',
  );

  it('says the light in words, with each clock, each day and where it stands written', () => {
    expect(page).toContain('<td>● 红灯，由承诺时限决定</td>');
    expect(page).toContain('（民法典 第二百零一条）');
    expect(page).toContain('items.A.promise');
    expect(page).toContain('2026-09-25');
    expect(page).toContain('放假（中秋节）');
    expect(page).toMatch(/合计：期限内计入 10 日，超期 \d+ 日/);
  });

  it('shows what was reported to move the limit, with ground, notice and approver', () => {
    expect(page).toContain('事由 鉴定，告知书 特别程序告知 1 号，批准人 王局长');
    expect(page).toContain('批准延长 3 日，批准人 李局长，告知书 延期告知 2 号');
  });

  it('shows where the time went', () => {
    expect(page).toContain('时间去向（关键路径）');
    expect(page).toContain('<td>审核</td>');
  });

  it('is one document that fetches nothing, runs nothing and lets no record write markup', () => {
    const hostile = pageOf(
      aCase('A').accepted('2026-09-14 10:00', { item: '<script>alert(1)</script>' }),
      '2026-09-15 10:00',
    );
    expect(hostile).not.toContain('<script>');
    expect(hostile).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toMatch(/<script|src=|href=|url\(|@import/);
    expect(page.startsWith('<!doctype html>')).toBe(true);
  });

  it('says what is not known, leaves out the days that tell nobody more, and what is provisional', () => {
    const steps = { review: { limit: '1wd' } };
    const book = bookOf({ A: { name: '事项', promise: '5wd', steps } });
    const events = aCase('A')
      .accepted('2026-12-28 10:00')
      .stepStarted('review', '2026-12-28 10:00')
      .suspended('2026-12-29 09:00', { ground: undefined, notice: undefined, approver: undefined })
      .resumed('2026-12-30 10:00');
    const explanation = explainCase('C-1', events.events, book, at('2027-06-30 10:00'));
    const late = explanationPage(explanation, OFFICE_2026);
    expect(late).toContain('暂定：期限超出已公布的放假安排');
    expect(late).toContain('事由 未报，告知书 未报，批准人 未报');
    expect(late).toContain('部门不明');
    expect(late).toMatch(/其后 \d+ 日从略/);
    expect(explanationInChinese(explanation, OFFICE_2026)).toContain('（暂定：超出已公布的放假安排）');
    const { range, dueAt } = explanation.clocks[0]!;
    expect(range!.earliest).toBeLessThanOrEqual(dueAt!);
    expect(range!.latest).toBeGreaterThanOrEqual(dueAt!);
    const nothing = explainCase(
      'C-1',
      aCase(null).accepted('2026-09-14 10:00').events,
      book,
      at('2026-09-15'),
    );
    expect(explanationPage(nothing, OFFICE_2026)).toContain('<td>办件没有事项编码</td>');
    expect(explanationInChinese(nothing, OFFICE_2026)).toContain('（事项不明）  （部门不明）');
  });
});
