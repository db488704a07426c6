import { Entity } from 'typeorm';
import { KeyColumn } from './columns';

/** A code that takes the place of the second factor once. A row that is gone is a code that was used. */
@Entity('recovery_code')
export class RecoveryCodeRow {
  @KeyColumn('account_id', 36) accountId!: string;
  /** SHA-256 of the code, hex; codes are random and long. */
  @KeyColumn('code_hash', 64) codeHash!: string;
}
