import type { Light, OrderState } from '@mingjian/contracts';
import { guardedUpdate } from './hot/guarded-update';
import { instantText } from './hot/instant-text';
import { insertRows, queryByKeys } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import type { RowScope } from './row-scope';
import { OrderSourceRow, SupervisionOrderRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const ORDER = new TableMap(SupervisionOrderRow);
const SOURCE = new TableMap(OrderSourceRow);

/** Which orders of a list; a member left out does not narrow it. */
export interface OrderFilter {
  state?: OrderState | undefined;
  light?: Light | undefined;
  department?: string | undefined;
  caseNo?: string | undefined;
  /** Only orders with a smaller id: the next page. */
  before?: number | undefined;
  limit: number;
}

/** Writes a new order. @returns it with its id. */
export async function insertOrder(
  transaction: StoreTransaction,
  order: Omit<SupervisionOrderRow, 'id'>,
): Promise<SupervisionOrderRow> {
  await insertRows(transaction, ORDER, [order]);
  const [raw] = await transaction.query<object>('SELECT * FROM supervision_order WHERE no = ?', [order.no]);
  return ORDER.decode(raw!);
}

/** @returns false where somebody acted in between; nothing is written then. */
export function saveOrder(
  transaction: StoreTransaction,
  order: SupervisionOrderRow,
  version: number,
): Promise<boolean> {
  return guardedUpdate(transaction, ORDER, order, version);
}

/** One order, if there is one that this scope covers. */
export async function loadOrder(
  from: Queryable,
  id: number,
  scope: RowScope,
): Promise<SupervisionOrderRow | null> {
  const seen = scope.condition();
  const [raw] = await from.query<object>(`SELECT * FROM supervision_order WHERE id = ? AND ${seen.sql}`, [
    id,
    ...seen.parameters,
  ]);
  return raw === undefined ? null : ORDER.decode(raw);
}

/** Orders, newest first. */
export async function listOrders(
  from: Queryable,
  filter: OrderFilter,
  scope: RowScope,
): Promise<SupervisionOrderRow[]> {
  const seen = scope.condition();
  const conditions: [sql: string, value: string | number | undefined][] = [
    ['state = ?', filter.state],
    ['light = ?', filter.light],
    ['department = ?', filter.department],
    ['id IN (SELECT order_id FROM order_source WHERE case_no = ?)', filter.caseNo],
    ['id < ?', filter.before],
  ];
  const used = conditions.filter(([, value]) => value !== undefined);
  const rows = await from.query<object>(
    `SELECT * FROM supervision_order WHERE ${[seen.sql, ...used.map(([sql]) => sql)].join(' AND ')} ` +
      'ORDER BY id DESC LIMIT ?',
    [...seen.parameters, ...used.map(([, value]) => value), filter.limit],
  );
  return rows.map((raw) => ORDER.decode(raw));
}

/** Orders that the passing of time changes by `at`, earliest first. */
export async function dueOrders(from: Queryable, at: number, limit: number): Promise<SupervisionOrderRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM supervision_order WHERE next_change_at <= ? ORDER BY next_change_at, id LIMIT ?',
    [instantText(at), limit],
  );
  return rows.map((raw) => ORDER.decode(raw));
}

/** Orders that are not ended, in order of id, after `after`. */
export async function openOrders(
  from: Queryable,
  after: number,
  limit: number,
): Promise<SupervisionOrderRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM supervision_order WHERE id > ? AND ended_at IS NULL ORDER BY id LIMIT ?',
    [after, limit],
  );
  return rows.map((raw) => ORDER.decode(raw));
}

/** How many open orders there are, by state and light; for the gauges. */
export async function countOpenOrders(
  from: Queryable,
): Promise<{ state: OrderState; light: Light; count: number }[]> {
  const rows = await from.query<{ state: OrderState; light: Light; count: number | string }>(
    'SELECT state, light, COUNT(*) AS count FROM supervision_order WHERE ended_at IS NULL GROUP BY state, light',
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** Remembers what an order rests on. @throws where a source led to an order of that rule already. */
export async function insertOrderSources(
  transaction: StoreTransaction,
  sources: readonly OrderSourceRow[],
): Promise<void> {
  await insertRows(transaction, SOURCE, sources);
}

/** Which of these sources led to an order of that rule already. */
export async function knownOrderSources(
  from: Queryable,
  issuedBy: string,
  keys: readonly string[],
): Promise<Set<string>> {
  const rows = await queryByKeys<{ source_key: string }>(
    from,
    'SELECT source_key FROM order_source WHERE issued_by = ? AND source_key IN (?)',
    keys,
    [issuedBy],
  );
  return new Set(rows.map((row) => row.source_key));
}
