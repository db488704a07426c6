import { useRecoveryCode, type AccountRow, type StoreTransaction } from '@mingjian/store';
import type { SealingKeys } from '@mingjian/runtime';
import { recoveryCodeForm, totpStep } from './second-factor';
import { hashOf } from './token';

/** Where the secret of an account stands: it opens nowhere else. */
export function totpPlace(accountId: string): string {
  return `account/${accountId}/totp`;
}

/**
 * Takes a code of the second factor, or a recovery code. Each is good once: a code that was seen over a shoulder is not
 * good a second time, and of two requests with one code one is refused.
 */
export async function takeSecondFactor(
  transaction: StoreTransaction,
  account: AccountRow,
  code: string,
  now: number,
  keys: SealingKeys | null,
): Promise<'totp' | 'recovery-code' | 'wrong'> {
  if (keys === null || account.totpSealed === null)
    throw new Error(`account ${account.id} has a second factor, and no key file opens it`);
  const step = totpStep(keys.open(account.totpSealed, totpPlace(account.id)), code.trim(), now);
  if (step !== null) {
    const taken = await transaction.execute(
      'UPDATE account SET totp_last_step = ? WHERE id = ? AND totp_last_step < ?',
      [step, account.id, step],
    );
    return taken === 1 ? 'totp' : 'wrong';
  }
  const isRecovery = await useRecoveryCode(transaction, account.id, hashOf(recoveryCodeForm(code)));
  return isRecovery ? 'recovery-code' : 'wrong';
}
