import type { Evidence, UnitRecord } from '@mingjian/rules';
import {
  decodeCaseFact,
  instantOf,
  instantText,
  ISSUED_LIGHT,
  type CaseFactRow,
  type Queryable,
  type RowScope,
} from '@mingjian/store';

/** A light as it counts for a score. */
export interface CountedLight extends Evidence {
  department: string | null;
  kind: 'preWarnings' | 'yellow' | 'red';
}

/**
 * Yellow and red lights that became true in a period and hold, in order of their ids. Yellow up to the due instant is a
 * pre-warning (预警); later, or given by a person, a yellow card. A light that still waits for a person to confirm it is no card.
 */
export async function lightsOfMonth(
  from: Queryable,
  since: number,
  until: number,
  scope: RowScope,
): Promise<CountedLight[]> {
  const seen = scope.condition();
  const rows = await from.query<{
    id: number | string;
    case_no: string;
    department: string | null;
    clock: string;
    clock_kind: string;
    to_light: 'yellow' | 'red';
    became_at: string | Date;
    due_at: string | Date | null;
  }>(
    'SELECT id, case_no, department, clock, clock_kind, to_light, became_at, due_at FROM light_change ' +
      "WHERE superseded_at IS NULL AND to_light IN ('yellow', 'red') " +
      `AND ${ISSUED_LIGHT} AND became_at >= ? AND became_at < ? AND ${seen.sql} ORDER BY id`,
    [instantText(since), instantText(until), ...seen.parameters],
  );
  return rows.map((row) => {
    const at = instantOf(row.became_at);
    const isBeforeDue =
      row.due_at !== null && at <= instantOf(row.due_at) && !row.clock.startsWith('manual#');
    const kind = row.to_light === 'red' ? 'red' : isBeforeDue ? 'preWarnings' : 'yellow';
    return {
      department: row.department,
      kind,
      caseNo: row.case_no,
      // In a store of then a light that the daemon never wrote: there is no row to open.
      light: Number(row.id) > 0 ? Number(row.id) : null,
      rule: row.clock,
      at,
    };
  });
}

type FactKind = keyof Pick<
  UnitRecord,
  'late' | 'lateStatutory' | 'reopened' | 'heldWithoutRight' | 'incomplete' | 'withoutResult' | 'badRatings'
>;

/** Cases that ended in a month and can cost points, in order of their numbers, and for what. */
export async function notableFacts(
  from: Queryable,
  month: string,
  scope: RowScope,
): Promise<{ department: string | null; kinds: FactKind[]; evidence: Omit<Evidence, 'rule'> }[]> {
  const seen = scope.condition();
  const rows = await from.query<object>(
    'SELECT * FROM case_fact WHERE ended_month = ? AND (late_promise = 1 OR late_statutory = 1 OR late_reopened = 1 ' +
      `OR late_held = 1 OR incomplete = 1 OR decided = 0 OR bad_ratings > 0) AND ${seen.sql} ORDER BY case_no`,
    [month, ...seen.parameters],
  );
  return rows.map(decodeCaseFact).map((fact) => ({
    department: fact.department,
    kinds: kindsOf(fact),
    evidence: { caseNo: fact.caseNo, light: null, at: fact.endedAt },
  }));
}

function kindsOf(fact: CaseFactRow): FactKind[] {
  const isPromised = fact.decided === 1 && fact.promiseDays !== null && fact.usedDays !== null;
  const isStatutory = fact.decided === 1 && fact.statutoryDays !== null && fact.usedDays !== null;
  const kinds: [FactKind, boolean][] = [
    ['late', isPromised && fact.latePromise === 1],
    ['lateStatutory', isStatutory && fact.lateStatutory === 1],
    ['reopened', fact.lateReopened === 1],
    ['heldWithoutRight', fact.lateHeld === 1],
    ['incomplete', fact.incomplete === 1],
    ['withoutResult', fact.decided === 0],
    ['badRatings', fact.badRatings > 0],
  ];
  return kinds.filter(([, is]) => is).map(([kind]) => kind);
}

/** Cases that ended in a month of which an appeal took the red light of the promise away. */
export async function upheldCases(from: Queryable, month: string): Promise<ReadonlySet<string>> {
  const rows = await from.query<{ case_no: string }>(
    'SELECT DISTINCT f.case_no FROM upheld_light u JOIN case_fact f ON f.case_no = u.case_no ' +
      "WHERE u.to_light = 'red' AND u.identity LIKE '% promise' AND f.ended_month = ?",
    [month],
  );
  return new Set(rows.map(({ case_no: caseNo }) => caseNo));
}
