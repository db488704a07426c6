import type { Grade, ScoreMeasure, ScoreScheme, VetoCount } from '@mingjian/contracts';
import { BURDENS, GRADES } from '@mingjian/contracts';
import { wilsonInterval, type Interval } from './wilson';
import { tricksOf, type Evidence, type UnitRecord } from './unit-record';

/** One line of a score. The points of all lines add up to the total. */
export interface ScoreLine {
  id: string;
  kind: 'indicator' | 'deduction' | 'bonus';
  name: string;
  /** Earned, or with a minus taken away; two decimals. */
  points: number;
  /** Of an indicator: what could be earned. */
  most: number | null;
  /** Of an indicator or a bonus: the rate, what it is a part of, its interval, and the rate that counted. */
  rate: number | null;
  of: number | null;
  interval: Interval | null;
  counted: number | null;
  /** Every case or light that cost points here. */
  evidence: readonly Evidence[];
}

/** 考评得分 of a unit in a month. */
export interface UnitScore {
  department: string;
  lines: ScoreLine[];
  /** Two decimals; null where there is nothing to judge by. */
  total: number | null;
  /** Null where the unit decided too few cases to be compared. */
  grade: Grade | null;
  /** 折合系数 of the cards. */
  volumeFactor: number;
  vetoes: { because: string; count: number; grade: Grade }[];
  isRedFlag: boolean;
  /** Place by total among those that are ranked; the same total has the same place. */
  rank: number | null;
}

/** Scores the units of a month by a scheme, the best first. Pure: the same records and scheme give the same scores. */
export function scoreUnits(records: readonly UnitRecord[], scheme: ScoreScheme): UnitScore[] {
  const scores = records.map((record) => scoreUnit(record, scheme));
  const ranked = scores.filter(({ grade }) => grade !== null);
  for (const score of ranked)
    score.rank = 1 + ranked.filter(({ total }) => (total ?? 0) > (score.total ?? 0)).length;
  return scores.sort(
    (a, b) =>
      (a.rank ?? Infinity) - (b.rank ?? Infinity) ||
      (b.total ?? -1) - (a.total ?? -1) ||
      (a.department < b.department ? -1 : 1),
  );
}

function scoreUnit(record: UnitRecord, scheme: ScoreScheme): UnitScore {
  const { decided } = record.sums;
  const { reference } = scheme.volume;
  const volumeFactor = decided > reference ? reference / decided : 1;
  const indicators = indicatorLines(record, scheme);
  const early = earlyLine(record, scheme);
  const bonuses = [early, ...promiseLine(record, scheme, early.points)];
  const lines = [...indicators, ...deductionLines(record, scheme, volumeFactor), ...bonuses];
  const isJudged = indicators.some(({ most }) => most !== 0);
  const sum = lines.reduce((all, { points }) => all + points, 0);
  const total = isJudged ? rounded(Math.max(0, Math.min(100 + scheme.bonus.most, sum))) : null;
  const vetoes = scheme.vetoes.flatMap(({ of, from, grade, because }) => {
    const count = countOf(of, record);
    return count < from ? [] : [{ because, count, grade }];
  });
  const isRanked = total !== null && decided >= scheme.smallNumbers.leastCases;
  return {
    ...{ department: record.department, lines, total, volumeFactor, vetoes, rank: null },
    grade: isRanked ? gradeOf(total, scheme, vetoes) : null,
    isRedFlag:
      isRanked &&
      total >= scheme.redFlag.points &&
      vetoes.length === 0 &&
      scheme.redFlag.without.every((of) => countOf(of, record) === 0),
  };
}

/** An indicator without a case is left out, and its weight shared among the others. */
function indicatorLines(record: UnitRecord, scheme: ScoreScheme): ScoreLine[] {
  const measured = scheme.indicators.map((indicator) => ({
    indicator,
    ...measureOf(indicator.measure, record),
  }));
  const weights = measured.reduce((sum, { indicator, n }) => sum + (n === 0 ? 0 : indicator.weight), 0);
  return measured.map(({ indicator: { id, name, measure, weight, full, none }, hits, n, evidence }) => {
    const interval = wilsonInterval(hits, n);
    const rate = n === 0 ? null : hits / n;
    // Of few cases the end that is better for the unit: what chance can explain is not held against it.
    const best = interval === null || BURDENS.has(measure) ? interval?.low : interval.high;
    const counted = n > 0 && n < scheme.smallNumbers.below ? best! : rate;
    const most = n === 0 ? 0 : (weight * 100) / weights;
    const part = counted === null ? 0 : Math.max(0, Math.min(1, (counted - none) / (full - none)));
    const points = rounded(most * part);
    return {
      id,
      kind: 'indicator',
      name,
      points,
      most: rounded(most),
      rate,
      of: n,
      interval,
      counted,
      evidence,
    };
  });
}

function measureOf(
  measure: ScoreMeasure,
  record: UnitRecord,
): { hits: number; n: number; evidence: readonly Evidence[] } {
  const { sums } = record;
  switch (measure) {
    case 'on-time-rate': {
      const evidence = [...record.late, ...tricksOf(record)];
      return { hits: Math.max(0, sums.promised - evidence.length), n: sums.promised, evidence };
    }
    case 'satisfaction':
      return {
        hits: sums.ratings - sums.badRatings,
        n: sums.ratings - record.ratingsCleared,
        evidence: record.badRatings,
      };
    case 'complete-rate':
      return { hits: sums.ended - sums.incomplete, n: sums.ended, evidence: record.incomplete };
    case 'result-rate':
      return { hits: sums.ended - sums.withoutResult, n: sums.ended, evidence: record.withoutResult };
    case 'valid-complaints': {
      // A rate of cases: more complaints than cases are all of them.
      const hits = Math.min(sums.decided, record.validComplaints.length);
      return { hits, n: sums.decided, evidence: record.validComplaints };
    }
    case 'complaints-in-time':
      return inTime(record.complaintsDue, record.complaintsLate);
    case 'ratings-rectified':
      return inTime(record.rectificationsDue, record.rectificationsLate);
  }
}

function inTime(
  due: number,
  late: readonly Evidence[],
): { hits: number; n: number; evidence: readonly Evidence[] } {
  return { hits: due - late.length, n: due, evidence: late };
}

function deductionLines(record: UnitRecord, { deductions }: ScoreScheme, volumeFactor: number): ScoreLine[] {
  const { preWarnings, incomplete, red } = deductions;
  // A case that is red already has paid.
  const paid = new Set(record.red.map(({ caseNo }) => caseNo));
  const tricks = new Set(tricksOf(record).filter(({ caseNo }) => !paid.has(caseNo)));
  const line = (id: string, name: string, points: number, evidence: readonly Evidence[]): ScoreLine => ({
    ...{ id, kind: 'deduction', name, points: points === 0 ? 0 : -rounded(points), most: null },
    ...{ rate: null, of: null, interval: null, counted: null, evidence },
  });
  const each = (id: string, name: string, points: number, evidence: readonly Evidence[]): ScoreLine =>
    line(id, name, points * evidence.length * volumeFactor, evidence);
  const warned = Math.floor(record.preWarnings.length / preWarnings.each);
  const { ended } = record.sums;
  const share = ended === 0 ? 0 : record.sums.incomplete / ended;
  // A hair more than a whole number of shares is that number: shares are decimal fractions.
  const shares = Math.floor(share / incomplete.perShare + 1e-9);
  return [
    line('pre-warnings', '预警', warned * preWarnings.points * volumeFactor, record.preWarnings),
    each('yellow', '黄牌', deductions.yellow, record.yellow),
    each('red', '红牌', red, record.red),
    each(
      'refiled',
      '退件重报',
      deductions.refiled ?? red,
      record.refiled.filter((one) => tricks.has(one)),
    ),
    each(
      'reopened',
      '办结后续办',
      deductions.reopened ?? red,
      record.reopened.filter((one) => tricks.has(one)),
    ),
    each(
      'held-without-right',
      '违规停表',
      deductions.heldWithoutRight ?? red,
      record.heldWithoutRight.filter((one) => tricks.has(one)),
    ),
    line(
      'incomplete',
      '数据不完整',
      Math.min(incomplete.most, shares * incomplete.points),
      record.incomplete,
    ),
  ];
}

function earlyLine({ sums }: UnitRecord, { bonus }: ScoreScheme): ScoreLine {
  const { from, points, each, eachPoints, most } = bonus.early;
  const rate = sums.promised === 0 ? null : sums.early / sums.promised;
  const steps = rate === null || rate < from ? null : Math.floor((rate - from) / each + 1e-9);
  const earned = steps === null ? 0 : Math.min(most, bonus.most, points + steps * eachPoints);
  return {
    ...{
      id: 'early',
      kind: 'bonus',
      name: '提前办结',
      points: rounded(earned),
      most: Math.min(most, bonus.most),
    },
    ...{
      rate,
      of: sums.promised,
      interval: wilsonInterval(sums.early, sums.promised),
      counted: rate,
      evidence: [],
    },
  };
}

/** 承诺提速, as far as the greatest bonus leaves room; none where the scheme has no such bonus. */
function promiseLine({ promisesLowered }: UnitRecord, { bonus }: ScoreScheme, given: number): ScoreLine[] {
  if (bonus.promise === undefined) return [];
  const most = Math.min(bonus.promise.most, bonus.most - given);
  const points = rounded(Math.min(most, promisesLowered.length * bonus.promise.each));
  const evidence = promisesLowered.map(({ item, from, to, version }): Evidence => ({
    ...{ caseNo: item, item, light: null, at: null },
    rule: `promise ${from}→${to} (${version})`,
  }));
  return [
    {
      ...{
        id: 'promise',
        kind: 'bonus',
        name: '承诺提速',
        points,
        most: Math.min(bonus.promise.most, bonus.most),
      },
      ...{ rate: null, of: null, interval: null, counted: null, evidence },
    },
  ];
}

function countOf(of: VetoCount, record: UnitRecord): number {
  switch (of) {
    case 'red':
      return record.red.length;
    case 'yellow':
      return record.yellow.length;
    case 'late-statutory':
      return record.lateStatutory.length;
    case 'tricks':
      return tricksOf(record).length;
  }
}

function gradeOf(total: number, { grades }: ScoreScheme, vetoes: readonly { grade: Grade }[]): Grade {
  const byPoints: Grade =
    total >= grades.excellent
      ? 'excellent'
      : total >= grades.good
        ? 'good'
        : total >= grades.qualified
          ? 'qualified'
          : 'unqualified';
  return vetoes.reduce(
    (worst, { grade }) => (GRADES.indexOf(grade) > GRADES.indexOf(worst) ? grade : worst),
    byPoints,
  );
}

/** To two decimals, half away from zero. */
function rounded(points: number): number {
  return Math.round((points + Number.EPSILON) * 100) / 100;
}
