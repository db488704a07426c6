import type { ObjectLiteral } from 'typeorm';
import type { StoreTransaction } from '../store';
import type { TableMap } from './table-map';

/**
 * Writes a row in place of the one with its id, if that still has the version that was read. @returns false where somebody
 * else wrote it in between; nothing is written then.
 */
export async function guardedUpdate<Row extends ObjectLiteral & { id: number }>(
  transaction: StoreTransaction,
  map: TableMap<Row>,
  row: Row,
  version: number,
): Promise<boolean> {
  const values: unknown[] = [];
  map.appendValues(row, values);
  const assignments = map.written.map((column) => `\`${column}\` = ?`).join(', ');
  // Written beside itself: the server counts a row as touched that was found and says the same already.
  const touched = await transaction.execute(
    `UPDATE ${map.table} SET ${assignments} WHERE id = ? AND version = ?`,
    [...values, row.id, version],
  );
  if (touched > 0) return true;
  const [held] = await transaction.query<{ version: number }>(
    `SELECT version FROM ${map.table} WHERE id = ?${transaction.dialect.lockForUpdate}`,
    [row.id],
  );
  // A server that counts only what it changed says 0 of a row that says the same already.
  return held?.version === version && row.version === version;
}
