import type { CaseFact } from '@mingjian/rules';
import { chunks, queryByKeys, upsertRows } from '../hot/multi-row';
import { TableMap } from '../hot/table-map';
import { CaseFactRow, FactMarkRow } from '../rows';
import type { Queryable, StoreTransaction } from '../store';

const FACT = new TableMap(CaseFactRow);
const MARK = new TableMap(FactMarkRow);

/** The facts of the given cases that have any, by case number. */
export async function loadCaseFacts(
  from: Queryable,
  caseNos: readonly string[],
): Promise<Map<string, CaseFactRow>> {
  const rows = await queryByKeys<object>(from, 'SELECT * FROM case_fact WHERE case_no IN (?)', caseNos);
  return new Map(rows.map((raw) => FACT.decode(raw)).map((row) => [row.caseNo, row]));
}

/** A fact as the driver returned it. */
export function decodeCaseFact(raw: object): CaseFactRow {
  return FACT.decode(raw);
}

/** What a judgement says of the fact of a case: null where it has none. */
export interface JudgedFact {
  caseNo: string;
  shard: number;
  fact: CaseFact | null;
}

/**
 * Brings facts up to what was judged and marks the months whose figures that changes, all in the transaction of the
 * judgement. Facts that say so already are not written. `fresh`: cases of which nothing was stored before.
 */
export async function saveCaseFacts(
  transaction: StoreTransaction,
  judged: readonly JudgedFact[],
  fresh: ReadonlySet<string>,
): Promise<void> {
  const known = await loadCaseFacts(
    transaction,
    judged.flatMap(({ caseNo }) => (fresh.has(caseNo) ? [] : [caseNo])),
  );
  const changed: CaseFactRow[] = [];
  const gone: string[] = [];
  const marks = new Map<string, FactMarkRow>();
  const mark = (month: string | null, shard: number): void => {
    if (month !== null) marks.set(`${month}/${shard}`, { month, shard, revision: 1 });
  };
  for (const { caseNo, shard, fact } of judged) {
    const before = known.get(caseNo);
    if (fact === null && before === undefined) continue;
    if (fact !== null && before !== undefined && isSame(fact, before)) continue;
    if (fact === null) gone.push(caseNo);
    else changed.push({ ...fact, shard });
    for (const { acceptedMonth, endedMonth } of [fact, before].filter(
      (one) => one !== null && one !== undefined,
    )) {
      mark(acceptedMonth, shard);
      mark(endedMonth, shard);
    }
  }
  await upsertRows(transaction, FACT, changed);
  for (const chunk of chunks(gone, 2_000))
    await transaction.execute(
      `DELETE FROM case_fact WHERE case_no IN (${chunk.map(() => '?').join(',')})`,
      chunk,
    );
  await upsertRows(
    transaction,
    MARK,
    [...marks.values()].sort((a, b) => (a.month < b.month ? -1 : a.month > b.month ? 1 : a.shard - b.shard)),
    { revision: 'fact_mark.revision + 1' },
  );
}

function isSame(fact: CaseFact, row: CaseFactRow): boolean {
  return (Object.keys(fact) as (keyof CaseFact)[]).every((member) => fact[member] === row[member]);
}
