import { STEP_EVENT_NAMES } from '../../handover/words';

/** What the members of a mapping are called on Chinese pages; `*` stands for names that people gave. */
const MEMBERS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    mapping: '映射',
    description: '说明',
    format: '格式',
    encoding: '文字编码',
    delimiter: '分隔符',
    columns: '列名',
    records: '记录所在',
    sheet: '工作表',
    headerRow: '标题行',
    inputs: '数据表',
    zone: '时区',
    times: '时间写法',
    empty: '视为空的文字',
    tables: '代码表',
    units: '单位代码',
    cannotExpress: '无法表达的内容',
    unmatched: '没有规则适用的记录',
    events: '规则',
    input: '数据表',
    when: '适用条件',
    each: '逐项',
    type: '事件',
    id: '事件编号',
    subject: '办件编号',
    time: '发生时间',
    once: '重复只取一次',
    data: '内容',
    field: '字段',
    template: '拼写',
    table: '代码表',
    default: '缺省值',
    as: '取值方式',
    unit: '单位',
    is: '等于',
    isNot: '不等于',
    present: '有值',
    file: '文件名',
    key: '主键',
    ignore: '忽略条件',
    version: '版本',
    'inputs.*.version': '版本号',
    first: '第一版',
    join: '并表',
    on: '对应的键',
    missing: '未到时',
  }),
);

/** What the data of an event are called. */
const DATA: ReadonlyMap<string, string> = new Map(
  Object.entries({
    item: '事项编码',
    department: '部门',
    district: '区划',
    hall: '大厅',
    applicant: '申请人代号',
    step: '环节',
    post: '岗位',
    officer: '经办人',
    result: '办理结果',
    promiseLimit: '承诺时限',
    statutoryLimit: '法定时限',
    promiseDueAt: '承诺到期时刻',
    statutoryDueAt: '法定到期时刻',
    ground: '特别程序事由',
    notice: '书面告知',
    approver: '批准人',
    daysApplied: '申请工作日数',
    suspension: '所结束的特别程序',
    days: '批准工作日数',
    retracts: '所撤销的事件',
    reason: '原因',
    tags: '评价标签',
    amount: '金额',
    grade: '评价等级',
    realName: '实名评价',
    rating: '所答复的评价',
    inspectors: '指派人数',
    hearingAt: '听证时间',
    cannotExpress: '无法表达的内容',
    count: '件数',
    date: '日期',
    window: '窗口',
    permitExpiresAt: '证件到期时刻',
  }),
);

const VALUES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    quarantine: '隔离',
    ignore: '忽略',
    wait: '等待',
    text: '文字',
    time: '时间',
    number: '数字',
    integer: '整数',
    limit: '时限',
    'working-days': '工作日数',
    wd: '工作日',
    d: '自然日',
    'd!': '自然日（不顺延）',
    wh: '工作小时',
    wm: '工作分钟',
    h: '小时',
    'step-start': '环节开始',
    'step-times': '环节起止',
    'suspension-end': '特别程序结束',
    approver: '批准人',
    notice: '书面告知',
  }),
);
/** Members whose values are choices; the values of others are texts of people. */
const CHOICES = new Set(['unmatched', 'as', 'missing', 'cannotExpress']);
const FIRST = new Set([
  ...['mapping', 'description'],
  ...[
    'format',
    'encoding',
    'delimiter',
    'columns',
    'records',
    'sheet',
    'headerRow',
    'inputs',
    'zone',
    'times',
  ],
  ...['empty', 'tables', 'units', 'cannotExpress', 'unmatched', 'events'],
]);

/** Whether a path leads into a mapping: no other document has such members. */
export function isOfMapping(path: readonly string[]): boolean {
  return FIRST.has(path[0] ?? '');
}

/** What a member of a mapping is called; undefined where it is a name that people gave. @param pattern of the path */
export function mappingWord(path: readonly string[], pattern: string): string | undefined {
  const last = path[path.length - 1] ?? '';
  if (path[0] === 'events' && path[2] === 'data' && path.length === 4) return dataWord(last);
  return MEMBERS.get(pattern) ?? MEMBERS.get(last);
}

/** What a member of the data of an event is called. */
export function dataWord(member: string): string | undefined {
  return DATA.get(member);
}

/** A text in a mapping for people: choices in Chinese, all else as it is written. */
export function mappingValue(value: string, path: readonly string[]): string {
  const member = path.filter((key) => !/^\d+$/.test(key)).at(-1) ?? '';
  if (member === 'type') return eventWord(value);
  return CHOICES.has(member) || path[0] === 'units' ? (VALUES.get(value) ?? value) : value;
}

/** What a type of event is called: 受理. */
export function eventWord(type: string): string {
  return (STEP_EVENT_NAMES as Readonly<Record<string, string>>)[type] ?? type;
}

/** What the event of a rule is called, put behind its place; nothing where it is none. */
export function ruleWord([first]: readonly string[], rule: unknown): string {
  if (first !== 'events' || typeof rule !== 'object' || rule === null || !('type' in rule)) return '';
  return typeof rule.type === 'string' && eventWord(rule.type) !== rule.type
    ? `（${eventWord(rule.type)}）`
    : '';
}

/** Whether a key of a mapping was chosen by people: of an input, a code table, a code in it, a unit, a join. */
export function isMappingCode(path: readonly string[], index: number): boolean {
  const [first] = path;
  if (first === 'tables') return index === 1 || index === 2;
  if (first === 'inputs') return index === 1 || (path[2] === 'join' && index === 3);
  return first === 'units' && index === 1;
}
