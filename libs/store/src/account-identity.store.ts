import { instantText } from './hot/instant-text';
import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { AccountIdentityRow, OidcAttemptRow, type OidcSignOutRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const IDENTITY = new TableMap(AccountIdentityRow);
const ATTEMPT = new TableMap(OidcAttemptRow);

/** Binds an account to somebody of an identity provider. @throws where that somebody has one already. */
export async function addIdentity(transaction: StoreTransaction, row: AccountIdentityRow): Promise<void> {
  await insertRows(transaction, IDENTITY, [row]);
}

/** Which account somebody of an identity provider has; null: none yet. */
export async function findIdentity(
  from: Queryable,
  identityHash: string,
): Promise<AccountIdentityRow | null> {
  const [raw] = await from.query<object>('SELECT * FROM account_identity WHERE identity_hash = ?', [
    identityHash,
  ]);
  return raw === undefined ? null : IDENTITY.decode(raw);
}

/** Whose accounts an identity provider decides about, and which one, by the account's id. */
export async function issuersOfAccounts(from: Queryable): Promise<Map<string, string>> {
  const rows = await from.query<{ account_id: string; issuer: string }>(
    'SELECT account_id, issuer FROM account_identity',
  );
  return new Map(rows.map((row) => [row.account_id, row.issuer]));
}

/** The identity provider that decides about an account; null: it is a local one. */
export async function issuerOfAccount(from: Queryable, accountId: string): Promise<string | null> {
  const [row] = await from.query<{ issuer: string }>(
    'SELECT issuer FROM account_identity WHERE account_id = ?',
    [accountId],
  );
  return row?.issuer ?? null;
}

/** Notes that somebody was sent to the provider. */
export async function addOidcAttempt(transaction: StoreTransaction, row: OidcAttemptRow): Promise<void> {
  await insertRows(transaction, ATTEMPT, [row]);
}

/** Takes the attempt with this state: of two who bring one state the second gets null. */
export async function takeOidcAttempt(
  transaction: StoreTransaction,
  stateHash: string,
): Promise<OidcAttemptRow | null> {
  const [raw] = await transaction.query<object>('SELECT * FROM oidc_attempt WHERE state_hash = ?', [
    stateHash,
  ]);
  const taken = await transaction.execute('DELETE FROM oidc_attempt WHERE state_hash = ?', [stateHash]);
  return raw === undefined || taken !== 1 ? null : ATTEMPT.decode(raw);
}

/** Removes attempts that nobody came back from. */
export function removeOidcAttemptsBefore(transaction: StoreTransaction, before: number): Promise<number> {
  return transaction.execute('DELETE FROM oidc_attempt WHERE created_at <= ?', [instantText(before)]);
}

/** Takes a token by which the provider signs somebody out. @returns whether it is the first time. */
export async function takeOidcSignOut(transaction: StoreTransaction, row: OidcSignOutRow): Promise<boolean> {
  const taken = await transaction.execute(
    `${transaction.dialect.insertIgnore} oidc_sign_out (token_hash, received_at) VALUES (?, ?)`,
    [row.tokenHash, instantText(row.receivedAt)],
  );
  return taken === 1;
}

/** Removes tokens that are too old to be taken again. */
export function removeOidcSignOutsBefore(transaction: StoreTransaction, before: number): Promise<number> {
  return transaction.execute('DELETE FROM oidc_sign_out WHERE received_at <= ?', [instantText(before)]);
}
