import { Entity } from 'typeorm';
import { InstantColumn, KeyColumn, TextColumn } from './columns';

/** Somebody signed in on a device. A row that is gone is a session that ended. */
@Entity('user_session')
export class UserSessionRow {
  /** SHA-256 of the token, hex: who reads the table cannot use it. */
  @KeyColumn('token_hash', 64) tokenHash!: string;
  /** What the list of devices names it by; no secret. */
  @TextColumn('id', 36) id!: string;
  @TextColumn('account_id', 36) accountId!: string;
  @InstantColumn('created_at') createdAt!: number;
  /** Written at most once a minute. */
  @InstantColumn('last_seen_at') lastSeenAt!: number;
  @TextColumn('address', 64) address!: string;
  /** What the browser calls itself. */
  @TextColumn('device', 200) device!: string;
  /** SHA-256 of the issuer and the `sid` of the session at the provider that it came from, hex; null: not told, or none. */
  @TextColumn('provider_session_hash', 64, { nullable: true }) providerSessionHash!: string | null;
}
