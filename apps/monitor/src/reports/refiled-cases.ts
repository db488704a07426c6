import type { Evidence } from '@mingjian/rules';
import { decodeCaseFact, type CaseFactRow, type Queryable, type RowScope } from '@mingjian/store';

/** A filing that comes later is a matter of its own. */
const WITHIN_MS = 31 * 86_400_000;
const MOST_KEYS = 500;

/**
 * 退件重报: cases decided in the first of `months`, in time by their own clock, whose applicant had filed the same item before; that
 * case was closed without a result, and both together took longer than the promise. `months` goes back as far as the earlier filings are looked
 * for. The first filing is named in the evidence.
 */
export async function refiledCases(
  from: Queryable,
  months: readonly string[],
  scope: RowScope,
): Promise<(Evidence & { department: string | null })[]> {
  const seen = scope.condition();
  const earlier = await facts(
    from,
    `ended_month IN (${months.map(() => '?').join(', ')}) AND decided = 0 AND applicant IS NOT NULL AND ${seen.sql}`,
    [...months, ...seen.parameters],
  );
  const byMatter = new Map<string, CaseFactRow[]>();
  for (const fact of earlier) byMatter.set(matterOf(fact), [...(byMatter.get(matterOf(fact)) ?? []), fact]);
  const applicants = [...new Set(earlier.map(({ applicant }) => applicant))];
  const found: (Evidence & { department: string | null })[] = [];
  for (let start = 0; start < applicants.length; start += MOST_KEYS) {
    const some = applicants.slice(start, start + MOST_KEYS);
    const later = await facts(
      from,
      `ended_month = ? AND decided = 1 AND late_promise = 0 AND applicant IN (${some.map(() => '?').join(', ')}) AND ${seen.sql}`,
      [months[0], ...some, ...seen.parameters],
    );
    for (const fact of later) {
      const first = chainBefore(fact, byMatter.get(matterOf(fact)) ?? []);
      if (first !== null)
        found.push({
          ...{
            department: fact.department,
            caseNo: fact.caseNo,
            light: null,
            rule: 'refiled',
            at: fact.endedAt,
          },
          earlierCase: first,
        });
    }
  }
  return found.sort((a, b) => (a.caseNo < b.caseNo ? -1 : 1));
}

/** The case that the chain of filings began with, where all of them together took longer than the promise; else null. */
function chainBefore(fact: CaseFactRow, filings: readonly CaseFactRow[]): string | null {
  let used = fact.usedDays ?? 0;
  let first: CaseFactRow = fact;
  const newestFirst = [...filings].sort((a, b) => b.endedAt! - a.endedAt!);
  for (const before of newestFirst) {
    const gap = (first.acceptedAt ?? 0) - before.endedAt!;
    if (gap < 0 || gap > WITHIN_MS) continue;
    used += before.usedDays ?? 0;
    first = before;
  }
  return first !== fact && fact.promiseDays !== null && used > fact.promiseDays ? first.caseNo : null;
}

function matterOf({ department, itemCode, applicant }: CaseFactRow): string {
  return JSON.stringify([department, itemCode, applicant]);
}

async function facts(from: Queryable, condition: string, values: readonly unknown[]): Promise<CaseFactRow[]> {
  const rows = await from.query<object>(
    `SELECT * FROM case_fact WHERE ${condition} ORDER BY case_no`,
    values,
  );
  return rows.map(decodeCaseFact);
}
