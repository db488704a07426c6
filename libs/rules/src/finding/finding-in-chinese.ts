import type { Finding } from '../verdict';

/** What each kind of finding says to a person; the closed list of `detail.kind`. */
export const FINDING_TEXTS: Readonly<Record<string, string>> = {
  'deemed-accepted': '逾期未告知，自收到申请材料之日起视为受理',
  'no-limit': '没有规定时限，无法计时',
  'no-item': '办件没有事项编码',
  'unknown-item': '规则集中没有这个事项',
  'no-start': '没有申办或受理的记录',
  'no-rule-in-force': '受理之日没有生效的规则集',
  'judge-failed': '规则无法判定此办件',
  'unknown-step': '事项中没有这个环节',
  'step-finished-without-start': '环节有结束无开始',
  'step-start-not-in-format': '来源数据格式没有环节开始时间，环节时限无法计时',
  'step-times-not-in-format': '来源数据格式的环节时间都是办结时间，环节时限无法计时',
  'suspension-end-not-in-format': '来源数据格式没有停止计时的结束时间，办结时视为结束',
  'notice-not-in-format': '来源数据格式没有书面告知的记录，无法核对',
  'approver-not-in-format': '来源数据格式没有批准人，无法核对',
  'step-started-twice': '环节未结束又开始',
  'step-without-end': '办结时环节未结束',
  'finished-before-start': '结束早于开始',
  'accepted-before-submitted': '受理早于申办',
  'accepted-and-not-accepted': '既有受理又有不予受理的记录，以先终结者为准',
  'correction-received-without-request': '补正受理之前没有补正告知',
  'resumed-without-suspension': '恢复计时之前没有停止计时',
  'resumed-before-suspended': '恢复计时早于停止计时，该次停止计时不起作用',
  'suspended-after-due': '超期之后才停止计时，不起作用',
  'suspended-after-end': '办结之后才停止计时，不起作用',
  'suspension-open-at-end': '办结时停止计时尚未结束',
  'suspended-again': '以同一事由再次停止计时',
  'suspensions-overlap': '停止计时未结束又停止计时，同一时间只扣一次',
  'suspension-without-ground': '停止计时没有事由',
  'suspension-ground-not-in-law': '停止计时的事由不在行政许可法第四十五条所列之内',
  'suspension-without-notice': '停止计时没有书面告知申请人',
  'suspension-without-approver': '停止计时没有批准人',
  'suspended-beyond-maximum': '停止计时超过该事由允许的最长天数',
  'suspended-just-before-due': '承诺时限即将届满时停止计时',
  'mostly-suspended': '办理时间大部分处于停止计时',
  'suspended-in-pieces': '多次短时停止计时，每次不超过一个工作日',
  'correction-requested-again': '没有一次性告知补正，再次要求补正',
  'correction-after-acceptance': '受理之后又要求补正',
  'step-skipped': '环节未办即进入后续环节',
  'step-out-of-order': '环节在后续环节开始之后才办理',
  'case-returned-often': '办件多次退回',
  'step-run-often': '环节多次重办',
  'fee-over-standard': '收费超过标准',
  'fee-on-free-item': '不收费的事项收了费',
  'granted-by-silence': '逾期未作决定，视为准予',
  'step-passed-by-silence': '环节逾期未办，视为通过',
  'refused-after-silence': '视为准予之后又作不予决定，不起作用',
  'renewal-applied-late': '延续申请晚于法定期限提出，逾期未作决定不视为准予延续',
  'hearing-requested-late': '告知听证权利五日之后才申请听证',
  'hearing-notice-late': '听证通知距举行听证不足七日',
  'hearing-without-notice': '举行听证之前没有通知',
  'decided-before-hearing': '申请了听证，未举行听证即作出决定',
  'fewer-than-two-inspectors': '指派的检验、检测、检疫人员少于两名',
  'extended-twice': '重复延期，不起作用',
  'extension-too-long': '延期超过允许的天数，不起作用',
  'extension-without-approver': '延期没有批准人，不起作用',
  'extension-without-notice': '延期没有书面告知申请人，不起作用',
  'extended-after-due': '超期之后才延期，不起作用',
  'carried-due-differs': '办件自带期限与规则不一致',
  'item-contradicts-earlier-event': '事项编码与此前的记录不一致',
};

/** What else a person should see of a finding, by the member of its detail. */
const DETAILS: Readonly<Record<string, string>> = {
  step: '环节',
  item: '事项',
  days: '天数',
  allowedDays: '允许天数',
  laterStep: '后续环节',
  ground: '事由',
  basis: '依据',
  inspectors: '人数',
  leftPercent: '剩余时限（%）',
  suspendedPercent: '停止计时占（%）',
  times: '次数',
  amount: '金额（元）',
  standard: '标准（元）',
  known: '原为',
  said: '现为',
};

/** A finding as one line of Chinese: what was found, and the evidence that fits on it. */
export function findingInChinese({ code, detail }: Pick<Finding, 'code' | 'detail'>): string {
  const kind = String(detail.kind ?? code);
  const evidence = Object.entries(DETAILS)
    .filter(([member]) => detail[member] !== undefined && detail[member] !== null)
    .map(([member, name]) => `${name} ${String(detail[member])}`);
  const text = FINDING_TEXTS[kind] ?? kind;
  return evidence.length === 0 ? text : `${text}（${evidence.join('，')}）`;
}
