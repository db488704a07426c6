import type { ChannelKind, NoticeTemplates, RecipientEntry, RecipientsDocument } from '@mingjian/contracts';
import { formatInstant, type Zone } from '@mingjian/rules';
import type { NoticeRow } from '@mingjian/store';
import { DEFAULT_TEMPLATES } from './templates/default-templates';
import { fillTemplate, oneLine } from './templates/fill-template';

const GRADE_NAMES = { info: '提示', yellow: '黄灯', red: '红灯' } as const;
const LIGHT_NAMES: Readonly<Record<string, string>> = {
  red: '红灯',
  yellow: '黄灯',
  grey: '灰灯',
  green: '绿灯',
};

/** What a text needs beside the notice. */
export interface RenderContext {
  document: RecipientsDocument;
  channel: ChannelKind;
  recipient: RecipientEntry;
  zone: Zone;
  nameOfDepartment: (code: string) => string;
  nameOfItem: (code: string) => string;
}

/** A text to be sent. */
export interface Rendered {
  subject: string;
  text: string;
}

/** The text that one notice has for one recipient on one kind of channel. */
export function renderNotice(notice: NoticeRow, context: RenderContext): Rendered {
  const values = valuesOf(notice, context);
  const name = notice.isWithdrawal ? 'withdrawal' : notice.level > 0 ? 'escalation' : notice.kind;
  return fill(name, values, context);
}

/** The text around several notices; at most as many lines as given, the rest is counted. */
export function renderFrame(
  lines: readonly string[],
  counts: { count: number; red: number; yellow: number; info: number },
  context: RenderContext,
): Rendered {
  const rest = counts.count - lines.length;
  return fill(
    'frame',
    {
      ...Object.fromEntries(Object.entries(counts).map(([key, value]) => [key, String(value)])),
      recipientName: oneLine(context.recipient.name),
      link: context.document.link ?? '',
      lines: lines.map((line, index) => `${index + 1}. ${line}`).join('\n'),
      more: rest > 0 ? `另有${rest}条，请登录系统查看。` : '',
    },
    context,
  );
}

/** Where a reader finds the case. */
export function linkOf(document: RecipientsDocument, caseNo: string | null): string | null {
  if (document.link === undefined) return null;
  const base = document.link.replace(/\/$/, '');
  return caseNo === null ? base : `${base}/#/case/${encodeURIComponent(caseNo)}`;
}

function fill(
  name: keyof NoticeTemplates,
  values: Readonly<Record<string, string>>,
  { document, channel }: RenderContext,
): Rendered {
  const own = document.templates[name];
  const standard = DEFAULT_TEMPLATES[name];
  const chosen = own?.[channel] ?? own?.default ?? standard[channel] ?? standard.default!;
  const subject = chosen.subject ?? own?.default?.subject ?? standard.default!.subject!;
  return {
    subject: oneLine(fillTemplate(subject, values)).slice(0, 200),
    text: fillTemplate(chosen.text, values).trim(),
  };
}

function valuesOf(notice: NoticeRow, context: RenderContext): Record<string, string> {
  const facts = JSON.parse(notice.facts) as Record<string, string | number | null>;
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(facts)) values[name] = shown(name, value, context.zone);
  const item = typeof facts.item === 'string' ? facts.item : null;
  return {
    ...values,
    itemName: item === null ? (values.itemName ?? '') : oneLine(context.nameOfItem(item)),
    ...(notice.kind === 'light' ? { advice: adviceOf(notice, facts) } : {}),
    subject: oneLine(notice.subject),
    caseNo: oneLine(notice.caseNo ?? ''),
    department: notice.department ?? '',
    departmentName: notice.department === null ? '' : oneLine(context.nameOfDepartment(notice.department)),
    gradeName: GRADE_NAMES[notice.grade],
    at: timeText(notice.at, context.zone),
    recipientName: oneLine(context.recipient.name),
    link: linkOf(context.document, notice.caseNo) ?? '',
  };
}

/** 即将超期 or 已超期: the state at the instant of the light, not when the message happens to be written. */
function adviceOf(notice: NoticeRow, facts: Record<string, string | number | null>): string {
  const isOver = typeof facts.dueAt === 'number' && notice.at > facts.dueAt;
  if (notice.grade === 'red') return '已超过时限，已被监察，请及时办理并反馈';
  return isOver ? '已超过时限，请速办理' : '即将超过时限，请速办理';
}

function shown(name: string, value: string | number | null, zone: Zone): string {
  if (value === null) return '';
  if (typeof value === 'number') return name.endsWith('At') ? timeText(value, zone) : String(value);
  const isLight = name === 'light' || name === 'from';
  return isLight ? (LIGHT_NAMES[value] ?? oneLine(value)) : oneLine(value);
}

/** `2026-09-23 23:59`, in the zone of the site. */
function timeText(instant: number, zone: Zone): string {
  return formatInstant(instant, zone).slice(0, 16).replace('T', ' ');
}
