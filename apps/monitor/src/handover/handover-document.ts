import type { Light, LightChangeReason, Recipient, StepEventType } from '@mingjian/contracts';
import { CLOCK_NAMES, findingInChinese, instantInChinese, LIGHT_NAMES, type Finding } from '@mingjian/rules';
import type { HandoverRow, HandoverVariant } from '@mingjian/store';
import { APPEAL_ACT_NAMES, APPEAL_REASON_NAMES, APPEAL_STATE_NAMES } from '../appeals/appeal-words';
import { Presenter } from '../api/present';
import { ORDER_ACT_NAMES, ORDER_STATE_NAMES } from '../orders/order-words';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import type { CaseDossier } from './case-dossier';
import type { Block } from './document-block';
import { WITHHELD_BECAUSE } from './withhold-complainant';
import { CHANGE_REASON_NAMES, KIND_NAMES, RECIPIENT_NAMES, STEP_EVENT_NAMES, VARIANT_NAMES } from './words';

/** What a register entry says before it has digests. */
export type HandoverFacts = Omit<HandoverRow, 'id' | 'digest' | 'unitDigest'>;

/** 移交材料 as it is printed: what is handed over and why, then each case with its records and the account of its clocks. */
export function handoverDocument(
  facts: HandoverFacts,
  dossiers: readonly CaseDossier[],
  variant: HandoverVariant,
  rules: LoadedRuleBook,
  counts: readonly (readonly [name: string, value: string])[],
): Block[] {
  const { calendar } = rules.book.newest;
  const time = (instant: number | null): string =>
    instant === null ? '—' : instantInChinese(instant, calendar);
  const present = new Presenter(rules, facts.madeAt);
  return [
    { kind: 'title', text: '关于移交问题线索的材料' },
    { kind: 'paragraph', text: facts.no, align: 'right' },
    {
      kind: 'table',
      head: [],
      rows: [
        ['移交编号', facts.no],
        ['移交类别', KIND_NAMES[facts.kind]],
        ['用途', VARIANT_NAMES[variant]],
        ['责任部门', present.departmentName(facts.department) ?? '不明'],
        ...(facts.fromAt === null ? [] : [['起止时间', `${time(facts.fromAt)} 至 ${time(facts.toAt)}`]]),
        ['移交理由', facts.reason],
        ['办件数', `${facts.cases} 件`],
        ...counts.map(([name, value]) => [name, value]),
        ['经办人', facts.actorName],
        ['制作时间', time(facts.madeAt)],
      ],
    },
    ...(variant === 'unit' ? [{ kind: 'paragraph', text: WITHHELD_BECAUSE } as const] : []),
    {
      kind: 'paragraph',
      text: '本材料由明鉴电子效能监察系统依据办理记录、时限规则和工作日历生成。随附结构化数据和留痕账本证明，可离线核验。',
    },
    ...dossiers.flatMap((dossier) => caseBlocks(dossier, time)),
    { kind: 'paragraph', text: '移交单位（盖章）：＿＿＿＿＿＿＿＿　　移交人：＿＿＿＿＿＿' },
    { kind: 'paragraph', text: '接收单位（盖章）：＿＿＿＿＿＿＿＿　　接收人：＿＿＿＿＿＿' },
    { kind: 'paragraph', text: '　　　　年　　月　　日', align: 'right' },
  ];
}

type Time = (instant: number | null) => string;
interface PresentedCase {
  itemName?: string | null;
  itemCode?: string | null;
  departmentName?: string | null;
  light: Light;
}
interface PresentedEvent {
  type: StepEventType;
  occurredAt: string;
  receivedAt: string | null;
  data: { step?: string; grade?: number; days?: number; ground?: string };
}

function caseBlocks(dossier: CaseDossier, time: Time): Block[] {
  const row = dossier.case as PresentedCase;
  const section = (text: string, head: readonly string[], rows: readonly (readonly string[])[]): Block[] =>
    rows.length === 0
      ? []
      : [
          { kind: 'heading', text, level: 2 },
          { kind: 'table', head, rows },
        ];
  return [
    { kind: 'page-break' },
    { kind: 'heading', text: `办件 ${dossier.caseNo}`, level: 1 },
    {
      kind: 'table',
      head: [],
      rows: [
        ['事项', row.itemName ?? row.itemCode ?? '不明'],
        ['责任部门', row.departmentName ?? '不明'],
        ['当前亮灯', LIGHT_NAMES[row.light]],
        ['截至', time(dossier.at)],
      ],
    },
    ...section(
      '办理过程',
      ['发生时间', '收到时间', '办理事项', '说明'],
      (dossier.events as PresentedEvent[]).map((event) => [
        time(Date.parse(event.occurredAt)),
        event.receivedAt === null ? '—' : time(Date.parse(event.receivedAt)),
        STEP_EVENT_NAMES[event.type],
        noteOf(event),
      ]),
    ),
    ...section(
      '亮灯记录',
      ['时限', '变化', '成立时间', '发现时间', '原因', '现状'],
      dossier.lightChanges.map((change) => [
        CLOCK_NAMES[change.clockKind],
        `${change.fromLight === null ? '—' : LIGHT_NAMES[change.fromLight]} → ${LIGHT_NAMES[change.toLight]}`,
        time(change.becameAt),
        time(change.detectedAt),
        CHANGE_REASON_NAMES[change.reason],
        change.supersededAt === null
          ? '有效'
          : `${time(change.supersededAt)} 撤销（${CHANGE_REASON_NAMES[change.supersededBecause as LightChangeReason]}）`,
      ]),
    ),
    ...section(
      '发现的问题',
      ['编码', '内容', '时间', '现状'],
      dossier.findings.map((finding) => [
        finding.code,
        findingInChinese({ code: finding.code, detail: JSON.parse(finding.detail) as Finding['detail'] }),
        time(finding.at),
        finding.supersededAt === null ? '有效' : `${time(finding.supersededAt)} 撤销`,
      ]),
    ),
    ...section(
      '提醒与签收',
      ['对象', '事由成立', '送出', '签收', '升级'],
      dossier.notifications.map((told) => [
        RECIPIENT_NAMES[told.role as Recipient],
        time(told.at),
        time(told.sentAt),
        time(told.acknowledgedAt),
        time(told.escalatedAt),
      ]),
    ),
    ...dossier.orders.flatMap(({ row: order, acts }) =>
      section(
        `督办单 ${order.no}（${ORDER_STATE_NAMES[order.state]}）`,
        ['时间', '办理', '办理人', '内容'],
        acts.map(({ at, actor, act }) => [time(at), ORDER_ACT_NAMES[act.type], actor.name, wordsOf(act)]),
      ),
    ),
    ...dossier.appeals.flatMap(({ row: appeal, acts }) =>
      section(
        `申诉 ${appeal.no}（${APPEAL_STATE_NAMES[appeal.state]}，${APPEAL_REASON_NAMES[appeal.reason]}）`,
        ['时间', '办理', '办理人', '内容'],
        acts.map(({ at, actor, act }) => [time(at), APPEAL_ACT_NAMES[act.type], actor.name, wordsOf(act)]),
      ),
    ),
    { kind: 'heading', text: '时限计算依据', level: 2 },
    { kind: 'lines', lines: dossier.explanation.lines },
  ];
}

function noteOf({ data }: PresentedEvent): string {
  const notes = [
    data.step === undefined ? [] : [`环节 ${data.step}`],
    data.grade === undefined ? [] : [`${data.grade} 分`],
    data.days === undefined ? [] : [`${data.days} 日`],
    data.ground === undefined ? [] : [`事由 ${data.ground}`],
  ].flat();
  return notes.join('，') || '—';
}

/** What people wrote in an act, in the order in which they were asked. */
function wordsOf(act: object): string {
  const words = act as Record<string, unknown>;
  const texts = ['title', 'content', 'reason', 'cause', 'measures', 'text', 'statement', 'opinion', 'comment']
    .map((member) => words[member])
    .filter((text): text is string => typeof text === 'string');
  return texts.join('；') || '—';
}
