import type { Light } from '../../libs/contracts/src/light';

/** How a light looks: the colour of the console, a shape and a word beside it, for whoever does not see the colour. */
export const LOOK: Readonly<Record<Light, { colour: string; text: string }>> = {
  red: { colour: '#C8102E', text: '● 红灯' },
  yellow: { colour: '#E6A700', text: '▲ 黄灯' },
  grey: { colour: '#8A8F98', text: '◌ 灰灯' },
  green: { colour: '#2E8B57', text: '■ 绿灯' },
};
/** The lights in the order in which they are stacked and listed. */
export const LIGHTS_SHOWN = ['red', 'yellow', 'grey', 'green'] as const;
/** Everything that is no light. */
export const NEUTRAL = '#2B4C7E';

/** Codes of closed lists as a person reads them. */
export const CLOCK_WORDS: Readonly<Record<string, string>> = {
  acceptance: '受理时限',
  promise: '承诺时限',
  statutory: '法定时限',
  forwarding: '初审上报时限',
  renewal: '延续时限',
  suspension: '特别程序时限',
  inspection: '指派检验人员时限',
  hearing: '组织听证时限',
  'hearing-notice': '听证通知时限',
  issuance: '默许后补发时限',
  delivery: '送达时限',
  step: '环节时限',
  'rating-contact': '差评回访时限',
  rectification: '差评整改时限',
  manual: '人工发牌',
};

export const CLASS_WORDS: Readonly<Record<string, string>> = {
  'on-the-spot': '即办件',
  promised: '承诺件',
  convenience: '便民件',
  joint: '联办件',
  forwarded: '上报件',
  unknown: '类别不明',
};

export const EVENT_RESULT_WORDS: Readonly<Record<string, string>> = {
  accepted: '已接收',
  duplicate: '重复',
  quarantined: '已隔离',
};

export const SENT_WORDS: Readonly<Record<string, string>> = {
  sent: '已发出',
  retried: '重试',
  failed: '失败',
  held: '暂缓',
  muted: '免发',
  nobody: '无人可通知',
};
