import { CLOCK_NAMES, instantInChinese } from '@mingjian/rules';
import { COMPLAINT_KIND_NAMES } from '../../complaints/complaint-words';
import type { Block } from '../../handover/document-block';
import { CHANGE_REASON_NAMES } from '../../handover/words';
import type { ReportRules } from '../report-rules';
import { decimalText } from '../in-chinese';
import type { BulletinSince } from './bulletin-since';
import { CAUSE_NAMES, SUM_NAMES } from './since-words';
import type { SumChange } from './sums-of-fact';

const WHAT_NAMES = { registered: '登记', valid: '有效投诉', ended: '已办结', repeated: '重复投诉' } as const;
const CARD_NAMES = { red: '红灯', yellow: '黄灯' } as const;

/** 通报发布后的变化, as it is printed. */
export function sinceDocument(since: BulletinSince, rules: ReportRules): Block[] {
  const { calendar, ruleset } = rules.book.newest;
  const nameOf = (code: string | null): string =>
    code === null ? '不明' : (ruleset.document.departments[code]?.name ?? code);
  const when = (at: number): string => instantInChinese(at, calendar);
  const { bulletin, total, services, departments, cases, lights, complaints, scores } = since;
  const sections: [string, Block[]][] = [
    [
      '合计',
      table(
        ['项目', '通报', '现在', '已列明原因'],
        [
          ...total.map(({ name, then, now, explained }) => [
            SUM_NAMES[name],
            ...[then, now, explained].map(String),
          ]),
          ...(services === null ? [] : [['便民服务', String(services.then), String(services.now), '—']]),
        ],
      ),
    ],
    [
      '各部门',
      table(
        ['部门', '项目', '通报', '现在'],
        departments.flatMap(({ name, changes }) => changes.map((change) => [name, ...changeCells(change)])),
      ),
    ],
    [
      '变化的办件',
      table(
        ['办件编号', '部门', '原因', '变化'],
        cases.map(({ caseNo, department, because, changes }) => [
          caseNo,
          nameOf(department),
          because.map((cause) => CAUSE_NAMES[cause]).join('、'),
          changes.map(({ name, then, now }) => `${SUM_NAMES[name]} ${then}→${now}`).join('；') ||
            '改由该部门办理',
        ]),
      ),
    ],
    [
      '变化的灯',
      table(
        ['办件编号', '部门', '时限', '灯', '变化', '原因'],
        lights.map(({ caseNo, department, clock, light, change, because }) => [
          caseNo,
          nameOf(department),
          (CLOCK_NAMES as Readonly<Record<string, string>>)[clock.split('#')[0]!] ?? clock,
          CARD_NAMES[light],
          change === 'added' ? '新增' : '撤销',
          (CHANGE_REASON_NAMES as Readonly<Record<string, string>>)[because] ?? because,
        ]),
      ),
    ],
    [
      '投诉',
      table(
        ['投诉内容', '项目', '通报', '现在'],
        complaints.map(({ kind, what, then, now }) => [
          (COMPLAINT_KIND_NAMES as Readonly<Record<string, string>>)[kind] ?? kind,
          ...[WHAT_NAMES[what], String(then), String(now)],
        ]),
      ),
    ],
    [
      '考评',
      table(
        ['部门', '通报得分', '现在得分', '变化的项目'],
        scores.map(({ departmentName, then, now, lines }) => [
          departmentName,
          ...[decimalText(then), decimalText(now)],
          lines.map((line) => `${line.name} ${line.then.toFixed(2)}→${line.now.toFixed(2)}`).join('；'),
        ]),
      ),
    ],
  ];
  const shown = sections.filter(([, blocks]) => blocks.length > 0);
  return [
    {
      kind: 'paragraph',
      indent: true,
      text:
        `${bulletin.title}（${bulletin.no ?? '未编号'}）于 ${when(since.madeAt)} 按当时所知数据生成，已归档，不作改动。` +
        `以下按 ${when(since.comparedAt)} 所知数据重新统计同一月份，列出与通报不同之处。`,
    },
    ...(since.isSame
      ? [{ kind: 'paragraph', indent: true, text: '与通报一致，没有变化。' } satisfies Block]
      : shown.flatMap(([heading, blocks], index): Block[] => [
          { kind: 'heading', text: `${'一二三四五六'[index]}、${heading}`, level: 1 },
          ...blocks,
        ])),
  ];
}

function table(head: string[], rows: string[][]): Block[] {
  return rows.length === 0 ? [] : [{ kind: 'table', head, rows }];
}

function changeCells({ name, then, now }: SumChange): string[] {
  return [SUM_NAMES[name], String(then), String(now)];
}
