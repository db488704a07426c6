import {
  appendLedger,
  changeAccount,
  complainantsAfter,
  listAccounts,
  resealComplainant,
  resealSetting,
  type Store,
  type StoreTransaction,
} from '@mingjian/store';
import { SealingKeys, type Clock } from '@mingjian/runtime';
import { complainantPlace, PSEUDONYM_KEY } from '../complaints/complainants';
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
    count += await resealComplaints(transaction, keys);
    await appendLedger(transaction, [
      act('account.keys-rotated', clock.now(), actor, 'sealing-keys', { count }),
    ]);
    return count;
  });
}

/** Who complained, and the key of their pseudonyms, which itself stays the same: else nobody would be known again. */
async function resealComplaints(transaction: StoreTransaction, keys: SealingKeys): Promise<number> {
  let count = await resealSetting(transaction, PSEUDONYM_KEY, (sealed) =>
    keys.sealAnew(sealed, PSEUDONYM_KEY),
  );
  for (let after = ''; ;) {
    const page = await complainantsAfter(transaction, after, 500);
    for (const { complaintNo, sealed } of page) {
      const anew = keys.sealAnew(sealed, complainantPlace(complaintNo));
      if (anew === null) continue;
      await resealComplainant(transaction, { complaintNo, sealed: anew });
      count++;
    }
    if (page.length < 500) return count;
    after = page[page.length - 1]!.complaintNo;
  }
}
