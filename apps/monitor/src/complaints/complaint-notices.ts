import type { ComplaintPolicy, ComplaintRecord, Notice, Recipient } from '@mingjian/contracts';
import type { ComplaintFacts } from '@mingjian/rules';
import {
  COMPLAINT_ACT_NAMES,
  COMPLAINT_STATE_NAMES,
  COMPLAINT_VERDICT_NAMES,
  complaintClockName,
  REVIEW_OUTCOME_NAMES,
} from './complaint-words';

/** What is told of a complaint, and what of its state the templates may name. */
export interface ComplaintTold {
  facts: ComplaintFacts;
  policy: ComplaintPolicy;
  shard: number;
}

const OFFICE: readonly Recipient[] = ['inspection-office'];
const DEPARTMENT: readonly Recipient[] = ['post', 'department-head'];
const BOTH: readonly Recipient[] = [...DEPARTMENT, ...OFFICE];

/**
 * The notice of one event of a complaint; null where nobody needs to be told. Who complained stands in none. Of a confidential one
 * only the office hears, and of it only the number: what is held against a unit must not reach that unit by a message.
 * @see 信访工作条例 第三十条
 */
export function complaintNotice(
  told: ComplaintTold,
  seq: number,
  at: number,
  act: ComplaintRecord,
): Notice | null {
  const { facts } = told;
  switch (act.type) {
    case 'registered':
      return notice(told, 'registered', at, '待受理', OFFICE, 'info');
    case 'transferred':
      return notice(told, `${seq}`, at, '已转办，请按期办理', DEPARTMENT, 'info');
    case 'returned':
      return notice(told, `${seq}`, at, '承办单位退回，请重新转办', OFFICE, 'yellow', act.reason);
    case 'extension-requested':
      return notice(told, `${seq}`, at, `申请延期 ${act.days} 日`, OFFICE, 'info', act.reason);
    case 'extension-granted':
      return notice(told, `${seq}`, at, `同意延期 ${act.days} 日`, DEPARTMENT, 'info', act.reason);
    case 'extension-refused':
      return notice(told, `${seq}`, at, '不同意延期', DEPARTMENT, 'info', act.reason);
    case 'replied':
      return facts.handler === null ? null : notice(told, `${seq}`, at, '已回复，待审核', OFFICE, 'info');
    case 'sent-back':
      return notice(told, `${seq}`, at, '退回重办', DEPARTMENT, 'yellow', act.reason);
    case 'verified':
      return notice(told, `${seq}`, at, `认定为${COMPLAINT_VERDICT_NAMES[act.verdict]}`, DEPARTMENT, 'info');
    case 'reopened':
      return notice(told, `${seq}`, at, '重新办理', BOTH, 'yellow', act.reason);
    case 'review-requested':
    case 'recheck-requested':
      return notice(told, `${seq}`, at, COMPLAINT_ACT_NAMES[act.type], OFFICE, 'info');
    case 'review-decided':
    case 'recheck-decided': {
      const step = `${COMPLAINT_ACT_NAMES[act.type]}：${REVIEW_OUTCOME_NAMES[act.outcome]}`;
      return notice(told, `${seq}`, at, step, DEPARTMENT, 'info');
    }
    case 'review-refused':
    case 'recheck-refused':
      return notice(told, `${seq}`, at, COMPLAINT_ACT_NAMES[act.type], DEPARTMENT, 'info');
    case 'evidence-frozen':
      return act.contradicts
        ? notice(told, `${seq}`, at, '记录未超期，与投诉不符，请核查', OFFICE, 'yellow')
        : null;
    case 'lit':
    case 'unlit': {
      if (act.to !== 'yellow' && act.to !== 'red') return null;
      const isHandling = act.clock.startsWith('handle');
      const what = act.to === 'red' ? '红灯' : act.overdue ? '黄灯' : '预警';
      const lit = notice(
        told,
        `${act.clock}/${what}/${act.becameAt}`,
        act.becameAt,
        `${complaintClockName(act.clock)}${act.overdue ? '已超期' : '将至'}（${what}）`,
        !isHandling ? OFFICE : act.to === 'red' ? BOTH : DEPARTMENT,
        act.to,
      );
      const shown = {
        ...lit,
        facts: { ...lit.facts, light: act.to, dueAt: act.dueAt, clockName: complaintClockName(act.clock) },
      };
      return act.type === 'lit' ? shown : { ...shown, at, isWithdrawal: true };
    }
    default:
      return null;
  }
}

function notice(
  { facts, policy, shard }: ComplaintTold,
  key: string,
  at: number,
  step: string,
  to: readonly Recipient[],
  grade: Notice['grade'],
  reason: string | null = null,
): Notice {
  const { no, title, department } = facts.registered;
  // The department's roles are those of the one that handles it; while there is none only the office is told.
  const recipients = policy.confidential || facts.handler === null ? OFFICE : to;
  const shown = policy.confidential ? '检举控告（保密）' : title;
  return {
    key: `complaint/${no}/${key}`,
    kind: 'complaint',
    grade,
    department: policy.confidential ? null : recipients === OFFICE ? department : facts.handler,
    recipients,
    subject: `${no} ${step}：${shown}`.slice(0, 200),
    facts: {
      complaintNo: no,
      title: shown,
      state: COMPLAINT_STATE_NAMES[facts.state],
      reason: policy.confidential ? null : reason,
    },
    at,
    shard,
    thread: `complaint/${no}`,
  };
}
