import { createHash } from 'node:crypto';
import { formatInstant, limitInChinese, type WorkingCalendar } from '@mingjian/rules';
import type { OrderSeen } from './order-desk';
import { ORDER_COLOUR_NAMES } from './order-words';

/** What the printed order needs besides the order itself. */
export interface OrderPageNames {
  department: string;
}

/**
 * 督办单 to print and to seal: one HTML document on A4, its style in it, no script, nothing fetched. Whatever people wrote is
 * escaped. The layout follows GB/T 9704-2012 党政机关公文格式 as far as such a form goes: title, document number, addressee,
 * text, seal and date at the lower right.
 */
export function orderPage({ facts, verdict, rules }: OrderSeen, names: OrderPageNames): string {
  const { calendar } = rules;
  const round = facts.rounds[facts.rounds.length - 1]!;
  const due = verdict.tracks.find(({ clock }) => clock === `reply#${facts.rounds.length}`)!.dueAt;
  return page(`${facts.no} 效能监察督办单`, [
    `<p class="colour ${facts.content.colour}">${ORDER_COLOUR_NAMES[facts.content.colour]}</p>`,
    '<h1>效能监察督办单</h1>',
    `<p class="number">${escaped(facts.no)}</p>`,
    `<p class="to">${escaped(names.department)}${facts.content.post === undefined ? '' : `（${escaped(facts.content.post)}）`}：</p>`,
    table([
      ['督办事项', facts.content.title],
      ['督办内容', facts.content.content],
      ['督办依据', facts.content.basis],
      ['涉及办件', sourcesText(facts.content.sources, calendar)],
      [
        '反馈要求',
        `请于${dateInChinese(due, calendar)}（含当日）前书面反馈原因、整改措施及结果（反馈期限 ${limitInChinese(round.replyWithin ?? rules.orders.replyWithin)}，自签发之次日起算${round.extensions.length > 0 ? '，已批准延期' : ''}）。`,
      ],
    ]),
    `<div class="seal"><p>（印章）</p><p>${dateInChinese(facts.issuedAt, calendar)}</p></div>`,
    '<p class="foot">签发人：＿＿＿＿＿＿&emsp;&emsp;联系人：＿＿＿＿＿＿&emsp;&emsp;联系电话：＿＿＿＿＿＿</p>',
  ]);
}

/** 督办单回执: what the department answered, with places for signature and seal; empty lines where it has not answered yet. */
export function receiptPage({ facts, events, rules }: OrderSeen, names: OrderPageNames): string {
  const { calendar } = rules;
  const reply = [...events].reverse().find(({ act }) => act.type === 'replied');
  const act = reply?.act.type === 'replied' ? reply.act : null;
  return page(`${facts.no} 督办单回执`, [
    '<h1>督办单回执</h1>',
    `<p class="number">${escaped(facts.no)}</p>`,
    table(
      [
        ['督办事项', facts.content.title],
        ['承办单位', names.department],
        ['签收人', ''],
        ['签收时间', ''],
        ['原因说明', act?.cause ?? ''],
        ['整改措施', act?.measures ?? ''],
        ['办理结果', act?.text ?? ''],
        ['反馈时间', reply === undefined ? '' : instantText(reply.at, calendar)],
        ['核实意见', verificationOf(events)],
      ],
      'receipt',
    ),
    '<div class="seal"><p>负责人签字：＿＿＿＿＿＿</p><p>（印章）</p><p>＿＿＿＿年＿＿月＿＿日</p></div>',
  ]);
}

function verificationOf(events: OrderSeen['events']): string {
  for (const { act } of [...events].reverse()) {
    if (act.type === 'closed') return act.opinion;
    if (act.type === 'returned') return `打回：${act.reason}`;
  }
  return '';
}

function sourcesText(sources: OrderSeen['facts']['content']['sources'], calendar: WorkingCalendar): string {
  if (sources.length === 0) return '无';
  return sources
    .map((source) => {
      if (source.kind === 'complaint') return source.complaintNo;
      return source.kind === 'light'
        ? `${source.caseNo}：${source.to === 'red' ? '红灯' : '黄灯'}，${instantText(Date.parse(source.becameAt), calendar)}`
        : `${source.caseNo}：发现 ${source.code}`;
    })
    .join('\n');
}

/** 2026年10月10日, without leading zeros as official documents write it (GB/T 9704-2012 7.3.5.4). */
export function dateInChinese(instant: number, calendar: WorkingCalendar): string {
  const [year, month, day] = formatInstant(instant, calendar.zone).slice(0, 10).split('-').map(Number);
  return `${year}年${month}月${day}日`;
}

function instantText(instant: number, calendar: WorkingCalendar): string {
  return `${dateInChinese(instant, calendar)} ${formatInstant(instant, calendar.zone).slice(11, 16)}`;
}

function page(title: string, body: readonly string[]): string {
  return [
    '<!doctype html>',
    '<html lang="zh-CN"><head><meta charset="utf-8">',
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style></head><body>`,
    ...body,
    '</body></html>\n',
  ].join('\n');
}

function table(rows: readonly (readonly [string, string])[], name = 'order'): string {
  const lines = rows.map(
    ([head, text]) => `<tr><th>${escaped(head)}</th><td>${escaped(text).replaceAll('\n', '<br>')}</td></tr>`,
  );
  return `<table class="${name}"><tbody>${lines.join('')}</tbody></table>`;
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

const STYLE = `
@page { size: A4; margin: 37mm 26mm 35mm 28mm; }
body { font: 16pt/28pt FangSong, "FangSong_GB2312", "Noto Serif CJK SC", serif; color: #000; background: #fff; max-width: 156mm; margin: 0 auto; padding: 8mm; }
h1 { font: 22pt/1.6 "FZXiaoBiaoSong-B05S", SimSun, "Noto Serif CJK SC", serif; text-align: center; margin: 4mm 0; letter-spacing: 2pt; }
.colour { display: inline-block; margin: 0; padding: 0 4mm; border: 0.6mm solid; font-size: 14pt; }
.blue { color: #00529b; } .orange { color: #a84300; } .red { color: #b00000; }
.number { text-align: center; margin: 0 0 6mm; }
.to { margin: 0 0 3mm; }
table { border-collapse: collapse; width: 100%; font-size: 14pt; line-height: 24pt; }
th, td { border: 0.3mm solid #000; padding: 2mm 3mm; text-align: left; vertical-align: top; overflow-wrap: anywhere; }
th { width: 28mm; font-weight: normal; text-align: center; vertical-align: middle; }
tr { break-inside: avoid; }
.receipt td { height: 10mm; }
.seal { margin: 14mm 12mm 0 auto; width: 70mm; text-align: center; break-inside: avoid; }
.seal p { margin: 0 0 4mm; }
.foot { margin-top: 12mm; font-size: 12pt; }
@media print { body { padding: 0; max-width: none; } }
`;

/** Exactly the style of these pages, and nothing else. */
export const ORDER_PAGE_POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`;
