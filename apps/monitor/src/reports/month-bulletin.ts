import { dateTextOf, type FigureSums } from '@mingjian/rules';
import type { Block } from '../handover/document-block';
import type { ReportRules } from './report-rules';
import { complaintTable } from './complaint-table';
import { lightTable } from './light-table';
import type { MonthFigures } from './bulletin-figures';
import { changeText, decimalText, percentText } from './in-chinese';
import { monthInChinese } from './report-months';
import type { StatisticsTable } from './statistics-table';
import { unitTable } from './unit-tables';

/** Departments in a chart: more cannot be read. */
const MOST_BARS = 20;

/** 月度通报 as it is printed; `to` is the department that it is for, null for the offices. */
export function monthBulletin(
  figures: MonthFigures,
  rules: ReportRules,
  to: string | null,
  madeAt: number,
): Block[] {
  const { month, departments, before, scores, late } = figures;
  const { calendar, ruleset } = rules.book.newest;
  const { items, departments: names } = ruleset.document;
  const nameOf = (code: string | null): string => (code === null ? '不明' : (names[code]?.name ?? code));
  const dateOf = (at: number | null): string => (at === null ? '—' : dateTextOf(calendar.dayOf(at)));
  return [
    { kind: 'paragraph', text: `${to === null ? '各有关部门' : nameOf(to)}：` },
    {
      kind: 'paragraph',
      indent: true,
      text: `现将${monthInChinese(month)}行政审批和政务服务事项办理情况通报如下。`,
    },
    { kind: 'heading', text: '一、总体情况', level: 1 },
    ...overview(departments.total, before.sums).map((text): Block => ({
      kind: 'paragraph',
      indent: true,
      text: `${text}`,
    })),
    { kind: 'heading', text: '二、各部门办理情况', level: 1 },
    ...(departments.lines.length < 2
      ? []
      : ([
          {
            kind: 'chart',
            title: '各部门办结件数',
            bars: [...departments.lines]
              .sort((a, b) => b.sums.decided - a.sums.decided)
              .slice(0, MOST_BARS)
              .map(({ name, sums }) => ({ name, value: sums.decided, text: `${sums.decided} 件` })),
          },
        ] satisfies Block[])),
    {
      kind: 'table',
      head: ['名次', '部门', '受理', '办结', '按时办结率', '提前办结率', '平均用时', '法定提速', '满意率'],
      rows: departments.lines.map(({ rank, name, sums, figures: of }) => [
        rank === null ? '—' : String(rank),
        name,
        String(sums.accepted),
        String(sums.decided),
        percentText(of.onTimeRateNet),
        percentText(of.earlyRate),
        decimalText(of.meanDays),
        percentText(of.speedUpStatutory),
        percentText(of.satisfaction),
      ]),
    },
    {
      kind: 'paragraph',
      indent: true,
      text: '注：按时办结率按申诉成立后的结果计算；平均用时为工作日，不含依法扣除的时间；名次按按时办结率、平均用时排列。',
    },
    { kind: 'heading', text: '三、亮灯情况', level: 1 },
    ...lightTable(figures.lights, nameOf),
    { kind: 'heading', text: '四、投诉情况', level: 1 },
    ...complaintTable(figures.complaints),
    ...(scores === null
      ? []
      : ([
          { kind: 'heading', text: '五、考评结果', level: 1 },
          {
            kind: 'paragraph',
            indent: true,
            text: `依据“${scores.scheme.name}”（${scores.scheme.basis}），考评结果如下：`,
          },
          ...unitTable(scores),
        ] satisfies Block[])),
    { kind: 'heading', text: `${scores === null ? '五' : '六'}、需要整改的情况`, level: 1 },
    ...(late.length === 0
      ? [{ kind: 'paragraph', indent: true, text: '本月无超期办结件。' } satisfies Block]
      : ([
          { kind: 'heading', text: '（一）超期办结件', level: 2 },
          {
            kind: 'table',
            head: ['办件编号', '事项', '部门', '受理', '办结', '承诺', '用时'],
            rows: late.map((fact) => [
              fact.caseNo,
              fact.itemCode === null ? '不明' : (items[fact.itemCode]?.name ?? fact.itemCode),
              nameOf(fact.department),
              dateOf(fact.acceptedAt),
              dateOf(fact.endedAt),
              String(fact.promiseDays),
              String(fact.usedDays),
            ]),
          },
        ] satisfies Block[])),
    ...(departments.zeroUnits.length === 0
      ? []
      : ([
          { kind: 'heading', text: late.length === 0 ? '（一）零办件单位' : '（二）零办件单位', level: 2 },
          {
            kind: 'paragraph',
            indent: true,
            text: `${departments.zeroUnits.map(({ name }) => name).join('、')}。`,
          },
        ] satisfies Block[])),
    { kind: 'paragraph', text: '（印章）', align: 'right' },
    { kind: 'paragraph', text: dateInChinese(dateTextOf(calendar.dayOf(madeAt))), align: 'right' },
  ];
}

function overview({ sums, figures, services }: StatisticsTable['total'], before: FigureSums): string[] {
  const sentences = [
    `本月受理 ${sums.accepted} 件${changeText(sums.accepted, before.accepted)}；办结 ${sums.decided} 件` +
      `${changeText(sums.decided, before.decided)}；另有 ${sums.withoutResult} 件以退件、撤回、作废或者不予受理了结。`,
    `有承诺时限的办结件 ${sums.promised} 件，其中超期 ${sums.latePromise} 件，按时办结率 ${percentText(figures.onTimeRate)}` +
      (sums.upheld === 0
        ? '；'
        : `；申诉成立 ${sums.upheld} 件，扣除后按时办结率 ${percentText(figures.onTimeRateNet)}；`) +
      `提前办结率 ${percentText(figures.earlyRate)}。`,
    `平均办理用时 ${decimalText(figures.meanDays)} 个工作日，比法定时限平均缩短 ${decimalText(figures.daysBelowStatutory)} 个工作日` +
      `（提速 ${percentText(figures.speedUpStatutory)}），比承诺时限平均缩短 ${decimalText(figures.daysBelowPromise)} 个工作日` +
      `（提速 ${percentText(figures.speedUpPromise)}）。`,
    `即办件 ${sums.onTheSpot} 件，占办结件的 ${percentText(figures.onTheSpotShare)}。`,
  ];
  if (services > 0) sentences.push(`便民服务事项办理 ${services} 件（按日计数，不计入办件）。`);
  if (sums.joint > 0)
    sentences.push(
      `并联审批 ${sums.joint} 件，平均每件节省 ${decimalText(figures.meanSavedDays)} 个工作日。`,
    );
  if (sums.ratings > 0)
    sentences.push(
      `收到评价 ${sums.ratings} 次，差评 ${sums.badRatings} 次，满意率 ${percentText(figures.satisfaction)}。`,
    );
  return sentences;
}

/** 2026年4月1日. */
export function dateInChinese(date: string): string {
  const [year, month, day] = date.split('-');
  return `${year}年${Number(month)}月${Number(day)}日`;
}
