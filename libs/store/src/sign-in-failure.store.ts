import { instantText } from './hot/instant-text';
import { upsertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { ConflictError } from './mysql-errors';
import { SignInFailureRow } from './rows';
import type { StoreTransaction } from './store';

const FAILURE = new TableMap(SignInFailureRow);

/** What is known of failures under this subject, held until the transaction ends: attempts at one instant are counted one after the other. */
export async function holdSignInFailure(
  transaction: StoreTransaction,
  subject: string,
  at: number,
): Promise<SignInFailureRow> {
  const held = await lockedFailure(transaction, subject);
  if (held !== null) return held;
  await transaction.execute(
    `${transaction.dialect.insertIgnore} sign_in_failure (subject, failures, last_failed_at, locked_until) VALUES (?, 0, ?, NULL)`,
    [subject, instantText(at)],
  );
  const made = await lockedFailure(transaction, subject);
  // TiDB goes on saying that a row is not there, to a transaction that once asked for it with FOR UPDATE in vain.
  if (made === null) throw new ConflictError('another transaction has just begun this count of failures');
  return made;
}

async function lockedFailure(
  transaction: StoreTransaction,
  subject: string,
): Promise<SignInFailureRow | null> {
  const [raw] = await transaction.query<object>(
    `SELECT * FROM sign_in_failure WHERE subject = ?${transaction.dialect.lockForUpdate}`,
    [subject],
  );
  return raw === undefined ? null : FAILURE.decode(raw);
}

/** Writes what is known now. */
export async function saveSignInFailure(transaction: StoreTransaction, row: SignInFailureRow): Promise<void> {
  await upsertRows(transaction, FAILURE, [row]);
}

/** Forgets the failures under this subject. */
export async function forgetSignInFailure(transaction: StoreTransaction, subject: string): Promise<void> {
  await transaction.execute('DELETE FROM sign_in_failure WHERE subject = ?', [subject]);
}

/** Forgets what is so old that it counts no more. */
export function removeSignInFailuresBefore(transaction: StoreTransaction, at: number): Promise<number> {
  return transaction.execute('DELETE FROM sign_in_failure WHERE last_failed_at <= ?', [instantText(at)]);
}
