import type { MappingLintCode } from './lint-mapping';

/** What a finding about a mapping means, and what to do about it, for people. */
export const MAPPING_LINT_WORDS: Readonly<
  Record<MappingLintCode, readonly [expected: string, hint: string]>
> = {
  'column-missing': ['映射的列名中有这一列', '改正字段名称，或在列名中补充'],
  'constant-id': ['事件编号中有部门数据的字段', '写作 "{办件编号}/受理" 之类：相同编号的事件只算一个'],
  'constant-subject': ['办件编号取自部门数据的字段', '写作 "{办件编号}"'],
  'data-missing': ['有值：此事件必须写明', '在规则的 data 中写明，否则记录全部进入隔离'],
  'never-applies': ['适用条件能同时成立', '改正相互矛盾的条件'],
  'unit-unknown': ['已知的单位代码', '在 units 中写明单位代码的含义：单位从不猜测'],
  'type-unknown': ['环节事件的种类', '改正代码表中的事件种类'],
  'zone-missing': ['写明时区：各种时间写法都不带时区', '写明 zone，如 Asia/Shanghai，否则记录全部进入隔离'],
  'id-changed': [
    '同一事件的编号与现行映射相同',
    '编号改变后，补读的记录会成为另一个事件；确需改的，与部门核对后再补读',
  ],
  'item-missing': ['至少一条规则写明事项编码', '补充 data.item；没有事项编码的办件没有时限'],
  'same-id': ['各规则的事件编号互不相同', '在事件编号中加入环节或事件，或写互斥的适用条件'],
  'source-changed': [
    '数据来源与现行映射相同',
    '改变后，补读的记录会成为另一来源的事件；确需改的，先在来源登记中写明',
  ],
  'join-unused': ['并表的字段有规则读取', '没有用处的可以删除'],
  'table-unused': ['代码表有规则使用', '没有用处的可以删除'],
  'no-feed': ['有数据接入任务使用本映射', '批准后，在接入任务中写 mapping: approved:名称'],
};
