import { addMonths, noSums, type Evidence, type UnitRecord } from '@mingjian/rules';
import { caseStatistics, RowScope, type Queryable } from '@mingjian/store';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import { refiledCases } from './refiled-cases';
import { boundsOf } from './report-months';
import { lightsOfMonth, notableFacts, upheldCases } from './evidence-rows';

/**
 * What a month says of every department of the rules that may be read, and of every other that has cases or lights:
 * zero-business units too. Ordered by code.
 */
export async function unitRecords(
  from: Queryable,
  rules: LoadedRuleBook,
  month: string,
  scope: RowScope,
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
  for (const { department, kinds, evidence } of await notableFacts(from, month, scope)) {
    for (const kind of kinds)
      if (kind !== 'late' || !upheld.has(evidence.caseNo))
        of(department)?.[kind].push({ ...evidence, rule: kind === 'late' ? 'promise' : kind });
  }
  const months = [0, -1, -2, -3].map((back) => addMonths(month, back));
  for (const { department, ...evidence } of await refiledCases(from, months, scope))
    of(department)?.refiled.push(evidence);
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
  };
}
