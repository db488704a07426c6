import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, NumberColumn } from './columns';

/** Failed attempts to sign in, by account name and by address. */
@Entity('sign_in_failure')
export class SignInFailureRow {
  /** `account:` or `address:` and a SHA-256, hex: what people type into the wrong field is not kept. */
  @KeyColumn('subject', 128) subject!: string;
  /** In a row, since the last success or a day of rest. */
  @NumberColumn('failures') failures!: number;
  @InstantColumn('last_failed_at') lastFailedAt!: number;
  @InstantColumn('locked_until', { nullable: true }) lockedUntil!: number | null;
}
