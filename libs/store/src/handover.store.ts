import { instantText } from './hot/instant-text';
import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { ISSUED_LIGHT } from './light-issue.store';
import type { RowScope } from './row-scope';
import {
  AppealRow,
  HandoverFileRow,
  HandoverRow,
  NotificationRow,
  SupervisionOrderRow,
  type HandoverVariant,
} from './rows';
import type { Queryable, StoreTransaction } from './store';

const HANDOVER = new TableMap(HandoverRow);
const FILE = new TableMap(HandoverFileRow);
const ORDER = new TableMap(SupervisionOrderRow);
const APPEAL = new TableMap(AppealRow);
const NOTIFICATION = new TableMap(NotificationRow);

/** Characters of one piece: MySQL's TEXT takes 65,535 bytes. A multiple of four, so that pieces are base64 too. */
const PIECE = 60_000;

/** Registers a hand-over with its packages. @throws where the number is taken. */
export async function insertHandover(
  transaction: StoreTransaction,
  row: Omit<HandoverRow, 'id'>,
  files: Readonly<Record<HandoverVariant, Uint8Array>>,
): Promise<HandoverRow> {
  await insertRows(transaction, HANDOVER, [row]);
  const [raw] = await transaction.query<object>('SELECT * FROM handover WHERE no = ?', [row.no]);
  const registered = HANDOVER.decode(raw!);
  for (const variant of ['inspection', 'unit'] as const) {
    const content = Buffer.from(files[variant]).toString('base64');
    const parts = Array.from({ length: Math.ceil(content.length / PIECE) }, (_, part) => ({
      handoverId: registered.id,
      variant,
      part,
      content: content.slice(part * PIECE, (part + 1) * PIECE),
    }));
    await insertRows(transaction, FILE, parts);
  }
  return registered;
}

/** The register, newest first, at most `limit`, of departments that may be read. */
export async function listHandovers(
  from: Queryable,
  scope: RowScope,
  filter: { before?: number | undefined; department?: string | undefined },
  limit: number,
): Promise<HandoverRow[]> {
  const { sql, parameters } = scope.condition();
  const conditions = [sql];
  const values: unknown[] = [...parameters];
  if (filter.before !== undefined) {
    conditions.push('id < ?');
    values.push(filter.before);
  }
  if (filter.department !== undefined) {
    conditions.push('department = ?');
    values.push(filter.department);
  }
  const rows = await from.query<object>(
    `SELECT * FROM handover WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ?`,
    [...values, limit],
  );
  return rows.map((raw) => HANDOVER.decode(raw));
}

/** One entry of the register by its id or its number; null where there is none that may be read. */
export async function findHandover(
  from: Queryable,
  scope: RowScope,
  by: { id: number } | { no: string },
): Promise<HandoverRow | null> {
  const { sql, parameters } = scope.condition();
  const [column, value] = 'id' in by ? ['id', by.id] : ['no', by.no];
  const [raw] = await from.query<object>(`SELECT * FROM handover WHERE ${column} = ? AND ${sql}`, [
    value,
    ...parameters,
  ]);
  return raw === undefined ? null : HANDOVER.decode(raw);
}

/** A package as it was handed over. */
export async function handoverFile(
  from: Queryable,
  handoverId: number,
  variant: HandoverVariant,
): Promise<Buffer> {
  const rows = await from.query<{ content: string }>(
    'SELECT content FROM handover_file WHERE handover_id = ? AND variant = ? ORDER BY part',
    [handoverId, variant],
  );
  return Buffer.concat(rows.map(({ content }) => Buffer.from(content, 'base64')));
}

/** Orders that rest on a case, in order of their ids. */
export async function ordersOfCase(from: Queryable, caseNo: string): Promise<SupervisionOrderRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM supervision_order WHERE id IN (SELECT order_id FROM order_source WHERE case_no = ?) ORDER BY id',
    [caseNo],
  );
  return rows.map((raw) => ORDER.decode(raw));
}

/** Appeals against lights of a case, in order of their ids. */
export async function appealsOfCase(from: Queryable, caseNo: string): Promise<AppealRow[]> {
  const rows = await from.query<object>('SELECT * FROM appeal WHERE case_no = ? ORDER BY id', [caseNo]);
  return rows.map((raw) => APPEAL.decode(raw));
}

/** Who was told of a case, when, and who acknowledged, in order. */
export async function notificationsOfCase(
  from: Queryable,
  caseNo: string,
): Promise<(NotificationRow & { sentAt: string | Date | null })[]> {
  const rows = await from.query<{ sent_at: string | Date | null }>(
    'SELECT n.*, m.sent_at FROM notification n LEFT JOIN notification_message m ON m.id = n.message_id ' +
      'WHERE n.case_no = ? ORDER BY n.id',
    [caseNo],
  );
  return rows.map((raw) => ({ ...NOTIFICATION.decode(raw), sentAt: raw.sent_at }));
}

/** What counts towards a lead. */
export interface LeadCounts {
  department: string;
  /** Red lights that were issued and hold. */
  red: number;
  /** 差评: ratings of 1 or 2. */
  badRatings: number;
  /** 退件: cases given back. */
  returned: number;
  /** 投诉: complaints registered, without refused, withdrawn, invalid and confidential ones. */
  complaints: number;
  /** 重办: how often those were reopened. */
  reopened: number;
}

/** Complaints that count towards a lead. A confidential one counts for none: a package is also made for the unit concerned. */
const COUNTED_COMPLAINT =
  "confidential = 0 AND state NOT IN ('refused', 'withdrawn') AND (verdict IS NULL OR verdict <> 'invalid')";

/** What counts towards a lead, by department, of what became true in a period (first instant included, last too). */
export async function countLeads(from: Queryable, since: number, until: number): Promise<LeadCounts[]> {
  const counts = new Map<string, LeadCounts>();
  const add = (department: string, member: Exclude<keyof LeadCounts, 'department'>, count: number): void => {
    const none = { red: 0, badRatings: 0, returned: 0, complaints: 0, reopened: 0 };
    const one = counts.get(department) ?? { department, ...none };
    one[member] += count;
    counts.set(department, one);
  };
  const period = [instantText(since), instantText(until)];
  for (const { department, n } of await from.query<{ department: string; n: number }>(
    "SELECT department, COUNT(*) AS n FROM light_change WHERE superseded_at IS NULL AND to_light = 'red' " +
      `AND ${ISSUED_LIGHT} AND department IS NOT NULL AND became_at BETWEEN ? AND ? GROUP BY department`,
    period,
  ))
    add(department, 'red', Number(n));
  for (const row of await from.query<{ department: string; type: string; data: string }>(
    'SELECT c.department, e.type, e.data FROM step_event e JOIN case_file c ON c.case_no = e.case_no ' +
      "WHERE e.type IN ('case.rated', 'case.returned') AND c.department IS NOT NULL AND e.occurred_at BETWEEN ? AND ?",
    period,
  )) {
    const { grade } = JSON.parse(row.data) as { grade?: number };
    if (row.type === 'case.returned') add(row.department, 'returned', 1);
    else if (grade !== undefined && grade <= 2) add(row.department, 'badRatings', 1);
  }
  for (const row of await from.query<{ department: string; n: number | string; times: number | string }>(
    'SELECT department, COUNT(*) AS n, SUM(reopened) AS times FROM complaint ' +
      `WHERE ${COUNTED_COMPLAINT} AND registered_at BETWEEN ? AND ? GROUP BY department`,
    period,
  )) {
    add(row.department, 'complaints', Number(row.n));
    add(row.department, 'reopened', Number(row.times));
  }
  return [...counts.values()].sort((a, b) => (a.department < b.department ? -1 : 1));
}

/** Cases that such counts of a department are made of, in order of their numbers, at most `limit`. */
export async function casesOfLead(
  from: Queryable,
  department: string,
  since: number,
  until: number,
  limit: number,
): Promise<string[]> {
  const period = [instantText(since), instantText(until)];
  const lit = await from.query<{ case_no: string }>(
    "SELECT DISTINCT case_no FROM light_change WHERE superseded_at IS NULL AND to_light = 'red' " +
      `AND ${ISSUED_LIGHT} AND department = ? AND became_at BETWEEN ? AND ? ORDER BY case_no LIMIT ?`,
    [department, ...period, limit],
  );
  const told = await from.query<{ case_no: string; type: string; data: string }>(
    'SELECT e.case_no, e.type, e.data FROM step_event e JOIN case_file c ON c.case_no = e.case_no ' +
      "WHERE e.type IN ('case.rated', 'case.returned') AND c.department = ? AND e.occurred_at BETWEEN ? AND ? " +
      'ORDER BY e.case_no LIMIT ?',
    [department, ...period, limit],
  );
  const counted = told.filter(
    ({ type, data }) =>
      type === 'case.returned' || ((JSON.parse(data) as { grade?: number }).grade ?? 5) <= 2,
  );
  const complained = await from.query<{ case_no: string }>(
    `SELECT DISTINCT case_no FROM complaint WHERE ${COUNTED_COMPLAINT} AND case_no IS NOT NULL ` +
      'AND department = ? AND registered_at BETWEEN ? AND ? ORDER BY case_no LIMIT ?',
    [department, ...period, limit],
  );
  return [...new Set([...lit, ...counted, ...complained].map((row) => row.case_no))]
    .sort((a, b) => (a < b ? -1 : 1))
    .slice(0, limit);
}
