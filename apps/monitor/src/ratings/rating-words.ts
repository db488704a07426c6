import type { RatingAppealReason, RatingAppealRecord, RatingAppealState } from '@mingjian/contracts';

/* The words of ratings and of appeals against them as people read them: official wording. */

/** 五级评价 (国办发〔2019〕51号); the last two are 差评. */
export const RATING_GRADE_NAMES: Readonly<Record<number, string>> = {
  1: '非常不满意',
  2: '不满意',
  3: '基本满意',
  4: '满意',
  5: '非常满意',
};

export const RATING_APPEAL_STATE_NAMES: Readonly<Record<RatingAppealState, string>> = {
  filed: '待核定',
  upheld: '申诉成立',
  dismissed: '申诉不成立',
  withdrawn: '已撤回',
};

export const RATING_APPEAL_REASON_NAMES: Readonly<Record<RatingAppealReason, string>> = {
  malicious: '恶意差评',
  mistaken: '误评',
  'not-our-matter': '非本单位事项',
  repeated: '同一事项重复评价',
  other: '其他',
};

export const RATING_APPEAL_ACT_NAMES: Readonly<Record<RatingAppealRecord['type'], string>> = {
  filed: '提出申诉',
  upheld: '申诉成立',
  dismissed: '申诉不成立',
  withdrawn: '撤回',
  lit: '亮灯',
};
