import type { Block } from '../handover/document-block';
import { complaintTable } from './complaint-table';
import { decimalText, percentText } from './in-chinese';
import { monthInChinese } from './report-months';
import type { StatisticsLine, StatisticsTable } from './statistics-table';

/** What a table is grouped by, as people read it. */
export const GROUPING_NAMES: Readonly<Record<StatisticsTable['by'], string>> = {
  month: '月份',
  department: '部门',
  district: '区划',
  hall: '大厅',
  item: '事项',
  class: '办件类型',
  post: '岗位',
  officer: '人员',
};

/** 2026年1月至3月行政审批办件统计（按部门）. */
export function statisticsTitle({ months, by }: StatisticsTable): string {
  const [first, last] = [months[0]!, months[months.length - 1]!];
  const period = first === last ? monthInChinese(first) : `${monthInChinese(first)}至${monthInChinese(last)}`;
  return `${period}办件统计（按${GROUPING_NAMES[by]}）`;
}

/** Statistics as they are printed; the figures are those of the table. */
export function statisticsDocument(table: StatisticsTable): Block[] {
  const { by, lines, total, zeroUnits, complaints, delegated } = table;
  const isRanked = lines.some(({ rank }) => rank !== null);
  const handedDown = lines.filter((line) => line.delegated !== null);
  const hasServices = total.services > 0;
  const whole: StatisticsLine = { key: null, name: '合计', rank: null, delegated: null, ...total };
  const row = (line: StatisticsLine): string[] => [
    ...(isRanked ? [line.rank === null ? '—' : String(line.rank)] : []),
    line.name,
    ...countsOf(line),
    ...(hasServices ? [String(line.services)] : []),
  ];
  return [
    { kind: 'heading', text: '一、办件情况', level: 1 },
    {
      kind: 'table',
      head: [
        ...(isRanked ? ['名次'] : []),
        GROUPING_NAMES[by],
        ...COUNTS,
        ...(hasServices ? ['便民服务'] : []),
      ],
      rows: [...lines, whole].map(row),
    },
    {
      kind: 'paragraph',
      indent: true,
      text: '注：受理计入受理当月，其余计入了结当月；平均用时和提前、缩短均为工作日，不含依法扣除的时间；净值按申诉成立后的结果计算；便民服务为按日计数，不计入办件。',
    },
    ...(zeroUnits.length === 0
      ? []
      : ([
          {
            kind: 'paragraph',
            indent: true,
            text: `零办件单位：${zeroUnits.map(({ name }) => name).join('、')}。`,
          },
        ] satisfies Block[])),
    { kind: 'heading', text: '二、投诉情况', level: 1 },
    ...complaintTable(complaints),
    { kind: 'heading', text: '三、权力下放', level: 1 },
    {
      kind: 'paragraph',
      indent: true,
      text:
        `委托下放事项 ${delegated.decides} 项，由下放地区受理 ${delegated.cases.decides.accepted} 件、办结 ${delegated.cases.decides.decided} 件；` +
        `代办事项 ${delegated.collects} 项，由代办地区受理 ${delegated.cases.collects.accepted} 件、办结 ${delegated.cases.collects.decided} 件。`,
    },
    ...(handedDown.length === 0
      ? []
      : ([
          {
            kind: 'table',
            head: [GROUPING_NAMES[by], '下放代办受理', '下放代办办结', '其中由其他单位办结'],
            rows: handedDown.map(({ name, delegated: count }) => [
              name,
              ...[count!.accepted, count!.decided, count!.byOthers].map(String),
            ]),
          },
          {
            kind: 'paragraph',
            indent: true,
            text: '注：下放、代办件同时列在事项所属部门和办理地区名下，合计中只计一件。',
          },
        ] satisfies Block[])),
  ];
}

const COUNTS = [
  ...['受理', '办结', '无结果了结', '有承诺', '超期', '申诉成立', '按时办结率', '净按时办结率'],
  ...['提前办结率', '平均用时', '法定缩短', '法定提速', '承诺缩短', '承诺提速', '即办件占比'],
  ...['并联节省', '评价', '差评', '满意率'],
];

function countsOf({ sums, figures }: Pick<StatisticsLine, 'sums' | 'figures'>): string[] {
  return [
    ...[sums.accepted, sums.decided, sums.withoutResult, sums.promised, sums.latePromise, sums.upheld].map(
      String,
    ),
    percentText(figures.onTimeRate),
    percentText(figures.onTimeRateNet),
    percentText(figures.earlyRate),
    decimalText(figures.meanDays),
    decimalText(figures.daysBelowStatutory),
    percentText(figures.speedUpStatutory),
    decimalText(figures.daysBelowPromise),
    percentText(figures.speedUpPromise),
    percentText(figures.onTheSpotShare),
    decimalText(figures.meanSavedDays),
    ...[sums.ratings, sums.badRatings].map(String),
    percentText(figures.satisfaction),
  ];
}
