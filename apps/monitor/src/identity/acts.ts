import type { NewLedgerEntry } from '@mingjian/store';

/** The chain of the ledger that tells what was done to accounts and keys, and who came in. */
export const IDENTITY_CHAIN = 'identity';

/** What the ledger keeps of accounts, sessions and keys of sources. */
export type ActKind =
  | 'account.signed-in'
  | 'account.signed-out'
  | 'account.signed-out-everywhere'
  | 'account.locked'
  | 'account.added'
  | 'account.changed'
  | 'account.disabled'
  | 'account.enabled'
  | 'account.unlocked'
  | 'account.password-changed'
  | 'account.password-reset'
  | 'account.second-factor-added'
  | 'account.second-factor-removed'
  | 'account.recovery-code-used'
  | 'account.keys-rotated'
  | 'source.key-issued'
  | 'source.key-ended'
  | 'case.personal-data-read';

/** An entry for {@link IDENTITY_CHAIN}. Accounts by their id: names are personal data, and ids are never given twice. */
export function act(
  kind: ActKind,
  at: number,
  actor: string | null,
  subject: string,
  body: Readonly<Record<string, unknown>> = {},
): NewLedgerEntry {
  return { chain: IDENTITY_CHAIN, kind, at, actor, subject, body };
}
