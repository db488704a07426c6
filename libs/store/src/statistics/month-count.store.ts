import { instantOf, instantText } from '../hot/instant-text';
import type { Queryable, StoreTransaction } from '../store';
import { DIMENSIONS, ENDED_SUMS, SUM_COLUMNS, SUMS_OF_ENDED } from './fact-sums';

const KEYS = Object.values(DIMENSIONS).join(', ');

/** Months of which cases have facts, with how often these changed; in order. */
export async function factRevisions(from: Queryable): Promise<Map<string, number>> {
  const rows = await from.query<{ month: string; revision: number | string }>(
    'SELECT month, SUM(revision) AS revision FROM fact_mark GROUP BY month ORDER BY month',
  );
  return new Map(rows.map(({ month, revision }) => [month, Number(revision)]));
}

/** Which revision of a month was counted, and when (epoch ms). */
export interface CountedMonth {
  revision: number;
  countedAt: number;
}

/** The revisions that months were counted at; a month that never was is missing. */
export async function countedMonths(from: Queryable): Promise<Map<string, CountedMonth>> {
  const rows = await from.query<{ month: string; revision: number | string; counted_at: string | Date }>(
    'SELECT month, revision, counted_at FROM month_count',
  );
  return new Map(
    rows.map((row) => [row.month, { revision: Number(row.revision), countedAt: instantOf(row.counted_at) }]),
  );
}

/** Months whose facts are others than those that were counted, in order. */
export async function staleMonths(from: Queryable): Promise<string[]> {
  const counted = await countedMonths(from);
  return [...(await factRevisions(from))].flatMap(([month, revision]) =>
    counted.get(month)?.revision === revision ? [] : [month],
  );
}

/**
 * Counts the cases of a month anew: one row for each combination of place, department, item, post and officer. The revision is
 * read first: what changes meanwhile makes the month stale again, never wrongly fresh.
 */
export async function countMonth(transaction: StoreTransaction, month: string, now: number): Promise<void> {
  const [row] = await transaction.query<{ revision: number | string | null }>(
    'SELECT SUM(revision) AS revision FROM fact_mark WHERE month = ?',
    [month],
  );
  await transaction.execute('DELETE FROM month_count WHERE month = ?', [month]);
  await transaction.execute('DELETE FROM month_sum WHERE month = ?', [month]);
  await transaction.execute(
    `INSERT INTO month_sum (month, ${KEYS}, accepted) SELECT accepted_month, ${KEYS}, COUNT(*) FROM case_fact ` +
      `WHERE accepted_month = ? GROUP BY accepted_month, ${KEYS}`,
    [month],
  );
  await transaction.execute(
    `INSERT INTO month_sum (month, ${KEYS}, ${ENDED_SUMS.map((name) => SUM_COLUMNS[name]).join(', ')}) ` +
      `SELECT ended_month, ${KEYS}, ${ENDED_SUMS.map((name) => SUMS_OF_ENDED[name]).join(', ')} FROM case_fact ` +
      `WHERE ended_month = ? GROUP BY ended_month, ${KEYS}`,
    [month],
  );
  await transaction.execute('INSERT INTO month_count (month, revision, counted_at) VALUES (?, ?, ?)', [
    month,
    Number(row?.revision ?? 0),
    instantText(now),
  ]);
}
