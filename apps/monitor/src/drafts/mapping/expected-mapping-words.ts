/**
 * What mappings and records of departments are expected to be, in the words of their schemas and in Chinese, with advice; the first that
 * fits counts. What a pattern catches is put behind the words.
 */
export const EXPECTED_OF_MAPPINGS: readonly (readonly [RegExp, string, string])[] = [
  // Of the document.
  [/^an input that an event or a join reads/, '有规则或并表读取的数据表', '删除这个数据表，或为它写规则'],
  [/^one of the inputs of this mapping \((.*?)\)/, '本映射的数据表之一：', ''],
  [/^one of the tables of this mapping \((.*?)\)/, '本映射的代码表之一：', '补充这个代码表，或改正名称'],
  [/^an input with a key/, '写有主键的数据表', '为被并的数据表写 key，按它查找'],
  [/^a key beside it/, '同时写有主键', '版本号须与主键一同使用'],
  [/^no step\.started/, '没有“环节开始”：映射已声明无法表达环节开始', '删除这条规则，或删除该声明'],
  [/^no case\.resumed/, '没有“特别程序结束”：映射已声明无法表达', '删除这条规则，或删除该声明'],
  [/^a member that step events have/, '环节事件具有的字段', '改正字段名称'],
  [/^no input;?/, '不写数据表：本映射没有 inputs', '删除 input，或先写 inputs'],
  [/^an input/, '写明数据表', '写明哪一个数据表的记录对应此事件'],
  [/^a text of the key and the version/, '由主键和版本号拼成的文字', ''],
  [/^no "each"/, '不用 each：该数据表有版本号', ''],
  [/^an id with (\{.+\}) in it/, '事件编号须含版本号：', ''],
  [/^an id of key fields \((.*?)\)/, '只由主键和版本号拼成的事件编号，主键：', ''],
  [/^an event type/, '环节事件的种类，如 case.accepted；或 { field, table }', ''],
  [/^an encoding such as/, '文字编码，如 utf-8、gb18030', ''],
  [/^a name without dots and braces/, '不含点号和花括号的名称', ''],
  [
    /^iso, epoch-s, epoch-ms, or a pattern/,
    '时间写法：iso、epoch-s、epoch-ms，或如 yyyy/M/d H:mm、yyyyMMddHHmmss',
    '',
  ],
  [/^braces in pairs/, '花括号成对', '要写花括号本身的，写作 {{ 和 }}'],
  [/^a condition: \{/, '条件：{ field, is }、{ field, isNot } 或 { field, present: true }', ''],
  [/^exactly one of field and template/, 'field 与 template 恰好写一个', ''],
  [/^"unit" with "as: limit"/, '取时限、工作日数时写明单位，其他不写', '单位从不猜测'],
  [
    /^a text such as "\{case no\}/,
    '文字（如 "{办件编号}/accepted"）、数字、是否，或 { field, … }',
    '以花括号开头的文字加引号',
  ],
  // Of a record.
  [/^a value for the event's type/, '有值，用作事件种类', '补全记录，或为规则写适用条件'],
  [/^a value for the event's id/, '有值，用作事件编号', '补全记录，或为规则写适用条件'],
  [/^a value for the event's subject/, '有值，用作办件编号', '补全记录，或为规则写适用条件'],
  [/^a value for the event's time/, '有值，用作发生时间', '补全记录，或为规则写适用条件'],
  [/^a value to find the row of (.+) by/, '有值，用来查找数据表的行：', '补全记录'],
  [/^a value$/, '有值：此事件必须写明', '在规则的 data 中写明'],
  [/^a time of the correction/, '更正的时间', '补全记录'],
  [/^a version from (.+)/, '版本号：', ''],
  [/^a unit of working days/, '以工作日为单位', '在映射的 units 中写明单位代码的含义'],
  [/^a unit \((.+)\)/, '单位代码：', '在映射的 units 中写明单位代码的含义'],
  [/^a whole number of days or hours/, '整数的日数或小时数', ''],
  [/^a whole number$/, '整数', ''],
  [/^a code of table (.+)/, '代码表中的代码：', '在映射的代码表中补充这个代码'],
  [/^a number of at most 15 digits/, '不超过 15 位的数字', '长数字加引号'],
  [/^a text or a number/, '文字或数字', ''],
  [/^a time written as (.+)/, '时间，写法为：', '在映射的 times 中补充这种写法'],
  [
    /^a record of one of the inputs \((.+)\)/,
    '属于某个数据表的记录：',
    '写作 { 数据表: { … } }，或为数据表写 when',
  ],
  [/^a row of (.+) known by/, '另一数据表中对应的行已到：', '该行到达后自动处理'],
  [/^a record that means at least one event/, '至少对应一个事件的记录', '补充规则，或写 unmatched: ignore'],
  [/^at most (\d+) levels/, '嵌套层数不超过：', ''],
  [/^texts without U\+0000/, '不含无效字符的文字', ''],
  [/^a time up to (.+)/, '不晚于此的时间：', '事件发生后才上报，请核对年份和对方时钟'],
  [/^an RFC 3339 time/, '带时区的时间，如 2026-09-14T10:00:00+08:00', '用 as: time 读取时间'],
  [/^a local date/, '日期，如 2026-09-14', ''],
  [/^a keyed hash/, '部门计算的代号（16 至 64 位十六进制数字）', '不得写姓名或身份证号码'],
  // Of a whole text.
  [/^well-formed JSON/, '完整的 JSON', '检查文本是否完整'],
  [/^well-formed XML/, '完整的 XML', '检查文本是否完整'],
  [/^XML without a document type/, '没有 DOCTYPE 声明的 XML', '删除该声明'],
  [/^a well-formed CSV row/, '完整的 CSV 行', '引号内的引号写两次'],
  [/^(\d+) columns, as in the header/, '与标题行相同的列数：', '含分隔符的内容加引号'],
  [/^a header line, or at least one record/, '标题行，或至少一条记录', ''],
  [/^a column of this name/, '有这一列：映射读取它', '改正标题行、分隔符或映射'],
  [/^records at (.+)/, '记录所在：', '改正映射的 records'],
  [/^a line of at most (\d+) characters/, '每行字符数不超过：', ''],
  [/^an object$/, '一组字段', ''],
];

const GOT: readonly (readonly [RegExp, string])[] = [
  [/^nothing$/, '空'],
  [/^none so far$/, '尚未到达'],
  [/^none$/, '没有'],
  [/^several$/, '有多行'],
  [/^an empty file$/, '空文本'],
  [/^a DOCTYPE declaration$/, 'DOCTYPE 声明'],
  [/^a deeper one$|^a longer one$/, '超过'],
  [/^a quote that is never closed$/, '引号没有结束'],
  [/^a quote inside a field without quotes/, '没有加引号的内容中有引号'],
  [/^text after a closing quote/, '引号结束后还有文字'],
  [/^one that no rule of the mapping fits$/, '没有一条规则适用'],
  [/^(.*), a time that does not exist$/, '$1（时间不存在）'],
  [/^(.*), a time without offset, in a mapping without zone$/, '$1（没有时区，映射也没有写 zone）'],
  [/^(.*) at (?:line (\d+), )?column (\d+)$/, '$1'],
];

/** What was found, in Chinese where it is told in words; a value stays as it is. */
export function gotInChinese(got: string): string {
  for (const [pattern, words] of GOT) if (pattern.test(got)) return got.replace(pattern, words);
  return got;
}
