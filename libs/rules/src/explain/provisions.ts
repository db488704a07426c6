import type { ClockKind, LightKind } from '@mingjian/contracts';
import type { CompiledItem } from '../ruleset/compile-rules';

/**
 * The provision (依据) behind each kind of clock, as a lawyer would cite it. What silence granted rests on the rule by
 * which it did: that of a step, of the renewal, or of the item.
 */
export function provisionOf(
  kind: ClockKind,
  item: CompiledItem,
  { step = null, ruleKey = '' }: { step?: string | null; ruleKey?: string } = {},
): string {
  switch (kind) {
    case 'acceptance':
      return '行政许可法 第三十二条第一款第（四）项';
    case 'promise':
      return '承诺时限（办事指南公布）';
    case 'statutory':
      return item.itemClass === 'joint'
        ? '行政许可法 第四十二条第二款、第八十二条'
        : '行政许可法 第四十二条第一款、第八十二条';
    case 'suspension':
      return '行政许可法 第四十五条（所需时间应书面告知申请人）';
    case 'delivery':
      return '行政许可法 第四十四条';
    case 'forwarding':
      return '行政许可法 第三十五条、第四十三条';
    case 'renewal':
      return '行政许可法 第五十条（逾期未作决定的，视为准予延续）';
    case 'inspection':
      return '行政许可法 第五十五条第二款';
    case 'hearing':
      return '行政许可法 第四十七条';
    case 'hearing-notice':
      return '行政许可法 第四十八条第一款第（一）项';
    case 'issuance':
      if (step !== null) return item.steps?.get(step)?.silence?.basis ?? '';
      return ruleKey.endsWith('.renewal')
        ? '行政许可法 第四十四条、第五十条第二款'
        : (item.silence?.basis ?? '');
    case 'rating-contact':
      return '政务服务“好差评”制度（国办发〔2019〕51号）：实名差评回访';
    case 'rectification':
      return '政务服务“好差评”制度（国办发〔2019〕51号）：差评整改';
    case 'step':
      return '环节时限（部门公布）';
  }
}

/** Names of the clocks for people, and of what else can be lit. */
export const CLOCK_NAMES: Record<LightKind, string> = {
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
  step: '环节时限',
  manual: '人工发牌',
};

/** Counting rules that a line refers to. */
export const COUNTING_PROVISIONS = {
  startDay: '期间开始之日不计入（民法典 第二百零一条）',
  lastDay: '期间最后一日是节假日的顺延（民法典 第二百零三条）',
  notWorked: '以工作日计算，不含法定节假日（行政许可法 第八十二条）',
  suspended: '不计入期限（行政许可法 第四十五条）',
} as const;
