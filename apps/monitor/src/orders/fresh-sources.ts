import { instantOf, instantText, type Queryable } from '@mingjian/store';

/**
 * What rules for orders are asked again after: lights, lights that a person confirmed (which were written long before), findings,
 * and acts about complaints.
 */
export const NEWS = ['light', 'confirmed', 'finding', 'complaint'] as const;
export type News = (typeof NEWS)[number];

/** Something new: where it stands in the order of what is written, and whom it concerns. */
export interface Fresh {
  /** A row's id; of confirmed lights the instant, epoch milliseconds. */
  mark: number;
  departments: string[];
}

/** Far more ids than are handed out while a transaction is under way: what was written late is looked at once more. */
const OVERLAP_IDS = 2_000;
/** The same of instants, milliseconds. */
const OVERLAP_MS = 10 * 60_000;

const OF_IDS: Readonly<Record<Exclude<News, 'confirmed'>, string>> = {
  light: 'SELECT id, department, NULL AS handler FROM light_change WHERE id > ? ORDER BY id LIMIT ?',
  finding: 'SELECT id, department, NULL AS handler FROM finding WHERE id > ? ORDER BY id LIMIT ?',
  complaint:
    'SELECT e.id, c.department, c.handler FROM act_event e JOIN complaint c ON c.id = e.matter_id ' +
    "WHERE e.matter = 'complaint' AND e.id > ? ORDER BY e.id LIMIT ?",
};
const NEWEST_ID: Readonly<Record<Exclude<News, 'confirmed'>, string>> = {
  light: 'SELECT MAX(id) AS newest FROM light_change',
  finding: 'SELECT MAX(id) AS newest FROM finding',
  complaint: "SELECT MAX(id) AS newest FROM act_event WHERE matter = 'complaint'",
};

/** What was written after a mark, with an overlap before it, in order. */
export async function freshOf(from: Queryable, news: News, after: number, limit: number): Promise<Fresh[]> {
  if (news === 'confirmed') {
    const rows = await from.query<{ decided_at: string | Date; department: string | null }>(
      "SELECT decided_at, department FROM light_issue WHERE decided_at > ? AND decision = 'issued' " +
        'ORDER BY decided_at LIMIT ?',
      [instantText(Math.max(0, after - OVERLAP_MS)), limit],
    );
    return rows.map((row) => ({
      mark: instantOf(row.decided_at),
      departments: row.department === null ? [] : [row.department],
    }));
  }
  const rows = await from.query<{ id: number; department: string | null; handler: string | null }>(
    OF_IDS[news],
    [Math.max(0, after - OVERLAP_IDS), limit],
  );
  return rows.map(({ id, department, handler }) => ({
    mark: Number(id),
    departments: [department, handler].filter((code) => code !== null),
  }));
}

/** The mark of the newest; 0: there is nothing. */
export async function newestOf(from: Queryable, news: News): Promise<number> {
  if (news === 'confirmed') {
    const [row] = await from.query<{ newest: string | Date | null }>(
      "SELECT MAX(decided_at) AS newest FROM light_issue WHERE decision = 'issued'",
    );
    return row?.newest === null || row?.newest === undefined ? 0 : instantOf(row.newest);
  }
  const [row] = await from.query<{ newest: number | null }>(NEWEST_ID[news]);
  return Number(row?.newest ?? 0);
}
