import { createHash } from 'node:crypto';
import { forensicKey, type ForensicFinding, type ForensicKind, type ForensicScope } from '@mingjian/rules';
import { instantText } from './hot/instant-text';
import { chunks, insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { PatternFindingRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const PATTERN_FINDING = new TableMap(PatternFindingRow);

/** Found when somebody complains, not by an examination of the record: none finds it again. */
const TOLD: ForensicKind = 'complaint-contradicts-record';

/** What became of the findings of an examination. */
export interface PatternFindingChanges {
  /** New ones. */
  found: ForensicFinding[];
  /** Rows that held until now. */
  superseded: PatternFindingRow[];
}

/**
 * Brings the findings that hold for some months in line with what an examination found: new ones are appended, those not
 * found again superseded, and figures that grew with the month are written over.
 * @param periods the months that were examined, as `YYYY-MM`
 * @param at when, epoch ms
 */
export async function replacePatternFindings(
  transaction: StoreTransaction,
  findings: readonly ForensicFinding[],
  periods: readonly string[],
  at: number,
): Promise<PatternFindingChanges> {
  if (periods.length === 0) return { found: [], superseded: [] };
  const places = periods.map(() => '?').join(',');
  const rows = await transaction.query<object>(
    `SELECT * FROM pattern_finding WHERE superseded_at IS NULL AND kind <> ? AND period IN (${places})`,
    [TOLD, ...periods],
  );
  const held = new Map(rows.map((raw) => PATTERN_FINDING.decode(raw)).map((row) => [row.openKey, row]));
  const found: ForensicFinding[] = [];
  for (const finding of findings) {
    const row = held.get(patternKeyOf(finding));
    if (row === undefined) {
      found.push(finding);
      continue;
    }
    held.delete(row.openKey);
    const [cases, figures] = [JSON.stringify(finding.cases), JSON.stringify(finding.figures)];
    if (row.cases !== cases || row.figures !== figures || row.severity !== finding.severity)
      await transaction.execute(
        'UPDATE pattern_finding SET cases = ?, figures = ?, severity = ? WHERE id = ?',
        [cases, figures, finding.severity, row.id],
      );
  }
  await insertRows(
    transaction,
    PATTERN_FINDING,
    found.map((finding) => rowOf(finding, at)),
  );
  for (const chunk of chunks([...held.values()], 500))
    await transaction.execute(
      'UPDATE pattern_finding SET superseded_at = ?, open_key = NULL ' +
        `WHERE id IN (${chunk.map(() => '?').join(',')})`,
      [instantText(at), ...chunk.map(({ id }) => id)],
    );
  return { found, superseded: [...held.values()] };
}

/** Writes a finding that somebody's act brought, unless it holds already. */
export async function addPatternFinding(
  transaction: StoreTransaction,
  finding: ForensicFinding,
  at: number,
): Promise<void> {
  const held = await transaction.query('SELECT id FROM pattern_finding WHERE open_key = ?', [
    patternKeyOf(finding),
  ]);
  if (held.length === 0) await insertRows(transaction, PATTERN_FINDING, [rowOf(finding, at)]);
}

/** Cases that can have anything in the time examined: open ones, and those with an event since. In pages, by number. */
export async function caseNosSince(
  from: Queryable,
  since: number,
  after: string,
  limit: number,
): Promise<string[]> {
  const rows = await from.query<{ case_no: string }>(
    'SELECT case_no FROM case_file WHERE case_no > ? AND (is_open = 1 OR last_event_at >= ?) ORDER BY case_no LIMIT ?',
    [after, instantText(since), limit],
  );
  return rows.map((row) => row.case_no);
}

/** A row as the driver returned it. */
export function decodePatternFinding(raw: object): PatternFindingRow {
  return PATTERN_FINDING.decode(raw);
}

/** The finding that a row holds. */
export function patternFindingOf(row: PatternFindingRow): ForensicFinding {
  return {
    kind: row.kind as ForensicKind,
    code: row.code as ForensicFinding['code'],
    severity: row.severity,
    scope: row.scope as ForensicScope,
    subject: row.subject,
    department: row.department,
    item: row.itemCode,
    period: row.period,
    at: row.at,
    cases: JSON.parse(row.cases) as string[],
    figures: JSON.parse(row.figures) as ForensicFinding['figures'],
  };
}

function rowOf(finding: ForensicFinding, detectedAt: number): Omit<PatternFindingRow, 'id'> {
  const { kind, code, severity, scope, department, period, at } = finding;
  return {
    ...{ openKey: patternKeyOf(finding), kind, code, severity, scope, department, period, at, detectedAt },
    // The key is made of the whole; what is shown fits its column.
    subject: finding.subject.slice(0, 255),
    itemCode: finding.item,
    cases: JSON.stringify(finding.cases),
    figures: JSON.stringify(finding.figures),
    supersededAt: null,
  };
}

/** Digest of what tells a finding from all others while it holds. */
export function patternKeyOf(finding: ForensicFinding): string {
  return createHash('sha256').update(forensicKey(finding)).digest('hex');
}
