import fc from 'fast-check';
import { binomialTail, chiSquare, holm, poissonTail } from './statistics';

/** By counting, for small numbers: what the closed form must give. */
function countedTail(k: number, n: number, p: number): number {
  let sum = 0;
  for (let heads = k; heads <= n; heads++) {
    let ways = 1;
    for (let i = 0; i < heads; i++) ways = (ways * (n - i)) / (i + 1);
    sum += ways * p ** heads * (1 - p) ** (n - heads);
  }
  return sum;
}

describe('the statistics of the search', () => {
  it('give the tails that stand in tables', () => {
    expect(binomialTail(8, 10, 0.5)).toBeCloseTo(0.0546875, 12);
    expect(binomialTail(10, 10, 1 / 3)).toBeCloseTo(3 ** -10, 15);
    expect(poissonTail(5, 1)).toBeCloseTo(0.003659846827, 11);
    expect(poissonTail(3, 10)).toBeCloseTo(0.9972306, 7);
    expect(chiSquare(10, 100, 0.05)).toBeCloseTo(5 ** 2 / 5 + 5 ** 2 / 95, 12);
  });

  it('agree with counting', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 0, max: 40 }),
        fc.integer({ min: 1, max: 99 }),
        (n, k, percent) => {
          const counted = k > n ? 0 : countedTail(k, n, percent / 100);
          expect(Math.abs(binomialTail(k, n, percent / 100) - counted)).toBeLessThan(1e-10);
        },
      ),
    ));

  it('are certain of nothing seen and of the impossible', () => {
    expect(binomialTail(0, 10, 0.1)).toBe(1);
    expect(binomialTail(11, 10, 0.1)).toBe(0);
    expect(binomialTail(3, 10, 0)).toBe(0);
    expect(poissonTail(0, 5)).toBe(1);
    expect(poissonTail(1, 0)).toBe(0);
  });

  it('hold for thousands of observations, far out', () => {
    expect(binomialTail(5_000, 100_000, 1 / 30)).toBeGreaterThan(0);
    expect(binomialTail(5_000, 100_000, 1 / 30)).toBeLessThan(1e-100);
    expect(binomialTail(3_400, 100_000, 1 / 30)).toBeGreaterThan(0.05);
  });
});

describe('Holm’s correction', () => {
  it('asks the smallest of m p-values for alpha/m, the next for alpha/(m-1), and stops at the first that fails', () => {
    expect(holm([0.004, 0.0005, 0.02, 0.9], 0.01)).toEqual([false, true, false, false]);
    expect(holm([0.003, 0.002, 0.9, 0.0001], 0.01)).toEqual([true, true, false, true]);
    expect(holm([0.011, 0.012], 0.01)).toEqual([false, false]);
    expect(holm([], 0.01)).toEqual([]);
  });

  it('lets fewer stand the more tests were made', () => {
    const alone = holm([0.005], 0.01);
    const among = holm([0.005, ...Array.from({ length: 9 }, () => 0.5)], 0.01);
    expect([alone[0], among[0]]).toEqual([true, false]);
  });
});
