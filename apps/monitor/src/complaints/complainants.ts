import { createHmac, randomBytes } from 'node:crypto';
import { ComplainantIdentity } from '@mingjian/contracts';
import { SealingKeys } from '@mingjian/runtime';
import {
  findComplainant,
  insertComplainant,
  rememberOnce,
  type Queryable,
  type StoreTransaction,
} from '@mingjian/store';
import { ActRefused } from '../acts/act-refused';

/** Setting: the key of the pseudonyms, sealed. Never changed, else nobody would be known again. */
export const PSEUDONYM_KEY = 'complaints/pseudonym-key';

/** Where an identity stands: it opens there only. */
export const complainantPlace = (no: string): string => `complaint/${no}/complainant`;

/**
 * 投诉人身份: keeps who complained, encrypted, and makes the pseudonym by which two complaints of one person are told to be of one
 * person. The key of the pseudonyms is no part of the database in clear: who has a copy of the tables can try no list of numbers.
 */
export class Complainants {
  private keys: SealingKeys | null = null;

  /** @param file the key file; null: this site keeps no identities. */
  constructor(private readonly file: string | null) {}

  /** Keyed hash of a person: by the number of the document, else by telephone, else by name. */
  async pseudonymOf(transaction: StoreTransaction, identity: ComplainantIdentity): Promise<string> {
    const sealed = await rememberOnce(transaction, PSEUDONYM_KEY, () =>
      this.open().seal(randomBytes(32).toString('base64'), PSEUDONYM_KEY),
    );
    const key = Buffer.from(this.open().open(sealed, PSEUDONYM_KEY), 'base64');
    const { idNumber, phone, name } = identity;
    const known =
      idNumber !== undefined
        ? `id/${idNumber.toUpperCase()}`
        : phone !== undefined
          ? `phone/${phone.replace(/\D/g, '').replace(/^(?:00)?86(?=1\d{10}$)/, '')}`
          : `name/${name}`;
    return createHmac('sha256', key).update(known).digest('hex');
  }

  /** Keeps who complained. */
  async keep(transaction: StoreTransaction, no: string, identity: ComplainantIdentity): Promise<void> {
    const sealed = this.open().seal(JSON.stringify(identity), complainantPlace(no));
    await insertComplainant(transaction, { complaintNo: no, sealed });
  }

  /** Who complained; null: an anonymous complaint. */
  async read(from: Queryable, no: string): Promise<ComplainantIdentity | null> {
    const sealed = await findComplainant(from, no);
    if (sealed === null) return null;
    return ComplainantIdentity.parse(JSON.parse(this.open().open(sealed, complainantPlace(no))));
  }

  private open(): SealingKeys {
    if (this.file === null)
      throw new ActRefused('no-sealing-keys', 'this process has no key file: it keeps no identities');
    return (this.keys ??= SealingKeys.open(this.file));
  }
}
