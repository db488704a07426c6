import { instantText } from './hot/instant-text';
import { chunks, insertRows, queryByKeys } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { FindingRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const FINDING = new TableMap(FindingRow);

/** A finding that has no id yet. */
export type NewFinding = Omit<FindingRow, 'id'>;

/** The findings of the given cases that still hold, by case, in order of their id. */
export async function loadActiveFindings(
  from: Queryable,
  caseNos: readonly string[],
): Promise<Map<string, FindingRow[]>> {
  const byCase = new Map<string, FindingRow[]>(caseNos.map((caseNo) => [caseNo, []]));
  const rows = await queryByKeys(
    from,
    'SELECT * FROM finding WHERE superseded_at IS NULL AND case_no IN (?) ORDER BY id',
    caseNos,
  );
  for (const raw of rows) {
    const row = FINDING.decode(raw);
    byCase.get(row.caseNo)?.push(row);
  }
  return byCase;
}

/** Appends findings. */
export async function insertFindings(
  transaction: StoreTransaction,
  findings: readonly NewFinding[],
): Promise<void> {
  await insertRows(transaction, FINDING, findings);
}

/** Marks findings as no longer holding. */
export async function supersedeFindings(
  transaction: StoreTransaction,
  ids: readonly number[],
  at: number,
): Promise<void> {
  for (const chunk of chunks(ids, 500))
    await transaction.execute(
      'UPDATE finding SET superseded_at = ? ' +
        `WHERE superseded_at IS NULL AND id IN (${chunk.map(() => '?').join(',')})`,
      [instantText(at), ...chunk],
    );
}

/** A finding as the driver returned it. */
export function decodeFinding(raw: object): FindingRow {
  return FINDING.decode(raw);
}

/** All findings of a case, superseded ones too, in the order in which they were found. */
export async function findingsOfCase(from: Queryable, caseNo: string): Promise<FindingRow[]> {
  const rows = await from.query<object>('SELECT * FROM finding WHERE case_no = ? ORDER BY id', [caseNo]);
  return rows.map((raw) => FINDING.decode(raw));
}
