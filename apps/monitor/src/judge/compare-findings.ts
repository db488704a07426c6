import { canonicalJson, type Finding } from '@mingjian/rules';
import type { FindingRow } from '@mingjian/store';

/** How the findings that were written differ from those that the rules give. */
export interface FindingComparison {
  missing: Finding[];
  gone: FindingRow[];
}

/**
 * Compares a case's findings with its rows that still hold. A finding whose evidence changed is another finding: the
 * old row is superseded, so that what holds does not depend on the order in which the data arrived.
 */
export function compareFindings(
  findings: readonly Finding[],
  active: readonly FindingRow[],
): FindingComparison {
  const held = new Map(
    active.map((row) => [findingKey(row.code, row.ref, row.severity, row.at, row.detail), row]),
  );
  const wanted = new Map(
    findings.map((finding) => [
      findingKey(finding.code, finding.ref, finding.severity, finding.at, canonicalJson(finding.detail)),
      finding,
    ]),
  );
  const missing = [...wanted].filter(([key]) => !held.delete(key)).map(([, finding]) => finding);
  return { missing, gone: [...held.values()] };
}

function findingKey(code: string, ref: string, severity: string, at: number | null, detail: string): string {
  return JSON.stringify([code, ref, severity, at, detail]);
}
