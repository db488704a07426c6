import { addMonths, noSums, promisesLowered, type Evidence, type UnitRecord } from '@mingjian/rules';
import { caseStatistics, RowScope, type Queryable } from '@mingjian/store';
import type { ReportRules } from './report-rules';
import { refiledCases } from './refiled-cases';
import { boundsOf } from './report-months';
import { lightsOfMonth, notableFacts, upheldCases } from './evidence-rows';
import { clearedOfMonth, complaintsOfMonth, rectificationsOfMonth } from './score-evidence';

/**
 * What a month says of every department of the rules that may be read, and of every other that has cases or lights:
 * zero-business units too. Ordered by code. `now`: what is due later does not count yet; left out: the month is over.
 */
export async function unitRecords(
  from: Queryable,
  rules: ReportRules,
  month: string,
  scope: RowScope,
  now = Infinity,
): Promise<UnitRecord[]> {
  const { calendar, ruleset } = rules.book.newest;
  const bounds = boundsOf(month, calendar);
  const groups = await caseStatistics(from, 'department', { months: [month], scope });
  const records = new Map<string, Building>();
  const of = (department: string | null): Building | undefined => {
    if (department === null) return undefined;
    const known = records.get(department) ?? building(department);
    records.set(department, known);
    return known;
  };
  for (const code of Object.keys(ruleset.document.departments)) if (scope.covers(code)) of(code);
  for (const { key, sums } of groups) {
    const record = of(key);
    if (record !== undefined) record.sums = sums;
  }
  for (const { department, kind, ...evidence } of await lightsOfMonth(from, bounds.from, bounds.until, scope))
    of(department)?.[kind].push(evidence);
  const upheld = await upheldCases(from, month);
  const cleared = await clearedOfMonth(from, month, scope);
  for (const { department, kinds, evidence } of await notableFacts(from, month, scope)) {
    for (const kind of kinds)
      if (
        (kind !== 'late' || !upheld.has(evidence.caseNo)) &&
        (kind !== 'badRatings' || cleared.get(evidence.caseNo)?.isAll !== true)
      )
        of(department)?.[kind].push({ ...evidence, rule: kind === 'late' ? 'promise' : kind });
  }
  const months = [0, -1, -2, -3].map((back) => addMonths(month, back));
  for (const { department, ...evidence } of await refiledCases(from, months, scope))
    of(department)?.refiled.push(evidence);
  for (const { department, cleared: some } of cleared.values()) {
    const record = of(department);
    if (record !== undefined) record.ratingsCleared += some;
  }
  const known = { ...bounds, now };
  for (const { department, valid, due, late } of await complaintsOfMonth(from, rules, known)) {
    const record = scope.covers(department) ? of(department) : undefined;
    record?.validComplaints.push(...valid);
    record?.complaintsLate.push(...late);
    if (record !== undefined) record.complaintsDue += due;
  }
  for (const { department, late } of await rectificationsOfMonth(from, known, scope)) {
    const record = of(department);
    if (record === undefined) continue;
    record.rectificationsDue++;
    if (late !== null) record.rectificationsLate.push(late);
  }
  for (const one of promisesLowered(rules.book, month)) {
    const record = scope.covers(one.department) ? of(one.department) : undefined;
    if (record !== undefined) record.promisesLowered = [...record.promisesLowered, one];
  }
  return [...records.values()].sort((a, b) => (a.department < b.department ? -1 : 1));
}

/** The same record while its evidence is collected. */
type Building = {
  [Member in keyof UnitRecord]: UnitRecord[Member] extends readonly Evidence[]
    ? Evidence[]
    : UnitRecord[Member];
};

function building(department: string): Building {
  return {
    ...{ department, sums: noSums(), preWarnings: [], yellow: [], red: [], late: [], lateStatutory: [] },
    ...{ refiled: [], reopened: [], heldWithoutRight: [], incomplete: [], withoutResult: [], badRatings: [] },
    ...{ ratingsCleared: 0, validComplaints: [], complaintsDue: 0, complaintsLate: [] },
    ...{ rectificationsDue: 0, rectificationsLate: [], promisesLowered: [] },
  };
}
