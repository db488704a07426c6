import { KeyHistory } from './key-history';
import { hashOfRow, lineOfRow, rowOfLine, type LedgerRow } from './ledger-row';
import { rootOfPath } from './merkle';
import { chainsOf, ROOT_CHAIN, ROOT_SIGNED } from './root-row';

/** A row with its way up to a signed root: proves it without the other rows of its chain. */
export interface RowProof {
  /** The row as in an export. */
  row: string;
  /** `seq` of the root in the chain `roots`; null: no root covers the row yet. */
  root: number | null;
  /** Hashes beside the way up, the lowest first. */
  path: string[];
}

/** Proof of some rows, in JSON as it stands in a hand-over package. */
export interface LedgerProof {
  format: 'mingjian-ledger-proof/1';
  /** Rows in which keys began, and the roots that the proofs name: rows as in an export. */
  keys: string[];
  roots: string[];
  rows: RowProof[];
}

export const PROOF_FORMAT = 'mingjian-ledger-proof/1';

/** What a verification of a proof found. */
export interface ProofReport {
  /** What is wrong, or null. */
  problem: string | null;
  /** Rows proven, and rows that no root covers yet. */
  proven: number;
  uncovered: number;
  keys: string[];
}

/** The proof as the package holds it. */
export function proofOf(
  keys: readonly LedgerRow[],
  roots: readonly LedgerRow[],
  rows: readonly RowProof[],
): LedgerProof {
  return { format: PROOF_FORMAT, keys: keys.map(lineOfRow), roots: roots.map(lineOfRow), rows: [...rows] };
}

/** Verifies a proof with nothing but itself. @param pinnedKey id of the key that the reader trusts, or null. */
export function verifyProof(proof: LedgerProof, pinnedKey: string | null): ProofReport {
  const report: ProofReport = { problem: null, proven: 0, uncovered: 0, keys: [] };
  const wrong = (problem: string): ProofReport => ({ ...report, problem });
  if ((proof.format as string) !== PROOF_FORMAT) return wrong(`not a proof of ${PROOF_FORMAT}`);
  const keys = new KeyHistory();
  const byKey = new Map<number, LedgerRow>();
  // Keys and roots in order of their places: each root by the key that was in force then.
  const signed = [...proof.keys, ...proof.roots].map(read);
  if (signed.some((row) => row?.chain !== ROOT_CHAIN)) return wrong('a key or a root was changed');
  for (const row of (signed as LedgerRow[]).sort((a, b) => a.seq - b.seq)) {
    if (row.kind !== ROOT_SIGNED) {
      const problem = keys.apply(row);
      if (problem !== null) return wrong(problem);
    } else if (!keys.hasSigned(row)) return wrong(`root ${row.seq} is not signed by the key in force`);
    else byKey.set(row.seq, row);
  }
  report.keys = keys.ids;
  if (pinnedKey !== null && !keys.ids.includes(pinnedKey))
    return wrong('signed by another key than the one given');
  for (const [index, { row: line, root, path }] of proof.rows.entries()) {
    const row = read(line);
    if (row === null) return wrong(`row ${index + 1} was changed`);
    if (root === null) {
      report.uncovered++;
      continue;
    }
    const said = byKey.get(root);
    const chain = said && chainsOf(said).find((one) => one.chain === row.chain);
    if (chain === undefined || row.seq < chain.first || row.seq > chain.last)
      return wrong(`row ${index + 1} is not under the root that it names`);
    const size = chain.last - chain.first + 1;
    if (rootOfPath(chain.alg, row.hash, row.seq - chain.first, size, path) !== chain.merkle)
      return wrong(`row ${index + 1} does not lead to its root`);
    report.proven++;
  }
  return report;
}

function read(line: string): LedgerRow | null {
  try {
    const row = rowOfLine(line, JSON.parse(line) as Record<string, unknown>);
    return row !== null && hashOfRow(row) === row.hash ? row : null;
  } catch {
    return null;
  }
}
