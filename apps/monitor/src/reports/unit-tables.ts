import type { Block } from '../handover/document-block';
import { decimalText, GRADE_NAMES, percentText } from './in-chinese';
import type { ScoresOfMonth } from './scores-of-month';

const KIND_NAMES = { indicator: '指标', deduction: '扣分', bonus: '加分' } as const;

/** 考评结果: places, points and grades of the units, and who is 红旗窗口. */
export function unitTable({ units }: ScoresOfMonth): Block[] {
  const redFlags = units.filter(({ isRedFlag }) => isRedFlag);
  return [
    {
      kind: 'table',
      head: ['名次', '部门', '得分', '等次', '扣分项'],
      rows: units.map((unit) => [
        unit.rank === null ? '—' : String(unit.rank),
        unit.departmentName,
        decimalText(unit.total),
        unit.grade === null ? '办件过少，不排名' : GRADE_NAMES[unit.grade],
        unit.lines
          .filter(({ points }) => points < 0)
          .map(({ name, points }) => `${name} ${points.toFixed(2)}`)
          .join('；') || '无',
      ]),
    },
    {
      kind: 'paragraph',
      indent: true,
      text: `红旗窗口：${redFlags.length === 0 ? '本月无' : redFlags.map((unit) => unit.departmentName).join('、')}。`,
    },
  ];
}

/** 得分明细: every line of every unit, and how many cases or lights stand behind it. */
export function unitLineTable({ units }: ScoresOfMonth): Block {
  return {
    kind: 'table',
    head: ['部门', '类别', '项目', '得分', '满分', '比率', '依据件数', '办件编号'],
    rows: units.flatMap(({ departmentName, lines }) =>
      lines.map(({ kind, name, points, most, rate, evidence }) => [
        departmentName,
        KIND_NAMES[kind],
        name,
        points.toFixed(2),
        decimalText(most),
        percentText(rate),
        String(evidence.length),
        // Enough to find them by; all of them are in the answer for programs.
        [...new Set(evidence.map(({ caseNo }) => caseNo))].slice(0, MOST_CASES).join(' ') || '—',
      ]),
    ),
  };
}

const MOST_CASES = 5;
