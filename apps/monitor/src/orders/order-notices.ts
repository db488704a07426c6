import type { Notice, OrderRecord, Recipient } from '@mingjian/contracts';
import type { OrderFacts, OrderVerdict } from '@mingjian/rules';
import { ORDER_LEVEL_NAMES, ORDER_STATE_NAMES } from './order-words';

/** What is told of an order, and what of its state the templates may name. */
export interface OrderTold {
  id: number;
  facts: OrderFacts;
  verdict: OrderVerdict;
  shard: number;
}

const OFFICE: readonly Recipient[] = ['inspection-office'];
const DEPARTMENT: readonly Recipient[] = ['post', 'department-head'];
/** 催办 goes to the deputy director in charge as well (12345 practice); from 通报 on the office is told too. */
const ABOVE: readonly Recipient[] = ['department-head', 'supervisor'];
const ALL: readonly Recipient[] = ['post', 'department-head', 'supervisor', 'inspection-office'];

/**
 * The notice of one event of an order; null where nobody needs to be told: a red light of the reply comes with 催办, and the
 * department need not hear that the office is slow to verify.
 */
export function orderNotice(told: OrderTold, seq: number, at: number, act: OrderRecord): Notice | null {
  switch (act.type) {
    case 'issued':
      return notice(
        told,
        'issued',
        at,
        '收到督办单',
        DEPARTMENT,
        act.colour === 'blue' ? 'info' : act.colour === 'orange' ? 'yellow' : 'red',
      );
    case 'extension-requested':
      return notice(told, `${seq}`, at, '申请延期反馈', OFFICE, 'info', act.reason);
    case 'extension-granted':
      return notice(told, `${seq}`, at, `同意延期 ${act.days} 日`, DEPARTMENT, 'info', act.reason);
    case 'extension-refused':
      return notice(told, `${seq}`, at, '不同意延期', DEPARTMENT, 'info', act.reason);
    case 'replied':
      return notice(told, `${seq}`, at, '已反馈，待核实', OFFICE, 'info');
    case 'returned':
      return notice(told, `${seq}`, at, '反馈被打回，须重新反馈', DEPARTMENT, 'yellow', act.reason);
    case 'closed':
      return notice(told, `${seq}`, at, '已办结', DEPARTMENT, 'info');
    case 'withdrawn':
      return notice(told, `${seq}`, at, '已撤销', DEPARTMENT, 'info', act.reason);
    case 'escalated':
      return notice(
        told,
        `escalated/${act.round}/${act.level}/${act.becameAt}`,
        act.becameAt,
        `逾期未反馈，${ORDER_LEVEL_NAMES[act.level]}`,
        act.level === 'reminder' ? ABOVE : ALL,
        'red',
      );
    case 'lit': {
      if (act.to !== 'yellow' && act.to !== 'red') return null;
      const isReply = act.clock.startsWith('reply');
      if (isReply && told.verdict.escalations.some(({ becameAt }) => becameAt === act.becameAt)) return null;
      return notice(
        told,
        `${act.clock}/${act.to}/${act.becameAt}`,
        act.becameAt,
        isReply
          ? act.to === 'yellow'
            ? '反馈期限将至'
            : '逾期未反馈'
          : act.to === 'yellow'
            ? '核实期限将至'
            : '逾期未核实',
        isReply ? DEPARTMENT : OFFICE,
        act.to,
      );
    }
  }
}

function notice(
  { facts, verdict, shard }: OrderTold,
  key: string,
  at: number,
  step: string,
  recipients: readonly Recipient[],
  grade: Notice['grade'],
  reason: string | null = null,
): Notice {
  return {
    key: `order/${facts.no}/${key}`,
    kind: 'order',
    grade,
    department: facts.content.department,
    post: facts.content.post ?? null,
    recipients,
    subject: `${facts.no} ${step}：${facts.content.title}`.slice(0, 200),
    facts: {
      orderNo: facts.no,
      title: facts.content.title,
      state: ORDER_STATE_NAMES[facts.state],
      step,
      replyDueAt: facts.state === 'awaiting-reply' ? verdict.dueAt : null,
      reason,
      grade,
    },
    at,
    shard,
    thread: `order/${facts.no}`,
  };
}
