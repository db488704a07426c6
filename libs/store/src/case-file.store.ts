import { chunks, queryByKeys, upsertRows } from './hot/multi-row';
import { instantOf, instantText } from './hot/instant-text';
import { TableMap } from './hot/table-map';
import { CaseFileRow } from './rows';
import type { RowScope } from './row-scope';
import type { Queryable, StoreTransaction } from './store';

const CASE_FILE = new TableMap(CaseFileRow);

/** The rows of the given cases, by case number. */
export async function loadCaseFiles(
  from: Queryable,
  caseNos: readonly string[],
): Promise<Map<string, CaseFileRow>> {
  const rows = await queryByKeys(from, 'SELECT * FROM case_file WHERE case_no IN (?)', caseNos);
  return new Map(rows.map((raw) => CASE_FILE.decode(raw)).map((row) => [row.caseNo, row]));
}

/**
 * One case, if it lies within a scope: a case of these departments, or one with a light of theirs, because they do one of
 * its steps. Null where it does not, or does not exist: from outside the two look alike.
 */
export async function findCaseFile(
  from: Queryable,
  scope: RowScope,
  caseNo: string,
): Promise<CaseFileRow | null> {
  const ofCase = scope.condition('case_file.department');
  const ofLight = scope.condition('light_change.department');
  const [raw] = await from.query<object>(
    `SELECT * FROM case_file WHERE case_no = ? AND (${ofCase.sql} OR EXISTS ` +
      `(SELECT 1 FROM light_change WHERE light_change.case_no = case_file.case_no AND ${ofLight.sql}))`,
    [caseNo, ...ofCase.parameters, ...ofLight.parameters],
  );
  return raw === undefined ? null : CASE_FILE.decode(raw);
}

/**
 * Writes case rows, each in place of its earlier self. `before` are rows that this transaction has read: where only the
 * rules have another name than those that judged before, which is so for nearly all cases after a change of the
 * calendar, that is all that is written.
 */
export async function saveCaseFiles(
  transaction: StoreTransaction,
  rows: readonly CaseFileRow[],
  before: ReadonlyMap<string, CaseFileRow> = new Map(),
): Promise<void> {
  const whole: CaseFileRow[] = [];
  const stamped = new Map<string, CaseFileRow[]>();
  for (const row of rows) {
    const old = before.get(row.caseNo);
    if (old === undefined || !isSameButForStamp(row, old)) {
      whole.push(row);
      continue;
    }
    const stamp = JSON.stringify([row.rulesetVersion, row.calendarVersion, row.judgedAt]);
    const same = stamped.get(stamp);
    if (same === undefined) stamped.set(stamp, [row]);
    else same.push(row);
  }
  await upsertRows(transaction, CASE_FILE, whole);
  for (const same of stamped.values()) await stampCaseFiles(transaction, same);
}

/** Rows that were judged at one instant by rules of one name. */
async function stampCaseFiles(transaction: StoreTransaction, rows: readonly CaseFileRow[]): Promise<void> {
  for (const chunk of chunks(rows, 2_000)) {
    const [{ rulesetVersion, calendarVersion, judgedAt }] = chunk as [CaseFileRow];
    await transaction.execute(
      'UPDATE case_file SET ruleset_version = ?, calendar_version = ?, judged_at = ? ' +
        `WHERE case_no IN (${chunk.map(() => '?').join(',')})`,
      [rulesetVersion, calendarVersion, instantText(judgedAt), ...chunk.map(({ caseNo }) => caseNo)],
    );
  }
}

function isSameButForStamp(a: CaseFileRow, b: CaseFileRow): boolean {
  for (const key of Object.keys(a) as (keyof CaseFileRow)[])
    if (a[key] !== b[key] && key !== 'rulesetVersion' && key !== 'calendarVersion' && key !== 'judgedAt')
      return false;
  return true;
}

/** A case row as the driver returned it. */
export function decodeCaseFile(raw: object): CaseFileRow {
  return CASE_FILE.decode(raw);
}

/** Case numbers of a shard whose light can change by `at`, earliest first, at most `limit`. */
export async function dueCaseNos(
  from: Queryable,
  shard: number,
  at: number,
  limit: number,
): Promise<string[]> {
  const rows = await from.query<{ case_no: string }>(
    'SELECT case_no FROM case_file WHERE shard = ? AND next_change_at <= ? ORDER BY next_change_at, case_no LIMIT ?',
    [shard, instantText(at), limit],
  );
  return rows.map((row) => row.case_no);
}

/** The earliest instant at which any light of these shards can change with no new event; null when none will. */
export async function earliestNextChangeAt(
  from: Queryable,
  shards: Iterable<number>,
): Promise<number | null> {
  const instants = [...(await earliestByShard(from, shards)).values()];
  return instants.length === 0 ? null : Math.min(...instants);
}

/** The same for each shard; one in which nothing will change is missing. */
export async function earliestByShard(
  from: Queryable,
  shards: Iterable<number>,
): Promise<Map<number, number>> {
  // One look into the index per shard: over all of them at once it would be read from end to end. Not MIN(): for it
  // MariaDB reads the index of the whole shard.
  const each = [...shards].map(
    (shard) =>
      `SELECT ${shard} AS shard, (SELECT next_change_at FROM case_file WHERE shard = ${shard} AND next_change_at IS NOT NULL ` +
      'ORDER BY next_change_at LIMIT 1) AS earliest',
  );
  if (each.length === 0) return new Map();
  const rows = await from.query<{ shard: number; earliest: string | Date | null }>(each.join(' UNION ALL '));
  return new Map(
    rows.flatMap(({ shard, earliest }): [number, number][] =>
      earliest === null ? [] : [[Number(shard), instantOf(earliest)]],
    ),
  );
}

/** Open cases counted by what the gauges and the overview show. */
export interface OpenCaseCount {
  department: string | null;
  itemClass: string | null;
  light: string;
  clockLights: string;
  count: number;
}

/** Counts open cases by department, class, light and clocks, from an index alone. */
export async function countOpenCases(from: Queryable): Promise<OpenCaseCount[]> {
  return from.query<OpenCaseCount>(
    'SELECT department, item_class AS itemClass, light, clock_lights AS clockLights, COUNT(*) AS count ' +
      'FROM case_file WHERE is_open = 1 GROUP BY department, item_class, light, clock_lights',
  );
}
