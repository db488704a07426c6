import type { ComplaintRecord } from '@mingjian/contracts';
import { complaintAt, complaintCounts, foldComplaint, type Evidence } from '@mingjian/rules';
import {
  actsOfMatters,
  clearedRatings,
  complaintsUnderWay,
  rectificationsDue,
  type Queryable,
  type RowScope,
} from '@mingjian/store';
import { ActRefused } from '../acts/act-refused';
import { settingOf, type ComplaintRulesInForce } from '../complaints/complaint-setting';
import type { ReportRules } from './report-rules';

/** A month, from its first instant until before the first of the next (epoch ms), and the instant up to which it is known. */
export interface MonthKnown {
  from: number;
  until: number;
  now: number;
}

/** What complaints add to the month of a department. */
export interface ComplaintsOfUnit {
  department: string;
  valid: Evidence[];
  due: number;
  late: Evidence[];
}

/**
 * Complaints as they count for scores, by department: valid ones for the one complained about, handling limits for the one that
 * handles. Without 检举控告, which are for inspectors alone.
 */
export async function complaintsOfMonth(
  from: Queryable,
  { book }: ReportRules,
  month: MonthKnown,
): Promise<ComplaintsOfUnit[]> {
  const units = new Map<string, ComplaintsOfUnit>();
  const of = (department: string): ComplaintsOfUnit => {
    const unit = units.get(department) ?? { department, valid: [], due: 0, late: [] };
    units.set(department, unit);
    return unit;
  };
  const rows = await complaintsUnderWay(from, month.from, month.until);
  const events = await actsOfMatters<ComplaintRecord>(
    from,
    'complaint',
    rows.map(({ id }) => id),
  );
  for (const row of rows) {
    const setting = knownSetting(book, row.registeredAt, row.department, row.policy);
    const acts = events.get(row.id);
    if (setting === null || acts === undefined) continue;
    const facts = foldComplaint(acts);
    const verdict = complaintAt(facts, setting.policy, setting.calendar, month.now);
    const { isValid, due, lateAt } = complaintCounts(facts, verdict, month, month.now);
    const evidence = (rule: string, at: number | null): Evidence => ({
      ...{ caseNo: row.no, complaint: row.id, light: null, rule, at },
    });
    if (isValid) of(row.department).valid.push(evidence('valid', facts.endedAt));
    if (facts.handler === null) continue;
    const handler = of(facts.handler);
    handler.due += due;
    handler.late.push(...lateAt.map((at) => evidence('handle', at)));
  }
  return [...units.values()];
}

/** {@link settingOf}, or null: rules that no longer know a policy say nothing about what was registered under it. */
export function knownSetting(...of: Parameters<typeof settingOf>): ComplaintRulesInForce | null {
  try {
    return settingOf(...of);
  } catch (error) {
    if (error instanceof ActRefused) return null;
    throw error;
  }
}

/** Corrections of bad ratings that were due in the month, by department, and the evidence of those not made in time. */
export async function rectificationsOfMonth(
  from: Queryable,
  { from: since, until, now }: MonthKnown,
  scope: RowScope,
): Promise<{ department: string | null; late: Evidence | null }[]> {
  const rows = await rectificationsDue(from, since, Math.min(until, now), scope);
  return rows.map(({ department, caseNo, number, rectifyDueAt, rectifiedAt }) => {
    const isLate = rectifiedAt === null || rectifiedAt > rectifyDueAt!;
    const evidence = { caseNo, light: null, rule: `rectification#${number}`, at: rectifyDueAt };
    return { department, late: isLate ? evidence : null };
  });
}

/** Bad ratings of cases that ended in a month which an appeal cleared, by case. */
export async function clearedOfMonth(
  from: Queryable,
  month: string,
  scope: RowScope,
): Promise<Map<string, { department: string | null; cleared: number; isAll: boolean }>> {
  const rows = await clearedRatings(from, month, scope);
  return new Map(
    rows.map(({ caseNo, department, cleared, bad }) => [
      caseNo,
      { department, cleared, isAll: cleared >= bad },
    ]),
  );
}
