import { instantOf } from './hot/instant-text';
import { chunks, insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { OutboxRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const OUTBOX = new TableMap(OutboxRow);

/** A message that has no id yet. */
export type NewOutboxMessage = Omit<OutboxRow, 'id'>;

/** Writes messages to be sent once the transaction is committed, in the order given. */
export async function insertOutbox(
  transaction: StoreTransaction,
  messages: readonly NewOutboxMessage[],
): Promise<void> {
  await insertRows(transaction, OUTBOX, messages);
}

/** The messages of a shard that wait, in order, at most `limit`. */
export async function waitingOutbox(from: Queryable, shard: number, limit: number): Promise<OutboxRow[]> {
  const rows = await from.query<object>('SELECT * FROM outbox WHERE shard = ? ORDER BY id LIMIT ?', [
    shard,
    limit,
  ]);
  return rows.map((raw) => OUTBOX.decode(raw));
}

/** Forgets messages that were sent. */
export async function deleteOutbox(transaction: StoreTransaction, ids: readonly number[]): Promise<void> {
  for (const chunk of chunks(ids, 500))
    await transaction.execute(`DELETE FROM outbox WHERE id IN (${chunk.map(() => '?').join(',')})`, chunk);
}

/** How many messages wait in all, and since when the oldest does; for the gauges. */
export async function outboxDepth(from: Queryable): Promise<{ waiting: number; oldestAt: number | null }> {
  const [row] = await from.query<{ waiting: number | string; oldest: string | Date | null }>(
    'SELECT COUNT(*) AS waiting, MIN(created_at) AS oldest FROM outbox',
  );
  const oldest = row?.oldest ?? null;
  return { waiting: Number(row?.waiting ?? 0), oldestAt: oldest === null ? null : instantOf(oldest) };
}
