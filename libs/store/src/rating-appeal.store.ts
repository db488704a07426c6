import type { Light, RatingAppealState } from '@mingjian/contracts';
import { guardedUpdate } from './hot/guarded-update';
import { instantText } from './hot/instant-text';
import { insertRows, queryByKeys } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import type { RowScope } from './row-scope';
import { RatingAppealRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const APPEAL = new TableMap(RatingAppealRow);

/** Which appeals of a list; a member left out does not narrow it. */
export interface RatingAppealFilter {
  state?: RatingAppealState | undefined;
  department?: string | undefined;
  caseNo?: string | undefined;
  /** Only appeals with a smaller id: the next page. */
  before?: number | undefined;
  limit: number;
}

/** Writes a new appeal. @returns it with its id. @throws where the rating has this appeal already. */
export async function insertRatingAppeal(
  transaction: StoreTransaction,
  appeal: Omit<RatingAppealRow, 'id'>,
): Promise<RatingAppealRow> {
  await insertRows(transaction, APPEAL, [appeal]);
  const [raw] = await transaction.query<object>('SELECT * FROM rating_appeal WHERE no = ?', [appeal.no]);
  return APPEAL.decode(raw!);
}

/** @returns false where somebody acted in between; nothing is written then. */
export function saveRatingAppeal(
  transaction: StoreTransaction,
  appeal: RatingAppealRow,
  version: number,
): Promise<boolean> {
  return guardedUpdate(transaction, APPEAL, appeal, version);
}

/** One appeal, if there is one that this scope covers. */
export async function loadRatingAppeal(
  from: Queryable,
  id: number,
  scope: RowScope,
): Promise<RatingAppealRow | null> {
  const seen = scope.condition();
  const [raw] = await from.query<object>(`SELECT * FROM rating_appeal WHERE id = ? AND ${seen.sql}`, [
    id,
    ...seen.parameters,
  ]);
  return raw === undefined ? null : APPEAL.decode(raw);
}

/** Appeals against ratings, newest first. */
export async function listRatingAppeals(
  from: Queryable,
  filter: RatingAppealFilter,
  scope: RowScope,
): Promise<RatingAppealRow[]> {
  const seen = scope.condition();
  const conditions: [sql: string, value: string | number | undefined][] = [
    ['state = ?', filter.state],
    ['department = ?', filter.department],
    ['case_no = ?', filter.caseNo],
    ['id < ?', filter.before],
  ];
  const used = conditions.filter(([, value]) => value !== undefined);
  const rows = await from.query<object>(
    `SELECT * FROM rating_appeal WHERE ${[seen.sql, ...used.map(([sql]) => sql)].join(' AND ')} ` +
      'ORDER BY id DESC LIMIT ?',
    [...seen.parameters, ...used.map(([, value]) => value), filter.limit],
  );
  return rows.map((raw) => APPEAL.decode(raw));
}

/** The appeals against one rating, in order. */
export async function appealsOfRating(from: Queryable, ratingKey: string): Promise<RatingAppealRow[]> {
  const rows = await from.query<object>('SELECT * FROM rating_appeal WHERE rating_key = ? ORDER BY attempt', [
    ratingKey,
  ]);
  return rows.map((raw) => APPEAL.decode(raw));
}

/** All appeals against ratings of the given cases, earliest first. */
export async function ratingAppealsOfCases(
  from: Queryable,
  caseNos: readonly string[],
): Promise<RatingAppealRow[]> {
  const rows = await queryByKeys<object>(
    from,
    'SELECT * FROM rating_appeal WHERE case_no IN (?) ORDER BY id',
    caseNos,
  );
  return rows.map((raw) => APPEAL.decode(raw));
}

/** Appeals that the passing of time changes by `at`, earliest first. */
export async function dueRatingAppeals(
  from: Queryable,
  at: number,
  limit: number,
): Promise<RatingAppealRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM rating_appeal WHERE next_change_at <= ? ORDER BY next_change_at, id LIMIT ?',
    [instantText(at), limit],
  );
  return rows.map((raw) => APPEAL.decode(raw));
}

/** Appeals that are not ended, in order of id, after `after`. */
export async function openRatingAppeals(
  from: Queryable,
  after: number,
  limit: number,
): Promise<RatingAppealRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM rating_appeal WHERE id > ? AND ended_at IS NULL ORDER BY id LIMIT ?',
    [after, limit],
  );
  return rows.map((raw) => APPEAL.decode(raw));
}

/** How many open appeals there are, by state and light; for the gauge. */
export async function countOpenRatingAppeals(
  from: Queryable,
): Promise<{ state: RatingAppealState; light: Light; count: number }[]> {
  const rows = await from.query<{ state: RatingAppealState; light: Light; count: number | string }>(
    'SELECT state, light, COUNT(*) AS count FROM rating_appeal WHERE ended_at IS NULL GROUP BY state, light',
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** Brings what was decided about ratings into a store that is about to be made from the log: what is judged there is judged so. */
export async function copyRatingAppeals(from: Queryable, into: StoreTransaction): Promise<void> {
  const rows = await from.query<object>('SELECT * FROM rating_appeal');
  await insertRows(
    into,
    APPEAL,
    rows.map((raw) => APPEAL.decode(raw)),
  );
}
