import { EXPECTED_OF_MAPPINGS } from './mapping/expected-mapping-words';

/** What the schemas expect, in their own words, and in Chinese; the first that fits counts. */
const EXPECTED: readonly (readonly [RegExp, string, string])[] = [
  [
    /^a limit such as 7wd, or \{ limit/,
    '时限，如 7wd（7 个工作日）',
    '带单位书写：wd 工作日、wh 工作小时、d 日、h 小时',
  ],
  [/^a limit such as/, '时限，如 20wd（20 个工作日）', '带单位书写：wd 工作日、wh 工作小时、d 日、h 小时'],
  [/^a threshold/, '提前量，如 1wd、4wh 或 20%', ''],
  [/^a share such as 95%/, '比率，如 95% 或 5‰', ''],
  [/^a share above/, '高于“得满分的比率”', '越少越好的指标，不得分的比率更高'],
  [/^a share below/, '低于“得满分的比率”', ''],
  [/^a share/, '百分比，如 10%', ''],
  [/^the first day of a month/, '某月的第一日，如 2026-12-01', ''],
  [/^points, a number/, '分数，不小于 0', ''],
  [/^a whole number of 1/, '不小于 1 的整数', ''],
  [/^a short name in small letters/, '小写字母的编码，如 on-time', ''],
  [/^indicators whose weights add up to 100$/, '各指标分值合计为 100', '调整各指标的分值'],
  [/^indicators with an id of their own/, '各指标的编码互不相同', ''],
  [
    /^at least the points of a red card \((.+)\)/,
    '不少于一张红牌所扣的分数：',
    '掩盖超时不得比超时本身扣分少',
  ],
  [/^grades in falling order/, '优秀、良好、合格的分数依次降低', ''],
  [/^@time only/, '“@time”只用于工作日或日', ''],
  [/^a date(?:,| with)/, '日期，如 2026-10-01', '日历中的日期还须注明放假、上班、办公时间或半天假之一'],
  [/^a day not before/, '不早于开始日期的日期', ''],
  [/^a time of day/, '时刻，如 09:00', ''],
  [/^closing after opening/, '结束晚于开始', '跨午夜的在 24:00 处分为两段'],
  [/^intervals that do not overlap/, '互不重叠的时段', '重叠的合并为一段'],
  [/^an IANA time zone/, '时区，如 Asia/Shanghai', ''],
  [/^a legal basis/, '依据：由谁决定、依何文件', '局部停办须写明依据'],
  [/^at least one of district/, '区划、大厅、部门至少一项', ''],
  [/^the code of a listed district/, '上一级区划的编码', ''],
  [/^working time/, '工作时间，如 30wm，或 none', ''],
  [/^none, or/, 'none（不收费），或 standard（收费标准，元）', ''],
  [/^either light or finding/, '每条规则只写亮灯或发现之一', ''],
  [/^one of the channels: (.+)/, '本文档的通道之一：', '改正通道的名称，或先写明这个通道'],
  [/^one of the calendars: (.+)/, '工作日历之一：', ''],
  [/^one mail address/, '一个邮箱地址，如 name@example.gov.cn', ''],
  [/^a telephone number/, '电话号码，只含数字', '加引号书写'],
  [/^behind @ the user id/, '@ 加群成员的用户编号，或 @all', '不提醒任何人的写任意文字'],
  [/^a URN/, '来源名称，如 urn:dept:420684:housing', '填写该系统在数据中自报的名称'],
  [/^at least one sender/, '至少一个来源', '登记为空将拒收所有来源的数据'],
  [/^another one of the people/, '本文档中的另一名接收人', '代理人不能是本人，也不能是文档中没有的人'],
  [/^placeholders of .+?: (.+)/, '可用的占位词：', '改正占位词，或删除它'],
  [/^\{\{phone\}\}/, '占位词 {{phone}}、{{text}}、{{key}} 或 {{secret}}', ''],
  [/^letters, digits and hyphens/, '字母、数字和连字符，不超过 63 个', ''],
  [/^an address that begins/, '以 https:// 或 http:// 开头的地址', ''],
  [/^immediate, or/, 'immediate（立即），或 { dailyAt: "08:30" }（每日定时）', ''],
  [/^one of (.+)/, '下列之一：', ''],
  [/^no unknown key/, '没有未知的字段', '删除这个字段，或改正其名称'],
  [/^an? string/, '文字', '加引号书写'],
  [/^an? number/, '数字', ''],
  [/^an? int/, '整数', ''],
  [/^an? boolean/, 'true（是）或 false（否）', ''],
  [/^an? array/, '列表', ''],
  [/^an? (?:object|record)/, '一组字段', ''],
  [/^at least (.+)/, '不小于 ', ''],
  [/^at most (.+)/, '不大于 ', ''],
];

/** What a schema expects, and what to do, in Chinese. */
export function expectedInChinese(expected: string, hint: string): { expected: string; hint: string } {
  const meant = /^did you mean (.+)$/.exec(hint)?.[1];
  for (const [pattern, words, advice] of [...EXPECTED_OF_MAPPINGS, ...EXPECTED]) {
    const found = pattern.exec(expected);
    if (found === null) continue;
    // What the pattern catches is the list or the number that the words end with.
    return {
      expected: `${words}${found[1] ?? ''}`,
      hint: meant === undefined ? advice : `是否应为 ${meant}`,
    };
  }
  return { expected, hint };
}
