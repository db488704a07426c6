import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseYamlDocument, ScoreScheme } from '@mingjian/contracts';
import { noSums } from '../statistics';
import { scoreUnits } from './score-unit';
import type { Evidence, UnitRecord } from './unit-record';
import { wilsonInterval } from './wilson';

const ROOT = join(__dirname, '../../../..');
const FILE = join(ROOT, 'rulesets/schemes/county-monthly.yaml');
const SCHEME = parseYamlDocument(readFileSync(FILE, 'utf8'), FILE, ScoreScheme);

const some = (n: number, prefix: string): Evidence[] =>
  Array.from({ length: n }, (_, index) => ({
    caseNo: `${prefix}-${index}`,
    light: null,
    rule: prefix,
    at: null,
  }));

/** The department of the worked example. */
const EXAMPLE: UnitRecord = {
  department: 'housing',
  sums: {
    ...noSums(),
    ...{ ended: 120, decided: 110, withoutResult: 10, promised: 110, latePromise: 2, upheld: 1, early: 55 },
    ...{ incomplete: 3, ratings: 41, badRatings: 3 },
  },
  preWarnings: some(7, 'warned'),
  yellow: some(1, 'yellow'),
  red: some(1, 'late'),
  late: some(1, 'late'),
  lateStatutory: [],
  refiled: [],
  reopened: some(1, 'reopened'),
  heldWithoutRight: [],
  incomplete: some(3, 'incomplete'),
  withoutResult: some(10, 'returned'),
  badRatings: some(2, 'rated'),
  ratingsCleared: 1,
  validComplaints: some(1, 'complaint'),
  complaintsDue: 4,
  complaintsLate: some(1, 'handle#1'),
  rectificationsDue: 3,
  rectificationsLate: some(1, 'rectification#1'),
  promisesLowered: [
    {
      ...{ department: 'housing', item: 'A0101', from: '7wd', to: '5wd' },
      ...{ version: '2', inForceFrom: '2026-09-01' },
    },
  ],
};

describe('a score', () => {
  it('of the example is what docs/scores.md works out by hand, line by line', () => {
    const text = readFileSync(join(ROOT, 'docs/scores.md'), 'utf8').split('worked out by hand')[1]!;
    const rows = [...text.matchAll(/^\| `?([a-z-]+)`? +\|.*\| +(−?[\d.]+) \|$/gm)].map(
      ([, id, points]): [string, number] => [id!, Number(points!.replace('−', '-'))],
    );
    const [score] = scoreUnits([EXAMPLE], SCHEME);
    const computed = [...score!.lines.map(({ id, points }) => [id, points]), ['total', score!.total]];
    expect(rows).toEqual(computed);
    expect(score!.grade).toBe('qualified');
  });

  it('is the sum of its lines, and each line that costs points has evidence', () => {
    const [score] = scoreUnits([EXAMPLE], SCHEME);
    const sum = score!.lines.reduce((all, { points }) => all + points, 0);
    expect(score!.total).toBeCloseTo(sum, 8);
    const costly = score!.lines.filter(({ points, most }) => points < (most ?? 0));
    expect(costly.length).toBeGreaterThan(6);
    for (const { id, evidence } of costly) expect([id, evidence.length > 0]).toEqual([id, true]);
  });

  it('of few cases takes the upper end of the interval, and gives no place to a unit that decided next to nothing', () => {
    const small = { ...EXAMPLE, sums: { ...noSums(), ended: 4, decided: 4, promised: 4 } };
    const [score] = scoreUnits([{ ...small, late: some(1, 'late'), reopened: [] }], SCHEME);
    const onTime = score!.lines.find(({ id }) => id === 'on-time')!;
    expect(onTime.rate).toBe(0.75);
    expect(onTime.counted).toBeCloseTo(wilsonInterval(3, 4)!.high, 12);
    expect([score!.grade, score!.rank]).toEqual([null, null]);
  });

  it('of a unit without a case is none', () => {
    const nothing = { preWarnings: [], yellow: [], red: [], late: [], reopened: [] };
    const [score] = scoreUnits(
      [{ ...EXAMPLE, ...nothing, sums: noSums(), complaintsDue: 0, rectificationsDue: 0, ratingsCleared: 0 }],
      SCHEME,
    );
    expect([score!.total, score!.grade, score!.isRedFlag]).toEqual([null, null, false]);
  });

  it('of two equal units has one place, and the next place is left out', () => {
    const good = { ...EXAMPLE, preWarnings: [], yellow: [], red: [], late: [], reopened: [] };
    const units = ['a', 'b', 'c'].map((department) => ({
      ...(department === 'c' ? EXAMPLE : good),
      department,
    }));
    expect(scoreUnits(units, SCHEME).map(({ department, rank }) => [department, rank])).toEqual([
      ['a', 1],
      ['b', 1],
      ['c', 3],
    ]);
  });
});

describe("Wilson's interval", () => {
  // Newcombe, Statistics in Medicine 17 (1998) 857–872, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('of %d in %d is that of the published table', (hits, n, low, high) => {
    const interval = wilsonInterval(hits, n)!;
    expect(interval.low).toBeCloseTo(low, 4);
    expect(interval.high).toBeCloseTo(high, 4);
  });
});
