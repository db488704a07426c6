import { dateTextOf } from '@mingjian/rules';
import {
  appendLedger,
  BESIDE_THE_SHARDS,
  insertHandover,
  takeNumber,
  type HandoverRow,
  type HandoverVariant,
  type RowScope,
  type Store,
} from '@mingjian/store';
import { proveSubjects } from '../ledger/prove-rows';
import type { LoadedRuleBook } from '../rulebook/load-rule-book';
import { readDossier, type CaseDossier } from './case-dossier';
import { chosenCases, type HandoverRequest } from './choose-cases';
import type { HandoverFacts } from './handover-document';
import { packageOf, sha256 } from './package-of';

export interface HandoverPorts {
  store: Store;
  rules: LoadedRuleBook;
  now: number;
}

/** Who hands over. */
export interface HandoverActor {
  id: string;
  name: string;
}

/**
 * Makes a hand-over and registers it: both packages, the number, and the row of the ledger in one transaction.
 *
 * 1. Read the cases, for the inspection office and for the unit concerned.
 * 2. Make both packages under the number that comes next. The same rows, number and instant give the same bytes.
 * 3. Register; where somebody took the number meanwhile, begin again at 2.
 *
 * @throws BadInputError where there is nothing to hand over, or too much.
 */
export async function makeHandover(
  { store, rules, now }: HandoverPorts,
  request: HandoverRequest,
  actor: HandoverActor,
  scope: RowScope,
): Promise<HandoverRow> {
  const chosen = await chosenCases(store, request, scope);
  const { counts, department } = chosen;
  const dossiers: Record<HandoverVariant, CaseDossier[]> = { inspection: [], unit: [] };
  for (const caseNo of chosen.caseNos)
    for (const variant of ['inspection', 'unit'] as const) {
      const dossier = await readDossier(store, rules, caseNo, variant, scope, now);
      if (dossier !== null) dossiers[variant].push(dossier);
    }
  // A complaint about the department may be linked to a case outside of what the inspector supervises: nothing of that case.
  const caseNos = dossiers.inspection.map(({ caseNo }) => caseNo);
  const proof = await proveSubjects(store, caseNos);
  const { calendar } = rules.book.newest;
  const year = Number(dateTextOf(calendar.dayOf(now)).slice(0, 4));
  for (;;) {
    const expected = (await lastNumber(store, year)) + 1;
    const facts: HandoverFacts = {
      no: `移交〔${year}〕${expected}号`,
      kind: request.kind,
      subject: request.kind === 'case' ? request.caseNo : request.department,
      department,
      fromAt: request.kind === 'case' ? null : request.from,
      toAt: request.kind === 'case' ? null : request.to,
      reason: request.reason,
      actor: actor.id,
      actorName: actor.name,
      madeAt: now,
      cases: caseNos.length,
    };
    const inputs = { facts, rules, counts, proof };
    const files = {
      inspection: await packageOf({ ...inputs, variant: 'inspection', dossiers: dossiers.inspection }),
      unit: await packageOf({ ...inputs, variant: 'unit', dossiers: dossiers.unit }),
    };
    const row = await register(store, facts, files, year, expected);
    if (row !== null) return row;
  }
}

async function register(
  store: Store,
  facts: HandoverFacts,
  files: Record<HandoverVariant, Uint8Array>,
  year: number,
  expected: number,
): Promise<HandoverRow | null> {
  const [digest, unitDigest] = [sha256(files.inspection), sha256(files.unit)];
  try {
    return await store.write(async (transaction) => {
      if ((await takeNumber(transaction, SERIES, year)) !== expected) throw new NumberTakenError();
      const row = await insertHandover(transaction, { ...facts, digest, unitDigest }, files);
      const { no, kind, subject, cases } = facts;
      await appendLedger(transaction, [
        {
          chain: 'handover',
          kind: 'handover.made',
          at: facts.madeAt,
          actor: facts.actor,
          subject: no,
          // Not the reason: a person may be named in it. The digest covers it with the rest.
          body: { kind, of: subject, cases, digest, unitDigest },
        },
      ]);
      return row;
      // The register, a number and a chain of its own: nothing that a case's transaction writes.
    }, BESIDE_THE_SHARDS);
  } catch (error) {
    if (error instanceof NumberTakenError) return null;
    throw error;
  }
}

const SERIES = 'handover';

class NumberTakenError extends Error {}

async function lastNumber(store: Store, year: number): Promise<number> {
  const [row] = await store.query<{ last_number: number }>(
    'SELECT last_number FROM yearly_number WHERE series = ?',
    [`${SERIES}/${year}`],
  );
  return Number(row?.last_number ?? 0);
}
