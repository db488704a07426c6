import { randomUUID } from 'node:crypto';
import {
  addAccount,
  addIdentity,
  appendLedger,
  changeAccount,
  endSessionsOf,
  findAccount,
  findIdentity,
  type AccountRow,
  type StoreTransaction,
} from '@mingjian/store';
import { act } from '../acts';
import { standingColumns, standingOf, standingText } from '../standing-columns';
import type { Standing } from '../account';
import { hashOf } from '../token';
import type { Subject } from './provider';

/** Whom an account is bound to: the pair alone is never given to another. @see OpenID Connect Core 1.0, section 5.7 */
export function identityHashOf({ iss, sub }: Subject): string {
  return hashOf(JSON.stringify([iss, sub]));
}

/** By what a session here knows the one of the provider's that it came from. @see OpenID Connect Back-Channel Logout 1.0, section 2.1 */
export function providerSessionHashOf({ iss, sid }: { iss: string; sid: string }): string {
  return hashOf(JSON.stringify([iss, sid]));
}

/**
 * The account of somebody whom the provider vouches for, made where there is none, and brought to what the provider says of
 * them now; whoever becomes another loses the open sessions. An account that is disabled stays as it is.
 * Guarantees: names and addresses of mail bind nothing; no local account is ever taken over.
 */
export async function providerAccount(
  transaction: StoreTransaction,
  subject: Subject,
  standing: Standing,
  displayName: string,
  now: number,
): Promise<AccountRow> {
  const identityHash = identityHashOf(subject);
  const known = await findIdentity(transaction, identityHash);
  if (known === null) return add(transaction, identityHash, subject.iss, standing, displayName, now);
  const before = await findAccount(transaction, known.accountId);
  if (before === null) throw new Error(`account ${known.accountId} of a provider is gone`);
  const wanted = { ...standingColumns(standing), displayName: shown(displayName, before.name) };
  const isSame = standingText(before) === standingText({ ...before, ...wanted });
  if (before.isDisabled || (isSame && before.displayName === wanted.displayName)) return before;
  const after = await changeAccount(transaction, before.id, before.version, wanted);
  if (after === null) throw new Error(`account ${before.id} was changed at the same moment`);
  if (isSame) return after;
  await endSessionsOf(transaction, after.id);
  await appendLedger(transaction, [
    act('account.changed', now, null, after.id, {
      before: standingOf(before),
      after: standingOf(after),
      by: 'provider',
    }),
  ]);
  return after;
}

async function add(
  transaction: StoreTransaction,
  identityHash: string,
  issuer: string,
  standing: Standing,
  displayName: string,
  now: number,
): Promise<AccountRow> {
  const name = `sso-${identityHash.slice(0, 20)}`;
  const account: AccountRow = {
    id: randomUUID(),
    name,
    displayName: shown(displayName, name),
    passwordHash: null,
    passwordState: 'chosen',
    oneTimeUntil: null,
    ...standingColumns(standing),
    isDisabled: false,
    totpSealed: null,
    isTotpConfirmed: false,
    totpLastStep: 0,
    createdAt: now,
    passwordSetAt: null,
    lastSignedInAt: null,
    version: 1,
  };
  if (!(await addAccount(transaction, account))) throw new Error(`the name ${name} is taken`);
  await addIdentity(transaction, { identityHash, accountId: account.id, issuer, createdAt: now });
  await appendLedger(transaction, [
    act('account.added', now, null, account.id, { ...standingOf(account), by: 'provider' }),
  ]);
  return account;
}

function shown(displayName: string, name: string): string {
  const trimmed = displayName.normalize('NFKC').trim().slice(0, 64);
  return trimmed === '' ? name : trimmed;
}
