import { instantText } from './hot/instant-text';
import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { SourceKeyRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const SOURCE_KEY = new TableMap(SourceKeyRow);

/** Writes a new key. @returns its id. */
export async function insertSourceKey(
  transaction: StoreTransaction,
  key: Pick<SourceKeyRow, 'source' | 'keyHash' | 'issuedAt' | 'issuedBy'>,
): Promise<number> {
  await insertRows(transaction, SOURCE_KEY, [{ ...key, endsAt: null, endedBy: null, lastUsedAt: null }]);
  const [row] = await transaction.query<{ id: number | string }>(
    'SELECT id FROM source_key WHERE key_hash = ?',
    [key.keyHash],
  );
  return Number(row!.id);
}

/** Keys that are good at an instant, by source and in order of issue. */
export async function goodSourceKeys(from: Queryable, at: number): Promise<SourceKeyRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM source_key WHERE ends_at IS NULL OR ends_at > ? ORDER BY source, id',
    [instantText(at)],
  );
  return rows.map((raw) => SOURCE_KEY.decode(raw));
}

/** One key, good or over; null where there is none. */
export async function findSourceKey(from: Queryable, id: number): Promise<SourceKeyRow | null> {
  const [raw] = await from.query<object>('SELECT * FROM source_key WHERE id = ?', [id]);
  return raw === undefined ? null : SOURCE_KEY.decode(raw);
}

/** Sets when a key ends, unless it ends before that anyway. @returns whether it was set. */
export async function endSourceKey(
  transaction: StoreTransaction,
  id: number,
  endsAt: number,
  endedBy: string,
): Promise<boolean> {
  const ended = await transaction.execute(
    'UPDATE source_key SET ends_at = ?, ended_by = ? WHERE id = ? AND (ends_at IS NULL OR ends_at > ?)',
    [instantText(endsAt), endedBy, id, instantText(endsAt)],
  );
  return ended > 0;
}

/** Notes when keys were used; an earlier instant than the one known changes nothing. */
export async function noteSourceKeyUse(
  transaction: StoreTransaction,
  uses: readonly { id: number; at: number }[],
): Promise<void> {
  for (const { id, at } of uses)
    await transaction.execute(
      'UPDATE source_key SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)',
      [instantText(at), id, instantText(at)],
    );
}
