import type { FigureSums } from '@mingjian/rules';
import type { ChangeCause } from './fact-then-and-now';

/** Causes as people read them. */
export const CAUSE_NAMES: Readonly<Record<ChangeCause, string>> = {
  'late-data': '补报数据',
  'happened-since': '通报后发生',
  time: '时限届满',
  calendar: '工作日历更正',
  rules: '规则调整',
  appeal: '申诉成立',
};

/** Sums as people read them. */
export const SUM_NAMES: Readonly<Record<keyof FigureSums, string>> = {
  ...{
    accepted: '受理',
    ended: '了结',
    decided: '办结',
    withoutResult: '无结果了结',
    promised: '有承诺办结',
  },
  ...{
    latePromise: '超承诺',
    lateStatutory: '超法定',
    upheld: '申诉成立',
    early: '提前办结',
    sameDay: '当日办结',
  },
  ...{ onTheSpot: '即办件', timed: '可计用时件', usedDays: '用时工作日', promiseDays: '承诺工作日' },
  ...{ promiseUsed: '承诺件用时', statutory: '有法定时限办结', statutoryDays: '法定工作日' },
  ...{ statutoryUsed: '法定时限件用时', joint: '联办件', savedDays: '并联节省工作日', suspended: '中止件' },
  ...{ suspendedDays: '中止工作日', reopened: '办结后续办', incomplete: '数据不完整', ratings: '评价' },
  ...{ badRatings: '差评', gradeSum: '评价分合计' },
};
