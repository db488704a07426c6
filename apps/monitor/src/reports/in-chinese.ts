import type { Grade } from '@mingjian/contracts';

export const GRADE_NAMES: Readonly<Record<Grade, string>> = {
  excellent: '优秀',
  good: '良好',
  qualified: '合格',
  unqualified: '不合格',
};

/** 98.2%; a dash where there is nothing to divide by. */
export function percentText(rate: number | null): string {
  return rate === null ? '—' : `${(rate * 100).toFixed(1)}%`;
}

/** A figure with two decimals. */
export function decimalText(figure: number | null): string {
  return figure === null ? '—' : figure.toFixed(2);
}

/** 比上月增加 12.3%; empty where there was nothing to compare with. */
export function changeText(now: number, before: number): string {
  if (before === 0) return '';
  const change = (now - before) / before;
  return `，比上期${change >= 0 ? '增长' : '下降'}${percentText(Math.abs(change))}`;
}
