import { dateTextOf, instantInChinese } from '@mingjian/rules';
import type { Block } from '../handover/document-block';
import type { ReportRules } from './report-rules';
import type { DayFigures } from './bulletin-figures';
import { lightTable } from './light-table';
import { dateInChinese } from './month-bulletin';

/** 每日监察情况 as it is printed; `to` is the department that it is for, null for the offices. */
export function dayBulletin(
  { date, accepted, ended, lights, overdue, dueSoon }: DayFigures,
  rules: ReportRules,
  to: string | null,
  madeAt: number,
): Block[] {
  const { calendar, ruleset } = rules.book.newest;
  const { items, departments } = ruleset.document;
  const nameOf = (code: string | null): string =>
    code === null ? '不明' : (departments[code]?.name ?? code);
  return [
    { kind: 'paragraph', text: `${to === null ? '各有关部门' : nameOf(to)}：` },
    {
      kind: 'paragraph',
      indent: true,
      text:
        `${dateInChinese(date)}受理 ${accepted} 件，了结 ${ended} 件。截至 ${instantInChinese(madeAt, calendar)}，在办件中` +
        `超期 ${overdue.length} 件、临近时限 ${dueSoon} 件。`,
    },
    { kind: 'heading', text: '一、当日亮灯', level: 1 },
    ...lightTable(lights, nameOf),
    { kind: 'heading', text: '二、在办超期件', level: 1 },
    ...(overdue.length === 0
      ? [{ kind: 'paragraph', indent: true, text: '无。' } satisfies Block]
      : [
          {
            kind: 'table',
            head: ['办件编号', '事项', '部门', '应办结'],
            rows: overdue.map((one) => [
              one.caseNo,
              one.itemCode === null ? '不明' : (items[one.itemCode]?.name ?? one.itemCode),
              nameOf(one.department),
              one.dueAt === null ? '—' : dateTextOf(calendar.dayOf(one.dueAt)),
            ]),
          } satisfies Block,
        ]),
    { kind: 'paragraph', text: dateInChinese(dateTextOf(calendar.dayOf(madeAt))), align: 'right' },
  ];
}
