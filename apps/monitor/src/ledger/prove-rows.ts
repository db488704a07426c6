import {
  chainsOf,
  lineOfRow,
  merklePath,
  NO_HASH,
  proofOf,
  ROOT_CHAIN,
  ROOT_SIGNED,
  type LedgerProof,
  type LedgerRow,
  type RowProof,
} from '@mingjian/ledger';
import { ledgerRowsAfter, ledgerRowsOfKinds, ledgerRowsOfSubject, type Queryable } from '@mingjian/store';
import { keyRows } from './ledger-keys';
import { LEDGER_PAGE } from './sign-root';

/** Rows of one subject that a proof takes in. */
const MOST_ROWS = 10_000;

/** Proves all that the ledger says of some subjects, row by row; rows since the last root are not covered yet. */
export async function proveSubjects(from: Queryable, subjects: readonly string[]): Promise<LedgerProof> {
  const signed = await ledgerRowsOfKinds(from, ROOT_CHAIN, [ROOT_SIGNED]);
  const used = new Map<number, LedgerRow>();
  const leaves = new Map<string, readonly string[]>();
  const proofs: RowProof[] = [];
  for (const subject of subjects)
    for (const row of await ledgerRowsOfSubject(from, subject, MOST_ROWS)) {
      const found = rootOver(signed, row);
      if (found === null) {
        proofs.push({ row: lineOfRow(row), root: null, path: [] });
        continue;
      }
      const { root, first, last } = found;
      const name = `${row.chain} ${root.seq}`;
      const hashes = leaves.get(name) ?? (await hashesOf(from, row, first, last));
      leaves.set(name, hashes);
      used.set(root.seq, root);
      proofs.push({
        row: lineOfRow(row),
        root: root.seq,
        path: merklePath(row.alg, hashes, row.seq - first),
      });
    }
  const roots = [...used.values()].sort((a, b) => a.seq - b.seq);
  return proofOf(await keyRows(from), roots, proofs);
}

function rootOver(
  roots: readonly LedgerRow[],
  row: LedgerRow,
): { root: LedgerRow; first: number; last: number } | null {
  for (const root of roots) {
    const chain = chainsOf(root).find((one) => one.chain === row.chain);
    if (chain !== undefined && chain.first <= row.seq && row.seq <= chain.last)
      return { root, first: chain.first, last: chain.last };
  }
  return null;
}

async function hashesOf(from: Queryable, row: LedgerRow, first: number, last: number): Promise<string[]> {
  const hashes: string[] = [];
  while (first + hashes.length <= last) {
    const place = { chain: row.chain, alg: row.alg, seq: first - 1 + hashes.length, hash: NO_HASH };
    const rows = await ledgerRowsAfter(from, place, last, LEDGER_PAGE);
    if (rows.length === 0) throw new Error(`rows of chain ${row.chain} are missing: the ledger is broken`);
    for (const { hash } of rows) hashes.push(hash);
  }
  return hashes;
}
