import { insertRows } from './hot/multi-row';
import { TableMap } from './hot/table-map';
import { AccountRow, RecoveryCodeRow } from './rows';
import type { Queryable, StoreTransaction } from './store';

const ACCOUNT = new TableMap(AccountRow);
const RECOVERY_CODE = new TableMap(RecoveryCodeRow);

/** Every account, disabled ones too, by name. */
export async function listAccounts(from: Queryable): Promise<AccountRow[]> {
  return (await from.query<object>('SELECT * FROM account ORDER BY name')).map((raw) => ACCOUNT.decode(raw));
}

/** The account with this id; null where there is none. */
export function findAccount(from: Queryable, id: string): Promise<AccountRow | null> {
  return one(from, 'SELECT * FROM account WHERE id = ?', id);
}

/** The account that signs in by this name (in small letters); null where there is none. */
export function findAccountByName(from: Queryable, name: string): Promise<AccountRow | null> {
  return one(from, 'SELECT * FROM account WHERE name = ?', name);
}

async function one(from: Queryable, sql: string, value: string): Promise<AccountRow | null> {
  const [raw] = await from.query<object>(sql, [value]);
  return raw === undefined ? null : ACCOUNT.decode(raw);
}

/** Adds an account where neither its id nor its name is taken. @returns whether it was added. */
export async function addAccount(transaction: StoreTransaction, row: AccountRow): Promise<boolean> {
  const taken = await transaction.query<object>('SELECT id FROM account WHERE id = ? OR name = ?', [
    row.id,
    row.name,
  ]);
  if (taken.length > 0) return false;
  await insertRows(transaction, ACCOUNT, [row]);
  return true;
}

/** What may change of an account; its id, its name and when it was made stay. */
export type AccountChange = Partial<Omit<AccountRow, 'id' | 'name' | 'createdAt' | 'version'>>;

/**
 * Changes an account, if it is still at `version`.
 * @returns the account as it is now; null where somebody else changed it in between, or it does not exist.
 */
export async function changeAccount(
  transaction: StoreTransaction,
  id: string,
  version: number,
  change: AccountChange,
): Promise<AccountRow | null> {
  const { affected } = await transaction.manager
    .getRepository(AccountRow)
    .update({ id, version }, { ...change, version: version + 1 });
  return affected === 1 ? findAccount(transaction, id) : null;
}

/** Puts these codes in the place of all earlier ones. */
export async function replaceRecoveryCodes(
  transaction: StoreTransaction,
  accountId: string,
  codeHashes: readonly string[],
): Promise<void> {
  await transaction.execute('DELETE FROM recovery_code WHERE account_id = ?', [accountId]);
  await insertRows(
    transaction,
    RECOVERY_CODE,
    codeHashes.map((codeHash) => ({ accountId, codeHash })),
  );
}

/** Uses a code up. @returns whether it was one. */
export async function useRecoveryCode(
  transaction: StoreTransaction,
  accountId: string,
  codeHash: string,
): Promise<boolean> {
  const used = await transaction.execute('DELETE FROM recovery_code WHERE account_id = ? AND code_hash = ?', [
    accountId,
    codeHash,
  ]);
  return used === 1;
}

/** Codes that are left. */
export async function countRecoveryCodes(from: Queryable, accountId: string): Promise<number> {
  const [row] = await from.query<{ count: number }>(
    'SELECT COUNT(*) AS count FROM recovery_code WHERE account_id = ?',
    [accountId],
  );
  return Number(row?.count ?? 0);
}
