import { formatInstant } from '@mingjian/rules';
import type { Block } from '../../handover/document-block';
import { dateInChinese } from '../month-bulletin';
import type { StoreOfThen } from './store-of-then';

/** What a report of then was made from, for programs. */
export interface MadeFrom {
  /** ISO 8601, UTC. */
  knownAt: string;
  /** The ruleset in force then; null: none that was known. */
  ruleset: { version: string; inForceFrom: string } | null;
  calendar: { id: string; version: string | null };
  /** What could not be had as it was known then; in Chinese, for people. */
  notAsKnown: string[];
}

type Described = Pick<StoreOfThen, 'knownAt' | 'rules' | 'gaps'>;

/** 按2026年10月1日09:00所知. */
export function knownAtInChinese({ knownAt, rules }: Pick<StoreOfThen, 'knownAt' | 'rules'>): string {
  const text = formatInstant(knownAt, rules.book.newest.calendar.zone);
  const time = text.slice(11, text.slice(17, 19) === '00' ? 16 : 19);
  return `按${dateInChinese(text.slice(0, 10))}${time}所知`;
}

/** From what a report of `months` was made; `hasScores`: it holds scores. */
export function madeFrom(then: Described, months: readonly string[], hasScores: boolean): MadeFrom {
  const { book } = then.rules;
  const { calendar } = book.newest;
  const ruleset = book.selectAt(then.knownAt)?.ruleset;
  return {
    knownAt: new Date(then.knownAt).toISOString(),
    ruleset: ruleset === undefined ? null : { version: ruleset.version, inForceFrom: ruleset.inForceFrom },
    calendar: { id: calendar.id, version: calendar.document.version ?? null },
    notAsKnown: notAsKnown(then, months, hasScores),
  };
}

/** The same as it stands at the head of a report. */
export function madeFromDocument({ ruleset, calendar, notAsKnown: gaps }: MadeFrom): Block[] {
  return [
    { kind: 'heading', text: '本报告的依据', level: 1 },
    {
      kind: 'table',
      head: ['项目', '内容'],
      rows: [
        ['办件、评价', '该时刻以前收到的数据，重新判定到该时刻'],
        ['投诉、申诉、发牌', '该时刻以前登记、审理的记录'],
        ['规则版本', ruleset === null ? '无' : `${ruleset.version}（自${ruleset.inForceFrom}起施行）`],
        ['日历版本', calendar.version ?? '未注明'],
        ...gaps.map((gap) => ['不能按当时还原', gap]),
      ],
    },
  ];
}

function notAsKnown({ gaps, rules }: Described, months: readonly string[], hasScores: boolean): string[] {
  const corrected = months.reduce((sum, month) => sum + (gaps.countsToldLater.get(month) ?? 0), 0);
  const told: [count: number, text: string][] = [
    [1, '未注明公布日期的规则版本和日历条目，视为一直已知；公布日期只精确到日'],
    [
      rules.replacedCalendars.length,
      '日历文件此后已整体替换，当时的文本未留存，按现有文本中当时已公布的条目计算',
    ],
    [1, '便民服务计数没有收到时刻，按其报送时间取舍'],
    [corrected, `便民服务计数 ${corrected} 条此后已更正，当时的数未留存，未计入`],
    [gaps.withoutReceipt, `步骤事件 ${gaps.withoutReceipt} 条没有收到时刻，视为发生时已知`],
    [gaps.complaintsWithoutRules, `投诉 ${gaps.complaintsWithoutRules} 件所依规则已不在册，未计入`],
    [gaps.failed, `办件 ${gaps.failed} 件按当时的规则无法判定，未计入`],
    [hasScores ? 1 : 0, '考评办法经批准的按批准时刻取用，文件取现行文本'],
  ];
  return told.flatMap(([count, text]) => (count > 0 ? [text] : []));
}
