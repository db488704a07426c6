import type {
  ComplaintChannel,
  ComplaintKind,
  ComplaintRecord,
  ComplaintState,
  ComplaintVerdict,
  ReviewOutcome,
} from '@mingjian/contracts';

/* The words of complaints as people read them: official wording, one place for pages, notices and the command line. */

export const COMPLAINT_STATE_NAMES: Readonly<Record<ComplaintState, string>> = {
  registered: '待受理',
  accepted: '待转办',
  handling: '办理中',
  replied: '待审核',
  verified: '待回复',
  closed: '已办结',
  refused: '不予受理',
  withdrawn: '已撤回',
  reviewing: '复查中',
  reviewed: '已复查',
  rechecking: '复核中',
  rechecked: '已复核',
};

export const REVIEW_OUTCOME_NAMES: Readonly<Record<ReviewOutcome, string>> = {
  maintained: '维持',
  changed: '变更',
  revoked: '撤销',
};

export const COMPLAINT_CHANNEL_NAMES: Readonly<Record<ComplaintChannel, string>> = {
  window: '窗口',
  '12345': '12345 热线转办',
  web: '网上投诉',
  mail: '来信',
  rating: '差评转办',
  feed: '系统对接',
};

export const COMPLAINT_KIND_NAMES: Readonly<Record<ComplaintKind, string>> = {
  delay: '超时办理',
  'extra-material': '额外增加材料',
  'extra-condition': '额外增加条件',
  refusal: '拒不受理',
  shirking: '推诿扯皮',
  attitude: '服务态度',
  fee: '违规收费',
  integrity: '廉洁问题',
  other: '其他',
};

export const COMPLAINT_VERDICT_NAMES: Readonly<Record<ComplaintVerdict, string>> = {
  valid: '有效投诉',
  partly: '部分属实',
  invalid: '无效投诉',
};

export const COMPLAINT_ACT_NAMES: Readonly<Record<ComplaintRecord['type'], string>> = {
  registered: '登记',
  accepted: '受理',
  refused: '不予受理',
  linked: '关联办件',
  transferred: '转办',
  returned: '退回',
  'extension-requested': '申请延期',
  'extension-granted': '同意延期',
  'extension-refused': '不同意延期',
  replied: '办理回复',
  'sent-back': '退回重办',
  verified: '审核认定',
  closed: '办结',
  reopened: '重新办理',
  withdrawn: '撤回',
  'review-requested': '请求复查',
  'review-decided': '复查意见',
  'review-refused': '不予受理复查',
  'recheck-requested': '请求复核',
  'hearing-held': '听证',
  'recheck-decided': '复核意见',
  'recheck-refused': '不予受理复核',
  'evidence-frozen': '固定证据',
  lit: '亮灯',
  unlit: '灭灯',
};

/** `handle#2` as people read it. */
export function complaintClockName(clock: string): string {
  return CLOCK_NAMES[clock.split('#')[0]!] ?? clock;
}

const CLOCK_NAMES: Readonly<Record<string, string>> = {
  accept: '受理时限',
  transfer: '转办时限',
  handle: '办理时限',
  verify: '审核时限',
  feedback: '回复时限',
  review: '复查期限',
  recheck: '复核期限',
};
