/**
 * The few statistics that the search needs, exact where counts are small. All tails are one-sided: more often than the
 * null hypothesis has it is what somebody is asked about, never less often.
 */

/** P(X ≥ k) of a binomial distribution: `k` or more of `n` when each happens with probability `p`. Exact. */
export function binomialTail(k: number, n: number, p: number): number {
  if (k <= 0) return 1;
  if (k > n || p <= 0) return 0;
  if (p >= 1) return 1;
  let term = Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p));
  let sum = term;
  for (let i = k; i < n && term > sum * 1e-17; i++) {
    term *= ((n - i) / (i + 1)) * (p / (1 - p));
    sum += term;
  }
  return Math.min(1, sum);
}

/** P(X ≥ k) of a Poisson distribution with that mean. Exact. */
export function poissonTail(k: number, mean: number): number {
  if (k <= 0) return 1;
  if (mean <= 0) return 0;
  let term = Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));
  let sum = term;
  for (let i = k + 1; term > sum * 1e-17 || i <= mean; i++) {
    term *= mean / i;
    sum += term;
  }
  return Math.min(1, sum);
}

/** Pearson's χ² of `k` of `n` in one class against `p`, one degree of freedom. */
export function chiSquare(k: number, n: number, p: number): number {
  const expected = n * p;
  return (k - expected) ** 2 / expected + (k - expected) ** 2 / (n - expected);
}

/**
 * Holm's step-down correction: which of the tests may be called by name so that the chance of naming even one in which
 * only chance is at work is at most `alpha`, however the tests depend on each other.
 * @returns for each p-value whether it stands, in their order
 * @see Holm (1979), A simple sequentially rejective multiple test procedure
 */
export function holm(pValues: readonly number[], alpha: number): boolean[] {
  const stands = pValues.map(() => false);
  const order = pValues.map((_, index) => index).sort((a, b) => pValues[a]! - pValues[b]!);
  for (const [rank, index] of order.entries()) {
    if (pValues[index]! > alpha / (pValues.length - rank)) break;
    stands[index] = true;
  }
  return stands;
}

function logChoose(n: number, k: number): number {
  return logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
}

/** ln Γ(x), x > 0: Stirling's series above 10, reached by recurrence; good to 14 digits. */
function logGamma(x: number): number {
  let shift = 0;
  while (x < 10) shift += Math.log(x++);
  const r = 1 / (x * x);
  const series = (1 / 12 - r * (1 / 360 - r * (1 / 1260 - r * (1 / 1680 - r / 1188)))) / x;
  return (x - 0.5) * Math.log(x) - x + Math.log(2 * Math.PI) / 2 + series - shift;
}
