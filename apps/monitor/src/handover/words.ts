import type { LightChangeReason, Recipient, StepEventType } from '@mingjian/contracts';
import type { HandoverKind, HandoverVariant } from '@mingjian/store';

/* The words of a hand-over as people read them: official wording. */

export const STEP_EVENT_NAMES: Readonly<Record<StepEventType, string>> = {
  'case.submitted': '申办',
  'case.correction-requested': '补正告知',
  'case.correction-received': '补正受理',
  'case.accepted': '受理',
  'case.not-accepted': '不予受理',
  'step.started': '环节开始',
  'step.finished': '环节结束',
  'case.suspended': '特别程序开始',
  'case.resumed': '特别程序结束',
  'case.extended': '延长审批',
  'case.forwarded': '转报',
  'case.decided': '办结',
  'case.delivered': '送达',
  'case.withdrawn': '撤回',
  'case.returned': '退件',
  'case.voided': '作废',
  'fee.charged': '收费',
  'inspectors.assigned': '指派检验、检测、检疫人员',
  'hearing.informed': '听证权利告知',
  'hearing.requested': '听证申请',
  'hearing.notified': '听证通知',
  'hearing.held': '听证举行',
  'case.rated': '评价',
  'rating.contacted': '差评回访',
  'rating.rectified': '差评整改完成',
  'event.retracted': '撤销记录',
  'service.counted': '便民服务计数',
};

export const CHANGE_REASON_NAMES: Readonly<Record<LightChangeReason, string>> = {
  time: '时限届满或将满',
  event: '办理记录',
  late_data: '补报数据',
  calendar: '工作日历调整',
  rule: '规则调整',
  appeal: '申诉成立',
  manual: '人工发牌',
};

export const RECIPIENT_NAMES: Readonly<Record<Recipient, string>> = {
  post: '岗位',
  'department-head': '部门负责人',
  supervisor: '分管领导',
  'inspection-office': '监察机关',
};

export const KIND_NAMES: Readonly<Record<HandoverKind, string>> = {
  case: '单个办件',
  department: '部门一定期间',
  lead: '按规则发现的问题线索',
};

export const VARIANT_NAMES: Readonly<Record<HandoverVariant, string>> = {
  inspection: '移交监察机关',
  unit: '送达被反映单位',
};
