/** The official terms, and the one place that says how a light looks. */
import { h } from './dom.js';

/** Worst first. A light is a colour, a shape and a word, for the colour-blind and for black-and-white prints. */
export const LIGHTS = {
  red: { shape: '●', word: '红灯' },
  yellow: { shape: '▲', word: '黄灯' },
  grey: { shape: '◌', word: '灰灯' },
  green: { shape: '■', word: '绿灯' },
};

export const PHASES = {
  running: '计时中',
  suspended: '停止计时',
  overdue: '已超期',
  finished: '已结束',
  unknown: '无法计时',
};

export const OUTCOMES = {
  granted: '准予',
  refused: '不予许可',
  'not-accepted': '不予受理',
  withdrawn: '撤回',
  returned: '退件',
  voided: '作废',
  forwarded: '上报办结',
  decided: '办结',
};

export const CLASSES = {
  promised: '承诺件',
  'on-the-spot': '即办件',
  joint: '联办件',
  forwarded: '上报件',
  convenience: '便民服务',
};

export const EVENTS = {
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
  'case.forwarded': '上报',
  'case.decided': '办结',
  'case.delivered': '送达',
  'case.withdrawn': '撤回',
  'case.returned': '退件',
  'case.voided': '作废',
  'fee.charged': '收费',
  'case.rated': '评价',
  'event.retracted': '更正（撤销记录）',
};

export const REASONS = {
  time: '期限届至',
  event: '环节变化',
  late_data: '迟到数据',
  calendar: '日历调整',
  rule: '规则调整',
  appeal: '申诉成立',
  manual: '人工',
};

export const DAY_KINDS = {
  'working-day': '工作日',
  'adjusted-working-day': '调休上班',
  'rest-day': '休息日',
  holiday: '放假',
  'special-hours': '特别时段',
};

export const DAY_REASONS = {
  'start-day': '期间开始之日不计入',
  counted: '计入',
  over: '超期',
  'not-worked': '非工作日不计',
  suspended: '停止计时不计',
  moved: '最后一日顺延',
};

export const UNKNOWN = {
  'no-item': '办件没有事项编码',
  'unknown-item': '规则集中没有这个事项',
  'no-start': '没有申办或受理的记录',
  'no-rule-in-force': '受理之日没有生效的规则集',
  'no-limit': '没有规定时限',
  contradiction: '记录自相矛盾（结束早于开始）',
  'not-supervised': '规则集中本事项不纳入监察',
  'judge-failed': '判定失败，须由管理员处理',
};

const CLOCKS = {
  acceptance: '受理时限',
  promise: '承诺时限',
  statutory: '法定时限',
  suspension: '特别程序时限',
  delivery: '送达时限',
  forwarding: '初审上报时限',
  renewal: '延续时限',
  inspection: '指派检验人员时限',
  hearing: '组织听证时限',
  'hearing-notice': '听证通知时限',
  issuance: '默许后补发时限',
  'rating-contact': '差评回访时限',
  rectification: '差评整改时限',
};
/** Clocks that carry a number from the first one on. */
const NUMBERED = new Set(['suspension', 'rating-contact', 'rectification']);
const STEPS = {
  accept: '受理',
  handle: '承办',
  review: '审核',
  approve: '批准',
  conclude: '办结',
  certify: '制证',
};
export const SEVERITIES = { notice: '提示', warning: '警示', serious: '严重' };

/** 环节名称: the ruleset's name where it came along, else the usual name of the code, else the code. */
export function stepName(code) {
  return STEPS[code] ?? code;
}

/** `suspension#2` is the second 特别程序; `step:review#2` the second run of a step. */
export function clockName(clock) {
  if (!clock) return '—';
  const [name, run] = clock.split('#');
  const again = run && !(run === '1' && NUMBERED.has(name)) ? `（第 ${run} 次）` : '';
  if (name.startsWith('step:')) return `环节时限 · ${stepName(name.slice(5))}${again}`;
  if (name.startsWith('issuance:')) return `环节补发时限 · ${stepName(name.slice(9))}${again}`;
  return (CLOCKS[name] ?? name) + again;
}

const UNITS = {
  wd: '个工作日',
  wh: '个工作小时',
  wm: '个工作分钟',
  ws: '个工作秒',
  d: '日',
  'd!': '日（不顺延）',
  h: '小时',
};

/** `7wd` is 7 个工作日. */
export function limitText(limit) {
  if (limit === null || limit === undefined) return '未规定';
  if (limit === 'carried') return '办件自带期限';
  const [, amount, unit, atTime] = /^(\d+)(wd|wh|wm|ws|d!|d|h)(@time)?$/.exec(limit) ?? [];
  if (amount === undefined) return limit;
  if (amount === '0' && unit === 'wd') return '当日';
  return `${amount} ${UNITS[unit]}${atTime ? '（精确到时刻）' : ''}`;
}

/** The shape in its colour, with the word beside it or, where the place is narrow, for the screen reader only. */
export function lightMark(light, { word = true } = {}) {
  const { shape, word: name } = LIGHTS[light] ?? LIGHTS.grey;
  return h(
    'span',
    { class: `light ${light}`, title: name },
    h('i', { 'aria-hidden': 'true' }, shape),
    h('span', { class: word ? null : 'unseen' }, name),
  );
}
