import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { strFromU8, unzipSync } from 'fflate';
import { BadInputError } from '@mingjian/contracts';
import { verifyProof, type LedgerProof } from '@mingjian/ledger';
import type { Io } from './io';
import { EXIT } from './io';
import { givenKey } from './ledger';

/** `mingjian handover verify`: a package, offline. Exit code 1 where anything was changed. */
export async function handoverVerify(
  file: string,
  options: { key?: string; json?: boolean },
  io: Io,
): Promise<number> {
  const pinned = options.key === undefined ? null : givenKey(options.key);
  const report = reportOf(file, pinned);
  if (options.json) await io.out(`${JSON.stringify(report)}\n`);
  else if (report.problem === null)
    await io.out(
      `good   ${report.no}: ${report.files} files, ${report.proven} rows of the ledger proven, ${report.uncovered} under no root yet\n`,
    );
  else await io.out(`NOT GOOD  ${report.problem}\n`);
  return report.problem === null ? EXIT.done : EXIT.findings;
}

function reportOf(
  file: string,
  pinned: string | null,
): { problem: string | null; no: string; files: number; proven: number; uncovered: number } {
  const report = { problem: null as string | null, no: '', files: 0, proven: 0, uncovered: 0 };
  let entries: Record<string, Uint8Array>;
  let manifest: { no: string; files: { name: string; sha256: string }[] };
  let proof: LedgerProof;
  const bytes = read(file);
  try {
    entries = unzipSync(bytes);
    manifest = JSON.parse(strFromU8(entries['manifest.json']!)) as typeof manifest;
    proof = JSON.parse(strFromU8(entries['ledger-proof.json']!)) as LedgerProof;
  } catch {
    return { ...report, problem: 'not a hand-over package, or damaged' };
  }
  for (const { name, sha256 } of manifest.files) {
    const entry = entries[name];
    if (entry === undefined) return { ...report, problem: `${name} is missing` };
    if (createHash('sha256').update(entry).digest('hex') !== sha256)
      return { ...report, problem: `${name} was changed` };
  }
  const listed = new Set(['manifest.json', ...manifest.files.map(({ name }) => name)]);
  const added = Object.keys(entries).find((name) => !listed.has(name));
  if (added !== undefined) return { ...report, problem: `${added} was added` };
  const { problem, proven, uncovered } = verifyProof(proof, pinned);
  return { problem, no: manifest.no, files: manifest.files.length, proven, uncovered };
}

function read(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    const got = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new BadInputError([{ place: file, field: '', expected: 'a file that can be read', got, hint: '' }]);
  }
}
