import { found, type ForensicFinding } from './forensic-finding';
import { addMonths } from './month';

/** Cases that came in, by department and month. */
export class IntakeCounts {
  private readonly counts = new Map<string, number>();
  private readonly seen = new Set<string>();

  add(department: string, period: string): void {
    const key = `${department} ${period}`;
    this.counts.set(key, (this.counts.get(key) ?? 0) + 1);
    this.seen.add(period);
  }

  /**
   * SRC-1: whole months in which a department that has items took in no case at all. The first is to be explained in
   * writing; from `orderFrom` in a row on it is a matter for a supervision order. A rule, not a test: `expected` (the
   * department's mean of the other months) and `chance` (Poisson, of none) say what chance would have to do with it.
   * Months before the first case of the site do not count: nothing was connected then.
   * @param months those that are over, in order
   * @see 四川省: 零办件 of a month is reported in writing; three lead to 督办 and 约谈
   */
  findings(departments: readonly string[], months: readonly string[], orderFrom: number): ForensicFinding[] {
    const since = [...this.seen].sort()[0];
    if (since === undefined) return [];
    return departments.flatMap((department) => this.ofDepartment(department, months, since, orderFrom));
  }

  private ofDepartment(
    department: string,
    months: readonly string[],
    since: string,
    orderFrom: number,
  ): ForensicFinding[] {
    const findings: ForensicFinding[] = [];
    const counts = months.map((month) => this.counts.get(`${department} ${month}`) ?? 0);
    let inARow = 0;
    for (const [index, month] of months.entries()) {
      inARow = month >= since && counts[index] === 0 ? inARow + 1 : 0;
      if (inARow === 0) continue;
      const others = counts.filter((count) => count > 0);
      const expected = others.length === 0 ? 0 : others.reduce((a, b) => a + b, 0) / others.length;
      findings.push(
        found({
          kind: 'zero-case-month',
          severity: inARow >= orderFrom ? 'serious' : 'warning',
          ...{ scope: 'department', subject: department, department, item: null, period: month, at: null },
          cases: [],
          figures: {
            months: inARow,
            since: addMonths(month, 1 - inARow),
            expected,
            chance: Math.exp(-expected),
          },
        }),
      );
    }
    return findings;
  }
}
