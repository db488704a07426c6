import { RuleBook } from '../index';
import { aCase, at, OFFICE_2026, rulesetOf, type CaseBuilder } from '../testing/builders';
import { Examination } from './examination';
import type { ForensicFinding } from './forensic-finding';
import { forensicFindingInChinese } from './in-chinese';

const ITEMS = Object.fromEntries(
  ['housing', 'tax', 'market'].map((department) => [
    department,
    { name: department, department, promise: '7wd', statutory: '20wd', delivery: 'none' },
  ]),
);

function examine(
  cases: readonly CaseBuilder[],
  forensics: object = {},
  until = '2026-09-30 23:59',
): ForensicFinding[] {
  const parsed = rulesetOf(ITEMS);
  const document = { ...parsed, forensics: { ...parsed.forensics, ...forensics } };
  const book = new RuleBook([document], new Map([[OFFICE_2026.id, OFFICE_2026]]));
  const examination = new Examination(book, at('2026-09-01 00:00'), at(until));
  for (const { caseNo, events } of cases) examination.add(caseNo, events);
  return examination.result().findings;
}

const subjects = (findings: readonly ForensicFinding[], kind: string): string[] =>
  findings.filter((one) => one.kind === kind).map(({ subject }) => subject);

/** Cases of a department, each ended at the instant that `when` gives for its number. */
function decided(
  department: string,
  count: number,
  when: (n: number) => number,
  officer?: string,
): CaseBuilder[] {
  return Array.from({ length: count }, (_, n) =>
    aCase(department, `${department}-${n}`)
      .accepted('2026-09-07 10:13:07')
      .event('case.decided', when(n), { result: 'granted', ...(officer === undefined ? {} : { officer }) }),
  );
}

const MINUTE = 60_000;
/** Spread over the days and minutes of three days. */
const spread = (n: number): number => at('2026-09-08 09:01:11') + (n % 3) * 86_400_000 + n * 7 * MINUTE;

describe('bulk closing', () => {
  const batch = (count: number, apartMs: number): CaseBuilder[] =>
    decided('housing', count, (n) => at('2026-09-11 16:40') + n * apartMs, '0417');

  it('is ten decisions of one officer within five minutes', () => {
    expect(subjects(examine(batch(10, 33_333)), 'bulk-closing')).toEqual(['housing/0417']);
    expect(subjects(examine(batch(9, 30_000)), 'bulk-closing')).toEqual([]);
    expect(subjects(examine(batch(10, 34_000)), 'bulk-closing')).toEqual([]);
  });

  it('is none of an officer who decides as quickly all month', () => {
    const quick = decided(
      'housing',
      600,
      (n) => at(`2026-09-${String(8 + Math.floor(n / 200)).padStart(2, '0')} 09:00`) + (n % 200) * 25_000,
      '0417',
    );
    // Twelve in five minutes, where the days have two and a half on average: six hundred such windows hold that much by chance.
    expect(subjects(examine(quick), 'bulk-closing')).toEqual([]);
  });

  it('is of the department where nobody is named', () => {
    const nameless = decided('housing', 12, (n) => at('2026-09-11 16:40') + n * 1000);
    const [finding] = examine(nameless).filter(({ kind }) => kind === 'bulk-closing');
    expect(finding).toMatchObject({
      scope: 'department',
      subject: 'housing',
      figures: { officer: null, count: 12 },
    });
  });
});

describe('the last minutes before the limit', () => {
  // Seven working days from the 7th: due at the end of the 16th, whose hours end at 17:00.
  const before = (minutes: number): number => at('2026-09-16 17:00') - minutes * MINUTE;

  it('are a finding where a department ends nearly all cases in the last half hour', () => {
    const findings = examine(decided('housing', 15, (n) => before(2 + n)));
    expect(subjects(findings, 'finished-just-before-limit')).toEqual(['housing']);
    const [finding] = findings.filter(({ kind }) => kind === 'finished-just-before-limit');
    expect(finding!.figures).toMatchObject({ count: 15, of: 15, expectedShare: 1 / 3 });
    expect(finding!.figures.pValue).toBeCloseTo(3 ** -15, 12);
    expect(forensicFindingInChinese(finding!)).toBe(
      '临近承诺时限的办件集中在最后 30 分钟办结：15 件次中 15 件次，占 100.0%，正常不超过 33.3%（偶然出现的概率 不足万分之一）',
    );
  });

  it('are none where people hurry evenly, nor of a few cases', () => {
    expect(
      subjects(examine(decided('housing', 30, (n) => before(2 + n * 4.8))), 'finished-just-before-limit'),
    ).toEqual([]);
    expect(
      subjects(examine(decided('housing', 9, (n) => before(2 + n))), 'finished-just-before-limit'),
    ).toEqual([]);
  });
});

describe('round times', () => {
  const times = (round: number, of: number): CaseBuilder[] =>
    decided('housing', of, (n) =>
      n < round
        ? at('2026-09-08 09:00') + (n % 12) * 30 * MINUTE
        : spread(n) - (spread(n) % (30 * MINUTE)) + 11 * MINUTE,
    );

  it('are a finding where far more than one in thirty is on the full or half hour', () => {
    expect(subjects(examine(times(20, 60)), 'round-times')).toEqual(['housing']);
    expect(subjects(examine(times(3, 60)), 'round-times')).toEqual([]);
  });

  it('say by how much, and how many tests were made', () => {
    const [finding] = examine(times(20, 60)).filter(({ kind }) => kind === 'round-times');
    // Of each case the acceptance counts as well.
    expect(finding!.figures).toMatchObject({ count: 20, of: 120, tests: expect.any(Number) as number });
    expect(finding!.figures.chiSquare).toBeGreaterThan(60);
  });
});

describe('work outside hours of a department', () => {
  const nights = (department: string, count: number, of: number): CaseBuilder[] =>
    decided(department, of, (n) => (n < count ? at('2026-09-09 23:10') + n * MINUTE : spread(n)));

  it('is held against the other departments of the same month', () => {
    const others = [...nights('tax', 1, 60), ...nights('market', 0, 60)];
    expect(subjects(examine([...nights('housing', 20, 40), ...others]), 'often-outside-hours')).toEqual([
      'housing',
    ]);
    const allDo = [...nights('tax', 20, 40), ...nights('market', 20, 40)];
    expect(subjects(examine([...nights('housing', 20, 40), ...allDo]), 'often-outside-hours')).toEqual([]);
  });
});

describe('months without a case', () => {
  const july = aCase('housing', 'H-7').accepted('2026-07-14 10:00');
  const taxes = ['07', '08', '09'].map((month) =>
    aCase('tax', `T-${month}`).accepted(`2026-${month}-14 10:00`),
  );

  it('are told of departments that have items, when the month is over', () => {
    expect(subjects(examine([july, ...taxes], {}, '2026-09-30 12:00'), 'zero-case-month')).toEqual([]);
    expect(subjects(examine([july, ...taxes]), 'zero-case-month')).toEqual([]);
    expect(subjects(examine([july, ...taxes], {}, '2026-09-30 23:59:59.999'), 'zero-case-month')).toEqual([
      'housing',
      'market',
    ]);
  });
});

describe('an examination', () => {
  const cases = decided('housing', 15, (n) => at('2026-09-16 16:40') + n * 1000, '0417');

  it('finds the same in whatever order the cases come, and however often an event was sent', () => {
    const backwards = [...cases].reverse();
    for (const { events } of backwards) events.push({ ...events[0]! });
    expect(examine(backwards)).toEqual(examine(cases));
  });

  it('switches each detector off that the ruleset says', () => {
    const off = {
      bulkCases: 'none',
      justBefore: 'none',
      roundShare: 'none',
      outsideShare: 'none',
      zeroMonths: 'none',
    };
    expect(examine(cases, off)).toEqual([]);
  });
});
