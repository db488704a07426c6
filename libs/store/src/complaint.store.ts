import type { ComplaintKind, ComplaintState, Light } from '@mingjian/contracts';
import { guardedUpdate } from './hot/guarded-update';
import { instantText } from './hot/instant-text';
import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import type { RowScope } from './row-scope';
import { ComplainantRow, ComplaintRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const COMPLAINT = new TableMap(ComplaintRow);
const COMPLAINANT = new TableMap(ComplainantRow);

/**
 * Whose eyes a complaint is read with: the office that supervises; somebody above departments who does not act on complaints; the
 * people of a department, who see what was handed to it, and nothing only because it is about them.
 */
export type ComplaintView = 'office' | 'observer' | 'unit';

/** Which complaints of a list; a member left out does not narrow it. */
export interface ComplaintFilter {
  state?: ComplaintState | undefined;
  light?: Light | undefined;
  department?: string | undefined;
  policy?: string | undefined;
  kind?: ComplaintKind | undefined;
  caseNo?: string | undefined;
  /** The first complaint of a matter: it and its repeats. */
  matter?: number | undefined;
  /** Only complaints with a smaller id: the next page. */
  before?: number | undefined;
  limit: number;
}

/** Writes a new complaint. @returns it with its id. */
export async function insertComplaint(
  transaction: StoreTransaction,
  complaint: Omit<ComplaintRow, 'id'>,
): Promise<ComplaintRow> {
  await insertRows(transaction, COMPLAINT, [complaint]);
  const [raw] = await transaction.query<object>('SELECT * FROM complaint WHERE no = ?', [complaint.no]);
  return COMPLAINT.decode(raw!);
}

/** @returns false where somebody acted in between; nothing is written then. */
export function saveComplaint(
  transaction: StoreTransaction,
  complaint: ComplaintRow,
  version: number,
): Promise<boolean> {
  return guardedUpdate(transaction, COMPLAINT, complaint, version);
}

/** One complaint, if there is one that may be seen. */
export async function loadComplaint(
  from: Queryable,
  id: number,
  view: ComplaintView,
  scope: RowScope,
): Promise<ComplaintRow | null> {
  const seen = seenBy(view, scope);
  const [raw] = await from.query<object>(`SELECT * FROM complaint WHERE id = ? AND ${seen.sql}`, [
    id,
    ...seen.parameters,
  ]);
  return raw === undefined ? null : COMPLAINT.decode(raw);
}

/** The complaint with a number, for the daemon itself: no page shows what it returns. */
export async function complaintByNo(from: Queryable, no: string): Promise<ComplaintRow | null> {
  const [raw] = await from.query<object>('SELECT * FROM complaint WHERE no = ?', [no]);
  return raw === undefined ? null : COMPLAINT.decode(raw);
}

/** Complaints, newest first. */
export async function listComplaints(
  from: Queryable,
  filter: ComplaintFilter,
  view: ComplaintView,
  scope: RowScope,
): Promise<ComplaintRow[]> {
  const seen = seenBy(view, scope);
  const conditions: [sql: string, value: string | number | undefined][] = [
    ['state = ?', filter.state],
    ['light = ?', filter.light],
    ['department = ?', filter.department],
    ['policy = ?', filter.policy],
    ['kind = ?', filter.kind],
    ['case_no = ?', filter.caseNo],
    ['? IN (id, repeat_of)', filter.matter],
    ['id < ?', filter.before],
  ];
  const used = conditions.filter(([, value]) => value !== undefined);
  const rows = await from.query<object>(
    `SELECT * FROM complaint WHERE ${[seen.sql, ...used.map(([sql]) => sql)].join(' AND ')} ` +
      'ORDER BY id DESC LIMIT ?',
    [...seen.parameters, ...used.map(([, value]) => value), filter.limit],
  );
  return rows.map((raw) => COMPLAINT.decode(raw));
}

/** Complaints that the passing of time changes by `at`, earliest first. */
export async function dueComplaints(from: Queryable, at: number, limit: number): Promise<ComplaintRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM complaint WHERE next_change_at <= ? ORDER BY next_change_at, id LIMIT ?',
    [instantText(at), limit],
  );
  return rows.map((raw) => COMPLAINT.decode(raw));
}

/** Complaints that are not ended, in order of id, after `after`. */
export async function openComplaints(from: Queryable, after: number, limit: number): Promise<ComplaintRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM complaint WHERE id > ? AND ended_at IS NULL ORDER BY id LIMIT ?',
    [after, limit],
  );
  return rows.map((raw) => COMPLAINT.decode(raw));
}

/**
 * The last complaints of one person since an instant, newest first, at most 200: what a new one may repeat. `state`: only those in
 * that state.
 */
export async function complaintsOfPerson(
  from: Queryable,
  person: string,
  since: number,
  state?: ComplaintState,
): Promise<ComplaintRow[]> {
  const [only, values] = state === undefined ? ['', []] : [' AND state = ?', [state]];
  const rows = await from.query<object>(
    `SELECT * FROM complaint WHERE person = ? AND registered_at >= ?${only} ORDER BY registered_at DESC LIMIT 200`,
    [person, instantText(since), ...values],
  );
  return rows.map((raw) => COMPLAINT.decode(raw));
}

/** Complaints registered since an instant, or reopened often before it, that may be seen: what leads are made of. */
export async function complaintsForLeads(
  from: Queryable,
  since: number,
  reopened: number,
  view: ComplaintView,
  scope: RowScope,
): Promise<ComplaintRow[]> {
  const seen = seenBy(view, scope);
  const rows = await from.query<object>(
    `SELECT * FROM complaint WHERE (registered_at >= ? OR reopened >= ?) AND ${seen.sql} ORDER BY id`,
    [instantText(since), reopened, ...seen.parameters],
  );
  return rows.map((raw) => COMPLAINT.decode(raw));
}

/**
 * Complaints about a department, or in its hands, about which an act of a type was written since an instant: what rules issue
 * orders from. Without those that are for inspectors alone (信访工作条例 Art. 30).
 */
export async function complaintsWithActs(
  from: Queryable,
  /** Whose: of the department complained about, or of the one that handles it. */
  column: 'department' | 'handler',
  department: string,
  type: string,
  since: number,
): Promise<ComplaintRow[]> {
  const rows = await from.query<object>(
    `SELECT * FROM complaint WHERE ${column} = ? AND confidential = 0 AND EXISTS (SELECT 1 FROM act_event ` +
      "WHERE act_event.matter = 'complaint' AND act_event.matter_id = complaint.id AND act_event.type = ? " +
      'AND act_event.at >= ?) ORDER BY id',
    [department, type, instantText(since)],
  );
  return rows.map((raw) => COMPLAINT.decode(raw));
}

/**
 * Complaints that were open at any time from `since` until before `until`, in order of id, without those that are for inspectors
 * alone: what scores count. For the daemon itself.
 */
export async function complaintsUnderWay(
  from: Queryable,
  since: number,
  until: number,
): Promise<ComplaintRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM complaint WHERE confidential = 0 AND registered_at < ? AND (ended_at IS NULL OR ended_at >= ?) ORDER BY id',
    [instantText(until), instantText(since)],
  );
  return rows.map((raw) => COMPLAINT.decode(raw));
}

/** How many open complaints there are, by state and light; for the gauges. */
export async function countOpenComplaints(
  from: Queryable,
): Promise<{ state: ComplaintState; light: Light; count: number }[]> {
  const rows = await from.query<{ state: ComplaintState; light: Light; count: number | string }>(
    'SELECT state, light, COUNT(*) AS count FROM complaint WHERE ended_at IS NULL GROUP BY state, light',
  );
  return rows.map((row) => ({ ...row, count: Number(row.count) }));
}

/** Numbers of cases of an item of a department that were under way at an instant; at most `limit`. */
export async function casesUnderWay(
  from: Queryable,
  department: string,
  item: string,
  at: number,
  limit: number,
): Promise<string[]> {
  const rows = await from.query<{ case_no: string }>(
    'SELECT case_no FROM case_file WHERE department = ? AND item_code = ? AND last_event_at >= ? ' +
      'UNION SELECT case_no FROM case_file WHERE department = ? AND item_code = ? AND is_open = 1 ' +
      'ORDER BY case_no LIMIT ?',
    [department, item, instantText(at), department, item, limit],
  );
  return rows.map((row) => row.case_no);
}

/** Keeps who complained, sealed. */
export async function insertComplainant(transaction: StoreTransaction, row: ComplainantRow): Promise<void> {
  await insertRows(transaction, COMPLAINANT, [row]);
}

/** Who complained, sealed; null: nobody said. */
export async function findComplainant(from: Queryable, complaintNo: string): Promise<string | null> {
  const [row] = await from.query<{ sealed: string }>(
    'SELECT sealed FROM complainant WHERE complaint_no = ?',
    [complaintNo],
  );
  return row?.sealed ?? null;
}

/** Every sealed identity after a number, in pages: for sealing anew. */
export async function complainantsAfter(
  from: Queryable,
  after: string,
  limit: number,
): Promise<ComplainantRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM complainant WHERE complaint_no > ? ORDER BY complaint_no LIMIT ?',
    [after, limit],
  );
  return rows.map((raw) => COMPLAINANT.decode(raw));
}

/** Writes an identity that was sealed anew. */
export async function resealComplainant(
  transaction: StoreTransaction,
  { complaintNo, sealed }: ComplainantRow,
): Promise<void> {
  await transaction.execute('UPDATE complainant SET sealed = ? WHERE complaint_no = ?', [
    sealed,
    complaintNo,
  ]);
}

/** What may be seen. 信访工作条例 Art. 30: a unit is not told what is held against it unless the matter was given to it to handle. */
function seenBy(view: ComplaintView, scope: RowScope): { sql: string; parameters: readonly string[] } {
  if (view === 'office') return scope.condition();
  const seen = scope.condition(view === 'unit' ? 'handler' : 'department');
  return { sql: `confidential = 0 AND ${seen.sql}`, parameters: seen.parameters };
}
