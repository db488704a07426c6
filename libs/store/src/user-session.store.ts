import { instantText } from './hot/instant-text';
import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { UserSessionRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const SESSION = new TableMap(UserSessionRow);

/** Begins a session. */
export async function insertSession(transaction: StoreTransaction, row: UserSessionRow): Promise<void> {
  await insertRows(transaction, SESSION, [row]);
}

/** The session of a token, by the hash of it; whether it is still good is the caller's to say. */
export async function findSession(from: Queryable, tokenHash: string): Promise<UserSessionRow | null> {
  const [raw] = await from.query<object>('SELECT * FROM user_session WHERE token_hash = ?', [tokenHash]);
  return raw === undefined ? null : SESSION.decode(raw);
}

/** The sessions of an account, the latest in use first. */
export async function sessionsOf(from: Queryable, accountId: string): Promise<UserSessionRow[]> {
  const rows = await from.query<object>(
    'SELECT * FROM user_session WHERE account_id = ? ORDER BY last_seen_at DESC, id',
    [accountId],
  );
  return rows.map((raw) => SESSION.decode(raw));
}

/** The sessions that came from one session of the provider's. */
export async function sessionsOfProvider(
  from: Queryable,
  providerSessionHash: string,
): Promise<UserSessionRow[]> {
  const rows = await from.query<object>('SELECT * FROM user_session WHERE provider_session_hash = ?', [
    providerSessionHash,
  ]);
  return rows.map((raw) => SESSION.decode(raw));
}

/** Notes that a session is in use; an instant before the one known changes nothing. */
export async function touchSession(
  transaction: StoreTransaction,
  tokenHash: string,
  at: number,
): Promise<void> {
  await transaction.execute(
    'UPDATE user_session SET last_seen_at = ? WHERE token_hash = ? AND last_seen_at < ?',
    [instantText(at), tokenHash, instantText(at)],
  );
}

/** Ends the session with this id, if it is one of this account. @returns whether there was one. */
export async function endSession(
  transaction: StoreTransaction,
  accountId: string,
  id: string,
): Promise<boolean> {
  const ended = await transaction.execute('DELETE FROM user_session WHERE account_id = ? AND id = ?', [
    accountId,
    id,
  ]);
  return ended > 0;
}

/** Ends all sessions of an account, save the one that is kept. @returns how many. */
export function endSessionsOf(
  transaction: StoreTransaction,
  accountId: string,
  keptId: string | null = null,
): Promise<number> {
  return transaction.execute('DELETE FROM user_session WHERE account_id = ? AND id <> ?', [
    accountId,
    keptId ?? '',
  ]);
}

/** Removes what nobody can use any more. @returns how many sessions. */
export function removeSessionsBefore(
  transaction: StoreTransaction,
  createdBefore: number,
  lastSeenBefore: number,
): Promise<number> {
  return transaction.execute('DELETE FROM user_session WHERE created_at <= ? OR last_seen_at <= ?', [
    instantText(createdBefore),
    instantText(lastSeenBefore),
  ]);
}
