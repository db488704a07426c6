import type { DraftActBody } from '@mingjian/contracts';
import { digestOf } from '@mingjian/ledger';
import type { NewLedgerEntry, RuleDraftRow } from '@mingjian/store';
import type { Principal } from '../identity/principal';
import { writtenDigest } from '../rulebook/rule-document';
import { documentOf } from './draft-rows';

/** The chain of the ledger that says which rules are in force, and who approved them. */
export const RULES_CHAIN = 'rules';

/** What the ledger keeps: digests, no names and no reasons. */
export function entryOf(
  row: RuleDraftRow,
  body: Extract<DraftActBody, { type: 'submit' | 'approve' | 'return' }>,
  who: Principal,
  now: number,
): NewLedgerEntry {
  const { kind, documentId, documentVersion, inForceFrom, baseDigest, version } = row;
  const kinds = {
    submit: 'rules.draft-submitted',
    approve: 'rules.draft-approved',
    return: 'rules.draft-returned',
  } as const;
  return {
    ...{ chain: RULES_CHAIN, kind: kinds[body.type], at: now, actor: who.id, subject: `draft/${row.id}` },
    body: {
      ...{ document: kind, id: documentId, version: documentVersion, inForceFrom, draftVersion: version },
      ...{ digest: writtenDigest(documentOf(row)), baseDigest, author: row.author },
      words: digestOf('sha256', row.reason ?? ''),
    },
  };
}
