import type { WorkingCalendar } from '../calendar';
import { findingInChinese } from '../finding/finding-in-chinese';
import type { DelayAttribution } from './attribute-delay';
import {
  amountInChinese,
  DAY_KIND_NAMES,
  DAY_REASON_NAMES,
  instantInChinese,
  LIGHT_NAMES,
  limitInChinese,
  PHASE_NAMES,
  UNKNOWN_NAMES,
  WEEKDAY_NAMES,
} from './as-chinese-text';
import type { DayLedger } from './day-ledger';
import type { CaseExplanation, ClockExplanation } from './explain-case';

/**
 * 依据 as a page to print and to put in a file: one HTML document with its style in it, no script, nothing fetched, black
 * on white on A4. Whatever the record says is escaped.
 */
export function explanationPage(explanation: CaseExplanation, calendar: WorkingCalendar): string {
  const time = (instant: number | null): string =>
    instant === null ? '—' : instantInChinese(instant, calendar);
  const { caseNo, verdict } = explanation;
  const named = explanation.clocks.find(({ clock }) => clock === verdict.clock);
  return [
    '<!doctype html>',
    '<html lang="zh-CN"><head><meta charset="utf-8">',
    `<title>办件 ${escaped(caseNo)} 时限依据</title>`,
    `<style>${EXPLANATION_PAGE_STYLE}</style></head><body>`,
    '<h1>办件时限计算依据</h1>',
    table(
      [],
      [
        ['办件编号', caseNo],
        ['事项', explanation.itemName ?? explanation.item ?? '不明'],
        ['责任部门', explanation.departmentName ?? explanation.department ?? '不明'],
        ['截至', time(explanation.at)],
        ['结论', `${LIGHT_NAMES[verdict.light]}${named ? `，由${named.name}决定` : ''}`],
        ...(verdict.provisional ? [['提示', '暂定：期限超出已公布的放假安排']] : []),
        ...(explanation.unknownBecause === null
          ? []
          : [['原因', UNKNOWN_NAMES[explanation.unknownBecause] ?? explanation.unknownBecause]]),
      ],
      'facts',
    ),
    ...(explanation.clocks.length === 0 ? [] : ['<h2>各项时限</h2>', clockTable(explanation.clocks, time)]),
    ...(explanation.delay === null ? [] : delaySection(explanation.delay, time)),
    ...explanation.clocks.map((clock) => clockSection(clock, time)),
    ...(explanation.findings.length === 0
      ? []
      : [
          '<h2>发现</h2>',
          table(
            ['编码', '内容', '时间'],
            explanation.findings.map((finding) => [
              finding.code,
              findingInChinese(finding),
              time(finding.at),
            ]),
          ),
        ]),
    '<p class="sign">制表：＿＿＿＿＿＿&emsp;&emsp;复核：＿＿＿＿＿＿&emsp;&emsp;日期：＿＿＿＿＿＿</p>',
    '</body></html>\n',
  ].join('\n');
}

function clockTable(clocks: readonly ClockExplanation[], time: (instant: number | null) => string): string {
  return table(
    ['时限', '期限', '起算', '届满', '结束', '状态', '灯'],
    clocks.map((clock) => [
      clock.name,
      limitInChinese(clock.limit) + (clock.extendedDays > 0 ? `，延长 ${clock.extendedDays} 日` : ''),
      time(clock.startedAt),
      time(clock.dueAt),
      time(clock.finishedAt),
      PHASE_NAMES[clock.phase],
      LIGHT_NAMES[clock.light],
    ]),
    'clocks',
  );
}

function clockSection(clock: ClockExplanation, time: (instant: number | null) => string): string {
  const { rule, calendar } = clock;
  return [
    `<section><h2>${escaped(clock.name)}&emsp;${escaped(LIGHT_NAMES[clock.light])}</h2>`,
    `<p>依据：${escaped(clock.provision)}；规则 ${escaped(`${rule.ruleset} ${rule.version} ${rule.key}`)}；日历 ${escaped(`${calendar.id} ${calendar.version}`)}</p>`,
    ...(clock.unknownBecause === null
      ? []
      : [`<p>无法计时：${escaped(UNKNOWN_NAMES[clock.unknownBecause] ?? clock.unknownBecause)}</p>`]),
    ...clock.suspensions.map(
      ({ from, to, ground, notice, approver }) =>
        `<p>停止计时：${escaped(`${time(from)} 至 ${to === null ? '今' : time(to)}，事由 ${ground ?? '未报'}，告知书 ${notice ?? '未报'}，批准人 ${approver ?? '未报'}`)}</p>`,
    ),
    ...clock.extensions.map(
      ({ at, days, notice, approver }) =>
        `<p>延长：${escaped(`${time(at)} 批准延长 ${days} 日，批准人 ${approver ?? '未报'}，告知书 ${notice ?? '未报'}`)}</p>`,
    ),
    ...(clock.ledger === null ? [] : [ledgerTable(clock.ledger)]),
    '</section>',
  ].join('\n');
}

function ledgerTable({ unit, lines, omittedDays, countedUntilDue, countedOver }: DayLedger): string {
  const rows = lines.map((line) => [
    line.date,
    WEEKDAY_NAMES[line.weekday]!,
    line.name === null ? DAY_KIND_NAMES[line.kind] : `${DAY_KIND_NAMES[line.kind]}（${line.name}）`,
    line.amount > 0 ? amountInChinese(line.amount, unit) : '不计',
    amountInChinese(line.total, unit),
    DAY_REASON_NAMES[line.reason],
    line.source,
  ]);
  const over = countedOver > 0 ? `，超期 ${amountInChinese(countedOver, unit)}` : '';
  return [
    table(['日期', '星期', '性质', '计入', '累计', '为何', '来源'], rows, 'days'),
    ...(omittedDays > 0 ? [`<p>其后 ${omittedDays} 日从略</p>`] : []),
    `<p>合计：期限内计入 ${escaped(amountInChinese(countedUntilDue, unit) + over)}</p>`,
  ].join('\n');
}

function delaySection(delay: DelayAttribution, time: (instant: number | null) => string): string[] {
  const span = (ms: number | null): string => (ms === null ? '—' : amountInChinese(ms, 'ms'));
  const late = delay.late.map(
    ({ department, departmentName, overMs }) =>
      `${departmentName ?? department ?? '部门不明'} ${span(overMs)}`,
  );
  return [
    '<h2>时间去向（关键路径）</h2>',
    table(
      ['环节', '部门', '起', '止', '用时', '限时', '超出'],
      delay.path.map((piece) => [
        piece.step === null ? '等待' : (piece.name ?? piece.step),
        piece.departmentName ?? piece.department ?? '不明',
        time(piece.from),
        time(piece.to),
        span(piece.usedMs),
        span(piece.allowedMs),
        piece.overMs > 0 ? span(piece.overMs) : '—',
      ]),
    ),
    `<p>共用 ${span(delay.usedMs)}，其中等待 ${span(delay.waitingMs)}；余量 ${span(delay.reserveMs)}。${late.length > 0 ? `超出环节时限：${escaped(late.join('；'))}。` : '关键路径上没有环节超出时限。'}</p>`,
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[], name = ''): string {
  const cells = (tag: string, texts: readonly string[]): string =>
    `<tr>${texts.map((text) => `<${tag}>${escaped(text)}</${tag}>`).join('')}</tr>`;
  return [
    `<table${name === '' ? '' : ` class="${name}"`}>`,
    ...(head.length === 0 ? [] : [`<thead>${cells('th', head)}</thead>`]),
    '<tbody>',
    ...rows.map((row) =>
      head.length === 0
        ? `<tr><th>${escaped(row[0]!)}</th><td>${escaped(row[1]!)}</td></tr>`
        : cells('td', row),
    ),
    '</tbody></table>',
  ].join('\n');
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]!);
}

/** The style of the page, by itself so that a server can allow exactly this text. */
export const EXPLANATION_PAGE_STYLE = `
@page { size: A4; margin: 18mm 15mm; }
body { font: 10.5pt/1.6 "Noto Serif CJK SC", "Songti SC", SimSun, serif; color: #000; background: #fff; max-width: 190mm; margin: 0 auto; padding: 8mm; }
h1 { font-size: 18pt; text-align: center; margin: 0 0 6mm; }
h2 { font-size: 12.5pt; margin: 6mm 0 2mm; }
table { border-collapse: collapse; width: 100%; font-size: 9.5pt; }
th, td { border: 0.3mm solid #000; padding: 1mm 1.5mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { background: #eee; white-space: nowrap; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.facts th { width: 24mm; }
.days td:nth-child(-n+2), .days td:nth-child(4), .days td:nth-child(5) { white-space: nowrap; font-variant-numeric: tabular-nums; }
td:nth-child(1) { white-space: nowrap; }
.clocks td:nth-child(n+6) { white-space: nowrap; }
.sign { margin-top: 14mm; }
@media print { body { padding: 0; } }
`;
