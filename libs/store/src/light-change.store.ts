import { instantText } from './hot/instant-text';
import { insertRows, queryByKeys, chunks } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { LightChangeRow, type SupersededBecause } from './rows';
import type { Queryable, StoreTransaction } from './store';

const LIGHT_CHANGE = new TableMap(LightChangeRow);

/** A light change that has no id yet. */
export type NewLightChange = Omit<LightChangeRow, 'id'>;

/** The light changes of the given cases that still hold, by case, in order of their id. */
export async function loadActiveLightChanges(
  from: Queryable,
  caseNos: readonly string[],
): Promise<Map<string, LightChangeRow[]>> {
  const byCase = new Map<string, LightChangeRow[]>(caseNos.map((caseNo) => [caseNo, []]));
  const rows = await queryByKeys(
    from,
    'SELECT * FROM light_change WHERE superseded_at IS NULL AND case_no IN (?) ORDER BY id',
    caseNos,
  );
  for (const raw of rows) {
    const row = LIGHT_CHANGE.decode(raw);
    byCase.get(row.caseNo)?.push(row);
  }
  return byCase;
}

/** Appends light changes in the order given: ids grow with it. */
export async function insertLightChanges(
  transaction: StoreTransaction,
  changes: readonly NewLightChange[],
): Promise<void> {
  await insertRows(transaction, LIGHT_CHANGE, changes);
}

/** Marks light changes as no longer holding. A row superseded before keeps its first mark. */
export async function supersedeLightChanges(
  transaction: StoreTransaction,
  ids: readonly number[],
  at: number,
  because: SupersededBecause,
): Promise<void> {
  for (const chunk of chunks(ids, 500))
    await transaction.execute(
      'UPDATE light_change SET superseded_at = ?, superseded_because = ? ' +
        `WHERE superseded_at IS NULL AND id IN (${chunk.map(() => '?').join(',')})`,
      [instantText(at), because, ...chunk],
    );
}

/** All light changes of a case, superseded ones too, in the order in which they became true. */
export async function lightChangesOfCase(from: Queryable, caseNo: string): Promise<LightChangeRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM light_change WHERE case_no = ? ORDER BY became_at, id',
    [caseNo],
  );
  return rows.map((raw) => LIGHT_CHANGE.decode(raw));
}

/** Light changes after `id`, in order of id: what a live stream has not sent yet. */
export async function lightChangesAfter(
  from: Queryable,
  id: number,
  limit: number,
): Promise<LightChangeRow[]> {
  const rows = await from.query<object>('SELECT * FROM light_change WHERE id > ? ORDER BY id LIMIT ?', [
    id,
    limit,
  ]);
  return rows.map((raw) => LIGHT_CHANGE.decode(raw));
}

/** The newest id, 0 where nothing changed yet. */
export async function newestLightChangeId(from: Queryable): Promise<number> {
  const rows = await from.query<{ newest: number | null }>('SELECT MAX(id) AS newest FROM light_change');
  return rows[0]?.newest ?? 0;
}

/** A light change as the driver returned it. */
export function decodeLightChange(raw: object): LightChangeRow {
  return LIGHT_CHANGE.decode(raw);
}
