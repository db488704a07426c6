import type { AppealState, Light } from '@mingjian/contracts';
import { guardedUpdate } from './hot/guarded-update';
import { instantText } from './hot/instant-text';
import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import type { RowScope } from './row-scope';
import { AppealRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const APPEAL = new TableMap(AppealRow);

/** Which appeals of a list; a member left out does not narrow it. */
export interface AppealFilter {
  state?: AppealState | undefined;
  light?: Light | undefined;
  department?: string | undefined;
  caseNo?: string | undefined;
  /** Only appeals with a smaller id: the next page. */
  before?: number | undefined;
  limit: number;
}

/** Writes a new appeal. @returns it with its id. @throws where the light has this appeal already. */
export async function insertAppeal(
  transaction: StoreTransaction,
  appeal: Omit<AppealRow, 'id'>,
): Promise<AppealRow> {
  await insertRows(transaction, APPEAL, [appeal]);
  const [raw] = await transaction.query<object>('SELECT * FROM appeal WHERE no = ?', [appeal.no]);
  return APPEAL.decode(raw!);
}

/** @returns false where somebody acted in between; nothing is written then. */
export function saveAppeal(
  transaction: StoreTransaction,
  appeal: AppealRow,
  version: number,
): Promise<boolean> {
  return guardedUpdate(transaction, APPEAL, appeal, version);
}

/** One appeal, if there is one that this scope covers. */
export async function loadAppeal(from: Queryable, id: number, scope: RowScope): Promise<AppealRow | null> {
  const seen = scope.condition();
  const [raw] = await from.query<object>(`SELECT * FROM appeal WHERE id = ? AND ${seen.sql}`, [
    id,
    ...seen.parameters,
  ]);
  return raw === undefined ? null : APPEAL.decode(raw);
}

/** Appeals, newest first. */
export async function listAppeals(
  from: Queryable,
  filter: AppealFilter,
  scope: RowScope,
): Promise<AppealRow[]> {
  const seen = scope.condition();
  const conditions: [sql: string, value: string | number | undefined][] = [
    ['state = ?', filter.state],
    ['light = ?', filter.light],
    ['department = ?', filter.department],
    ['case_no = ?', filter.caseNo],
    ['id < ?', filter.before],
  ];
  const used = conditions.filter(([, value]) => value !== undefined);
  const rows = await from.query<object>(
    `SELECT * FROM appeal WHERE ${[seen.sql, ...used.map(([sql]) => sql)].join(' AND ')} ORDER BY id DESC LIMIT ?`,
    [...seen.parameters, ...used.map(([, value]) => value), filter.limit],
  );
  return rows.map((raw) => APPEAL.decode(raw));
}

/** The appeals against one light, in order. */
export async function appealsOfLight(from: Queryable, lightKey: string): Promise<AppealRow[]> {
  const rows = await from.query<object>('SELECT * FROM appeal WHERE light_key = ? ORDER BY attempt', [
    lightKey,
  ]);
  return rows.map((raw) => APPEAL.decode(raw));
}

/** Appeals that the passing of time changes by `at`, earliest first. */
export async function dueAppeals(from: Queryable, at: number, limit: number): Promise<AppealRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM appeal WHERE next_change_at <= ? ORDER BY next_change_at, id LIMIT ?',
    [instantText(at), limit],
  );
  return rows.map((raw) => APPEAL.decode(raw));
}

/** Appeals that are not ended, in order of id, after `after`. */
export async function openAppeals(from: Queryable, after: number, limit: number): Promise<AppealRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM appeal WHERE id > ? AND ended_at IS NULL ORDER BY id LIMIT ?',
    [after, limit],
  );
  return rows.map((raw) => APPEAL.decode(raw));
}

/** How many open appeals there are, by state and light; for the gauges. */
export async function countOpenAppeals(
  from: Queryable,
): Promise<{ state: AppealState; light: Light; count: number }[]> {
  const rows = await from.query<{ state: AppealState; light: Light; count: number | string }>(
    'SELECT state, light, COUNT(*) AS count FROM appeal WHERE ended_at IS NULL GROUP BY state, light',
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}
