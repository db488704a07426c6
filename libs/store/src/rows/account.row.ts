import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, NumberColumn, TextColumn, TruthColumn } from './columns';

/** `one-time`: set by an administrator, to be changed before anything else. */
export type PasswordState = 'chosen' | 'one-time';

/** A local account. Disabled, never deleted: what it did stays attributed to it. */
@Entity('account')
export class AccountRow {
  @KeyColumn('id', 36) id!: string;
  /** What is typed to sign in, in small letters. */
  @TextColumn('name', 64) name!: string;
  @TextColumn('display_name', 64) displayName!: string;
  /** Argon2id in PHC form; null: nobody can sign in. */
  @TextColumn('password_hash', 255, { nullable: true }) passwordHash!: string | null;
  @TextColumn('password_state', 16) passwordState!: PasswordState;
  /** A one-time password ends here although nobody used it. */
  @InstantColumn('one_time_until', { nullable: true }) oneTimeUntil!: number | null;
  /** Names of roles with commas between. */
  @TextColumn('roles', 128) roles!: string;
  @TextColumn('department', 64, { nullable: true }) department!: string | null;
  @TextColumn('district', 64, { nullable: true }) district!: string | null;
  @TruthColumn('is_disabled') isDisabled!: boolean;
  /** Secret of the second factor, encrypted; null: none. It counts only once it is confirmed. */
  @TextColumn('totp_sealed', 512, { nullable: true }) totpSealed!: string | null;
  @TruthColumn('is_totp_confirmed') isTotpConfirmed!: boolean;
  /** Time step of the last code taken: a code is good once. */
  @NumberColumn('totp_last_step') totpLastStep!: number;
  @InstantColumn('created_at') createdAt!: number;
  @InstantColumn('password_set_at', { nullable: true }) passwordSetAt!: number | null;
  @InstantColumn('last_signed_in_at', { nullable: true }) lastSignedInAt!: number | null;
  /** Grows with every change: of two people who change one account at once the second is told. */
  @NumberColumn('version') version!: number;
}
