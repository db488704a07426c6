import { createHash } from 'node:crypto';
import type { LedgerProof } from '@mingjian/ledger';
import { formatInstant } from '@mingjian/rules';
import type { HandoverVariant } from '@mingjian/store';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import { dossierJson, type CaseDossier } from './case-dossier';
import { handoverDocument, type HandoverFacts } from './handover-document';
import { renderDocx } from './render-docx';
import { renderHtml } from './render-html';
import { WITHHELD } from './withhold-complainant';
import { zipOf } from './zip-of';

interface PackageInputs {
  facts: HandoverFacts;
  variant: HandoverVariant;
  dossiers: readonly CaseDossier[];
  rules: LoadedRuleBook;
  counts: readonly (readonly [string, string])[];
  proof: LedgerProof;
}

/** One ZIP: the document to print in two forms, the records, the proof, and a list with the digests of all. */
export async function packageOf({
  facts: given,
  variant,
  dossiers,
  rules,
  counts,
  proof,
}: PackageInputs): Promise<Uint8Array> {
  const { zone } = rules.book.newest.calendar;
  const time = (instant: number | null): string | null =>
    instant === null ? null : formatInstant(instant, zone);
  // The reason is written for the inspection office and may quote who complained.
  const facts = variant === 'unit' ? { ...given, reason: WITHHELD } : given;
  const blocks = handoverDocument(facts, dossiers, variant, rules, counts);
  const entry: Record<string, unknown> = {
    format: 'mingjian-handover/1',
    variant,
    ...facts,
    fromAt: time(facts.fromAt),
    toAt: time(facts.toAt),
    madeAt: time(facts.madeAt),
  };
  const files: Record<string, Uint8Array> = {
    'dossier.json': text({ ...entry, cases: dossiers.map((dossier) => dossierJson(dossier, rules)) }),
    'ledger-proof.json': text(proof),
    'handover.html': Buffer.from(renderHtml(facts.no, blocks)),
    'handover.docx': await renderDocx(facts.no, blocks, facts.madeAt),
  };
  const digests = Object.entries(files).map(([name, bytes]) => ({ name, sha256: sha256(bytes) }));
  return zipOf({ ...files, 'manifest.json': text({ ...entry, files: digests }) });
}

function text(value: object): Uint8Array {
  return Buffer.from(`${JSON.stringify(value, null, 2)}\n`);
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
