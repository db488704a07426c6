import type { OrderColour, OrderLevel, OrderRecord, OrderState } from '@mingjian/contracts';

/* The words of orders as people read them: official wording, one place for pages, notices and the command line. */

export const ORDER_STATE_NAMES: Readonly<Record<OrderState, string>> = {
  'awaiting-reply': '待反馈',
  'awaiting-verification': '待核实',
  closed: '已办结',
  withdrawn: '已撤销',
};

export const ORDER_LEVEL_NAMES: Readonly<Record<OrderLevel, string>> = {
  reminder: '催办',
  circulation: '通报',
  interview: '约谈',
  accountability: '问责',
};

export const ORDER_COLOUR_NAMES: Readonly<Record<OrderColour, string>> = {
  blue: '蓝色督查单',
  orange: '橙色督查单',
  red: '红色督查单',
};

export const ORDER_ACT_NAMES: Readonly<Record<OrderRecord['type'], string>> = {
  issued: '签发',
  'extension-requested': '申请延期',
  'extension-granted': '同意延期',
  'extension-refused': '不同意延期',
  replied: '反馈',
  returned: '打回',
  closed: '办结',
  withdrawn: '撤销',
  lit: '亮灯',
  escalated: '升级',
};
