import type { Light } from '@mingjian/contracts';
import type { WorkingCalendar } from '../calendar';
import { formatInstant } from '../calendar';
import { findingInChinese } from '../finding/finding-in-chinese';
import type { ClockPhase } from '../verdict';
import type { DayKind, DayLine, DayReason } from './day-ledger';
import type { CaseExplanation, ClockExplanation } from './explain-case';
import { COUNTING_PROVISIONS } from './provisions';

export const LIGHT_NAMES: Record<Light, string> = {
  red: '● 红灯',
  yellow: '▲ 黄灯',
  green: '■ 绿灯',
  grey: '◌ 灰（不明）',
};
/** What a clock is doing, for people. */
export const PHASE_NAMES: Record<ClockPhase, string> = {
  running: '计时中',
  suspended: '停止计时',
  overdue: '已超期',
  finished: '已结束',
  unknown: '无法计时',
};
/** 0 = Monday. */
export const WEEKDAY_NAMES = ['周一', '周二', '周三', '周四', '周五', '周六', '周日'];
/** What sort of day it is, for people. */
export const DAY_KIND_NAMES: Record<DayKind, string> = {
  'working-day': '工作日',
  'adjusted-working-day': '调休上班',
  'rest-day': '休息日',
  holiday: '放假',
  'special-hours': '特别时段',
};
/** Why nothing can be counted, for people. */
export const UNKNOWN_NAMES: Record<string, string> = {
  'no-item': '办件没有事项编码',
  'unknown-item': '规则集中没有这个事项',
  'no-start': '没有申办或受理的记录',
  'no-rule-in-force': '受理之日没有生效的规则集',
  'not-supervised': '规则集中本事项不纳入监察',
  'no-limit': '没有规定时限',
  contradiction: '记录自相矛盾（结束早于开始）',
};

/** A limit for people: `7wd` is 7 个工作日. */
export function limitInChinese(limit: string | null): string {
  if (limit === null) return '未规定';
  if (limit === 'carried') return '办件自带期限';
  const [, amount, unit, atTime] = /^(\d+)(wd|wh|wm|ws|d!|d|h)(@time)?$/.exec(limit) ?? [];
  const units: Record<string, string> = {
    wd: '个工作日',
    wh: '个工作小时',
    wm: '个工作分钟',
    ws: '个工作秒',
    d: '日',
    'd!': '日（不顺延）',
    h: '小时',
  };
  if (amount === '0' && unit === 'wd') return '当日办结';
  return `${amount} ${units[unit ?? ''] ?? unit}${atTime ? '（精确到时刻）' : ''}`;
}

/** `2026-11-22 周日 14:32`; the end of a day is written 24:00. */
export function instantInChinese(instant: number, calendar: WorkingCalendar): string {
  const isEndOfDay = instant === calendar.endOfDay(calendar.dayOf(instant));
  const text = formatInstant(instant, calendar.zone);
  const time = isEndOfDay ? '24:00' : text.slice(11, text.slice(17, 23) === '00.000' ? 16 : 19);
  const weekday = WEEKDAY_NAMES[(calendar.dayOf(instant) + 3) % 7];
  return `${text.slice(0, 10)} ${weekday} ${time}`;
}

/** 依据, as a page of plain Chinese text: one paragraph a clock, one line a day. */
export function explanationInChinese(explanation: CaseExplanation, calendar: WorkingCalendar): string {
  const { verdict } = explanation;
  const time = (instant: number | null): string =>
    instant === null ? '—' : instantInChinese(instant, calendar);
  const named = explanation.clocks.find((clock) => clock.clock === verdict.clock);
  const lines = [
    `办件 ${explanation.caseNo}  ${explanation.itemName ?? explanation.item ?? '（事项不明）'}  ${explanation.departmentName ?? explanation.department ?? '（部门不明）'}`,
    `截至 ${time(explanation.at)}：${LIGHT_NAMES[verdict.light]}${named ? `，由${named.name}决定` : ''}${verdict.provisional ? '（暂定：超出已公布的放假安排）' : ''}`,
  ];
  if (explanation.unknownBecause !== null)
    lines.push(`原因：${UNKNOWN_NAMES[explanation.unknownBecause] ?? explanation.unknownBecause}`);
  for (const clock of explanation.clocks) lines.push('', ...clockInChinese(clock, time));
  if (explanation.findings.length > 0) {
    lines.push('', '发现');
    for (const finding of explanation.findings)
      lines.push(`  ${finding.code}  ${findingInChinese(finding)}  ${time(finding.at)}`);
  }
  return lines.join('\n');
}

function clockInChinese(clock: ClockExplanation, time: (instant: number | null) => string): string[] {
  const extended = clock.extendedDays > 0 ? `，经批准延长 ${clock.extendedDays} 日` : '';
  const lines = [
    `【${clock.name}】${limitInChinese(clock.limit)}${extended}  ${LIGHT_NAMES[clock.light]}  ${PHASE_NAMES[clock.phase]}`,
    `  依据：${clock.provision}；规则 ${clock.rule.ruleset} ${clock.rule.version} ${clock.rule.key}；日历 ${clock.calendar.id} ${clock.calendar.version}`,
    `  起算 ${time(clock.startedAt)}  届满 ${clock.dueAt === null ? '停止计时期间不届满' : time(clock.dueAt)}${clock.finishedAt === null ? '' : `  结束 ${time(clock.finishedAt)}`}`,
  ];
  if (clock.unknownBecause !== null)
    lines.push(`  无法计时：${UNKNOWN_NAMES[clock.unknownBecause] ?? clock.unknownBecause}`);
  const { ledger } = clock;
  if (ledger === null) return lines;
  for (const line of ledger.lines) lines.push(`  ${dayInChinese(line, ledger.unit)}`);
  if (ledger.omittedDays > 0) lines.push(`  ……其后 ${ledger.omittedDays} 日从略`);
  lines.push(
    `  合计：期限内计入 ${amountInChinese(ledger.countedUntilDue, ledger.unit)}${ledger.countedOver > 0 ? `，超期 ${amountInChinese(ledger.countedOver, ledger.unit)}` : ''}`,
  );
  return lines;
}

/** One line of the day ledger for people. */
export function dayInChinese(line: DayLine, unit: 'days' | 'ms'): string {
  const kind =
    line.name === null ? DAY_KIND_NAMES[line.kind] : `${DAY_KIND_NAMES[line.kind]}（${line.name}）`;
  const counted = line.amount > 0 ? `计 ${amountInChinese(line.amount, unit)}` : '不计';
  return `${line.date} ${WEEKDAY_NAMES[line.weekday]}  ${kind}  ${counted}  ${DAY_REASON_NAMES[line.reason]}  累计 ${amountInChinese(line.total, unit)}${isAsUsual(line) ? '' : `  ${line.source}`}`;
}

/** As the weekly pattern has it: the calendar is named above all lines, once. */
function isAsUsual({ kind, reason }: DayLine): boolean {
  return (kind === 'working-day' || kind === 'rest-day') && reason !== 'suspended';
}

/** Why a day counts or does not, for people. */
export const DAY_REASON_NAMES: Record<DayReason, string> = {
  'start-day': COUNTING_PROVISIONS.startDay,
  counted: '计入',
  over: '超期',
  'not-worked': COUNTING_PROVISIONS.notWorked,
  suspended: COUNTING_PROVISIONS.suspended,
  moved: COUNTING_PROVISIONS.lastDay,
};

/** `3 个工作日` is said by the limit; here a plain count, or hours and minutes. */
export function amountInChinese(amount: number, unit: 'days' | 'ms'): string {
  if (unit === 'days') return `${amount} 日`;
  const seconds = Math.round(amount / 1000);
  const parts = [
    [Math.floor(seconds / 3600), '小时'],
    [Math.floor((seconds % 3600) / 60), '分'],
    [seconds % 60, '秒'],
  ].filter(([value]) => value !== 0);
  return parts.length === 0 ? '0 分' : parts.map(([value, name]) => `${value} ${name}`).join(' ');
}
