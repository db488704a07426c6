import type { ObjectLiteral } from 'typeorm';
import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { ComplaintRow, LightChangeRow, RatingAppealRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

/* Rows that go from one store into another under the ids that they have: these are what evidence names. */

const LIGHT = new TableMap(LightChangeRow, { keepsIds: true });
const COMPLAINT = new TableMap(ComplaintRow, { keepsIds: true });
const RATING_APPEAL = new TableMap(RatingAppealRow, { keepsIds: true });

/** Complaints after an id, in order of id, as they are now. */
export function complaintsAfter(from: Queryable, after: number, limit: number): Promise<ComplaintRow[]> {
  return rowsAfter(from, COMPLAINT, after, limit);
}

/** Appeals against ratings after an id, in order of id, as they are now. */
export function ratingAppealsAfter(
  from: Queryable,
  after: number,
  limit: number,
): Promise<RatingAppealRow[]> {
  return rowsAfter(from, RATING_APPEAL, after, limit);
}

async function rowsAfter<Row extends ObjectLiteral>(
  from: Queryable,
  map: TableMap<Row>,
  after: number,
  limit: number,
): Promise<Row[]> {
  const rows = await from.query<object>(`SELECT * FROM ${map.table} WHERE id > ? ORDER BY id LIMIT ?`, [
    after,
    limit,
  ]);
  return rows.map((raw) => map.decode(raw));
}

/** Writes complaints under the ids that they have. */
export function insertComplaintsAsNumbered(
  transaction: StoreTransaction,
  rows: readonly ComplaintRow[],
): Promise<void> {
  return insertRows(transaction, COMPLAINT, rows);
}

/** Writes appeals against ratings under the ids that they have. */
export function insertRatingAppealsAsNumbered(
  transaction: StoreTransaction,
  rows: readonly RatingAppealRow[],
): Promise<void> {
  return insertRows(transaction, RATING_APPEAL, rows);
}

/** Writes light changes under the ids that they have. */
export function insertLightChangesAsNumbered(
  transaction: StoreTransaction,
  rows: readonly LightChangeRow[],
): Promise<void> {
  return insertRows(transaction, LIGHT, rows);
}
