/** Both ends of an interval that holds the true rate in 95 of 100 samples. */
export interface Interval {
  low: number;
  high: number;
}

/** Of the standard normal distribution, for 95 %. */
const Z = 1.959963984540054;

/**
 * Wilson's score interval of a rate of `hits` in `n`. Unlike the usual one it stays between 0 and 1 and holds for small
 * numbers, which are what departments have. Null without a single case.
 * @see E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference, JASA 22 (1927) 209–212
 */
export function wilsonInterval(hits: number, n: number): Interval | null {
  if (n === 0) return null;
  const rate = hits / n;
  const middle = rate + (Z * Z) / (2 * n);
  const half = Z * Math.sqrt((rate * (1 - rate)) / n + (Z * Z) / (4 * n * n));
  const scale = 1 + (Z * Z) / n;
  return { low: Math.max(0, (middle - half) / scale), high: Math.min(1, (middle + half) / scale) };
}
