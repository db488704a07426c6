import { appendLedger, changeAccount, listAccounts, type Store } from '@mingjian/store';
import { SealingKeys, type Clock } from '@mingjian/runtime';
import { act } from './acts';
import { totpPlace } from './take-second-factor';

/**
 * Puts a new key in force and seals everything anew under it, while the site runs. Broken off in the middle it is repeated
 * by the next call: what the earlier keys sealed stays readable as long as they are in the file.
 * @returns how many values were sealed anew.
 */
export async function rotateSealingKeys(
  store: Store,
  clock: Clock,
  file: string,
  actor: string,
): Promise<number> {
  const keys = SealingKeys.rotate(file);
  return store.write(async (transaction) => {
    let count = 0;
    for (const { id, version, totpSealed } of await listAccounts(transaction)) {
      if (totpSealed === null) continue;
      const anew = keys.sealAnew(totpSealed, totpPlace(id));
      if (anew === null) continue;
      if ((await changeAccount(transaction, id, version, { totpSealed: anew })) === null)
        throw new Error(`account ${id} was changed at the same moment; rotate once more`);
      count++;
    }
    await appendLedger(transaction, [
      act('account.keys-rotated', clock.now(), actor, 'sealing-keys', { count }),
    ]);
    return count;
  });
}
