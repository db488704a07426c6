import type { NoticeTemplates } from '@mingjian/contracts';

/** The texts of a site that has written none of its own. Wording after the messages of supervision platforms in use. */
export const DEFAULT_TEMPLATES: Required<NoticeTemplates> = {
  light: {
    default: {
      subject: '【{{light}}】{{itemName}} {{caseNo}} {{clockName}}',
      text: '办件编号为{{caseNo}}，事项为{{itemName}}，责任单位为{{departmentName}}，{{clockName}}届满时间为{{dueAt}}，{{advice}}。（{{light}}于{{becameAt}}亮起）',
    },
    sms: {
      text: '【明鉴】{{light}}：办件{{caseNo}}（{{itemName}}）{{clockName}}{{dueAt}}届满，{{advice}}。',
    },
  },
  finding: {
    default: {
      subject: '【发现】{{subject}}',
      text: '{{subject}}。责任单位为{{departmentName}}，请核实并说明。',
    },
    sms: { text: '【明鉴】{{subject}}，请核实并说明。' },
  },
  order: {
    default: {
      subject: '【督办】{{subject}}',
      text: '督办单{{orderNo}}：{{subject}}。答复期限为{{replyDueAt}}。',
    },
    sms: { text: '【明鉴】督办单{{orderNo}}：{{subject}}，答复期限{{replyDueAt}}。' },
  },
  appeal: {
    default: { subject: '【申诉】{{subject}}', text: '申诉{{appealNo}}：{{subject}}。办理期限为{{dueAt}}。' },
    sms: { text: '【明鉴】申诉{{appealNo}}：{{subject}}。' },
  },
  complaint: {
    default: {
      subject: '【投诉】{{subject}}',
      text: '投诉件{{complaintNo}}：{{subject}}。办理期限为{{dueAt}}。',
    },
    sms: { text: '【明鉴】投诉件{{complaintNo}}：{{subject}}，期限{{dueAt}}。' },
  },
  source: {
    default: {
      subject: '【数据源】{{subject}}',
      text: '{{departmentName}}：{{subject}}。期间的灯不代表实际办理情况，请尽快恢复数据报送。',
    },
    sms: { text: '【明鉴】{{subject}}，请尽快恢复数据报送。' },
  },
  bulletin: {
    default: { subject: '【通报】{{subject}}', text: '{{subject}}。详见系统。' },
    sms: { text: '【明鉴】{{subject}}，详见系统。' },
  },
  system: {
    default: { subject: '【监测系统】{{subject}}', text: '{{subject}}。' },
    sms: { text: '【明鉴】{{subject}}。' },
  },
  withdrawal: {
    default: {
      subject: '【更正】{{subject}}',
      text: '此前发送的“{{subject}}”（办件{{caseNo}}）已不成立，请以系统显示为准。',
    },
    sms: { text: '【明鉴】更正：“{{subject}}”已不成立。' },
  },
  escalation: {
    default: {
      subject: '【逾期未签收】{{subject}}',
      text: '“{{subject}}”（{{departmentName}}，办件{{caseNo}}）逾期无人签收，现转报您处。',
    },
    sms: { text: '【明鉴】逾期未签收：{{subject}}。' },
  },
  frame: {
    default: {
      subject: '【明鉴】{{count}}条提醒（红{{red}}、黄{{yellow}}、其他{{info}}）',
      text: '{{recipientName}}：您有{{count}}条提醒，其中红灯{{red}}条、黄灯{{yellow}}条、其他{{info}}条。\n{{lines}}\n{{more}}',
    },
    sms: { text: '【明鉴】您有{{count}}条提醒，其中红灯{{red}}条、黄灯{{yellow}}条，请登录系统查看并签收。' },
  },
};
