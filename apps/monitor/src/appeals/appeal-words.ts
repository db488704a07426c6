import type { AppealReason, AppealRecord, AppealState, CardReason, CardState } from '@mingjian/contracts';

/* The words of appeals and cards as people read them: official wording. */

export const APPEAL_STATE_NAMES: Readonly<Record<AppealState, string>> = {
  filed: '待审理',
  referred: '已上报',
  upheld: '已撤销发牌',
  dismissed: '已打回',
  withdrawn: '已撤回',
};

export const APPEAL_REASON_NAMES: Readonly<Record<AppealReason, string>> = {
  'wrong-data': '数据报送有误',
  'late-upload': '已按时办理，数据补报',
  'suspension-not-counted': '应扣除的特别程序时间未扣除',
  applicant: '申请人原因',
  'system-outage': '系统或网络故障',
  'force-majeure': '不可抗力',
  'wrong-responsibility': '责任部门认定有误',
  'rule-wrong': '时限或规则设置有误',
  other: '其他',
};

export const APPEAL_ACT_NAMES: Readonly<Record<AppealRecord['type'], string>> = {
  filed: '提出申诉',
  upheld: '撤销',
  dismissed: '打回',
  referred: '上报',
  withdrawn: '撤回',
  lit: '亮灯',
};

export const CARD_REASON_NAMES: Readonly<Record<CardReason, string>> = {
  attitude: '服务态度',
  'extra-material': '要求提供办事指南之外的材料',
  'not-informed-once': '未一次性告知',
  absent: '窗口空岗',
  'offline-handling': '体外循环、事后补录',
  fee: '违规收费',
  refusal: '推诿拒办',
  other: '其他',
};

/** 发牌状态. */
export const CARD_STATE_NAMES: Readonly<Record<CardState, string>> = {
  issued: '已发',
  waiting: '待发',
  withdrawn: '撤销',
  cancelled: '取消',
};
